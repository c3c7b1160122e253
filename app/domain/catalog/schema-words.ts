// What a schema is, in words: its type in one line, and what else holds of its values.
import { cut, dereference, isObject, type Json, listOf, textOf } from './document-refs'

const maxEnumValues = 30

/** How many parts one `allOf` may come to in all: circles and towers of them end here. */
const maxParts = 100

/** A schema whose `allOf` parts, and theirs, read as one: properties and requirements together, the rest from the first that says it. */
export function flattened(document: Json, schema: Json, parts: { left: number } = { left: maxParts }): Json {
  if (!Array.isArray(schema['allOf'])) return schema
  const { allOf, ...own } = schema
  const merged: Json = own
  // Without a prototype: a property may be called "__proto__".
  const properties: Json = Object.create(null)
  const required: unknown[] = []
  const take = (part: Json) => {
    if (isObject(part['properties'])) Object.assign(properties, part['properties'])
    required.push(...listOf(part['required']))
    for (const [key, value] of Object.entries(part)) merged[key] ??= value
  }
  for (const raw of listOf(allOf)) {
    if (parts.left === 0) break
    parts.left -= 1
    take(flattened(document, dereference(document, raw).value, parts))
  }
  take({ properties: own['properties'], required: own['required'] })
  if (Object.keys(properties).length > 0) merged['properties'] = properties
  merged['required'] = required
  return merged
}

/** What the value may be instead; "or null" is told by the type alone. */
export function variantsOf(document: Json, schema: Json): unknown[] {
  return [...listOf(schema['oneOf']), ...listOf(schema['anyOf'])].filter(
    (variant) => dereference(document, variant).value['type'] !== 'null',
  )
}

export function refName(ref: string | null): string | null {
  return ref ? (ref.split('/').at(-1) ?? null) : null
}

/** The types that a value may have, as 3.0 and 3.1 say it. */
export function typesOf(schema: Json): string[] {
  const types = [schema['type']].flat().map(textOf)
  if (schema['nullable'] === true) types.push('null')
  return types.filter(Boolean)
}

/** "string", "integer or null", "list of Payment", "Card or Iban". */
export function typeLabel(document: Json, raw: unknown, depth = 0): string {
  const { value, ref } = dereference(document, raw)
  const schema = flattened(document, value)
  const variants = [...listOf(schema['oneOf']), ...listOf(schema['anyOf'])]
  if (variants.length > 0 && depth < 3) {
    const shown = variants.slice(0, 6).map((variant) => typeLabel(document, variant, depth + 1))
    const more = variants.length > 6 ? [`${variants.length - 6} more`] : []
    return [...new Set([...shown, ...more])].join(' or ')
  }
  return (
    typesOf(schema)
      .map((type) => {
        if (type === 'array')
          return depth < 3 ? `list of ${typeLabel(document, schema['items'], depth + 1)}` : 'list'
        if (type === 'object') return refName(ref) ?? 'object'
        return type
      })
      .join(' or ') ||
    (isObject(schema['properties'])
      ? (refName(ref) ?? 'object')
      : schema['const'] !== undefined
        ? 'constant'
        : 'any')
  )
}

/** What else holds of a value, in words; of a list, also what holds of each of its items. */
export function notesOf(document: Json, schema: Json): string[] {
  const items = isObject(schema['items'])
    ? ownNotesOf(flattened(document, dereference(document, schema['items']).value))
    : []
  return [...ownNotesOf(schema), ...items.map((note) => `each ${note}`)]
}

function ownNotesOf(schema: Json): string[] {
  const notes: string[] = []
  const add = (key: string, label: (value: string) => string) => {
    const value = schema[key]
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      notes.push(label(cut(String(value), 200)))
  }
  add('format', (value) => `format: ${value}`)
  add('contentMediaType', (value) => `content: ${value}`)
  add('const', (value) => `always ${value}`)
  add('default', (value) => `default: ${value}`)
  add('minimum', (value) => `at least ${value}`)
  add('exclusiveMinimum', (value) => `more than ${value}`)
  add('maximum', (value) => `at most ${value}`)
  add('exclusiveMaximum', (value) => `less than ${value}`)
  add('minLength', (value) => `at least ${value} characters`)
  add('maxLength', (value) => `at most ${value} characters`)
  add('minItems', (value) => `at least ${value} items`)
  add('maxItems', (value) => `at most ${value} items`)
  add('pattern', (value) => `pattern: ${value}`)
  const values = listOf(schema['enum'])
  if (values.length > 0) {
    const shown = values.slice(0, maxEnumValues).map((value) => cut(wordsOf(value), 80))
    notes.push(
      `one of: ${shown.join(', ')}${values.length > maxEnumValues ? ` and ${values.length - maxEnumValues} more` : ''}`,
    )
  }
  if (schema['readOnly'] === true) notes.push('read only')
  if (schema['writeOnly'] === true) notes.push('write only')
  return notes
}

function wordsOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
