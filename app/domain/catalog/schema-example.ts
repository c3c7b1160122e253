// A value that fits a schema, made of its examples, defaults and types, for documents that give no example themselves.
// Bounded: circles end where they close, giants where the budget does.
import { dereference, isObject, type Json, listOf, textOf } from './document-refs'
import { flattened, variantsOf } from './schema-words'

const maxDepth = 6
const maxValues = 150

const byFormat: Record<string, string> = {
  'date-time': '2026-01-15T09:30:00Z',
  date: '2026-01-15',
  time: '09:30:00Z',
  email: 'name@example.com',
  uri: 'https://example.com',
  uuid: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
}

type Walk = { document: Json; skip: 'readOnly' | 'writeOnly'; left: number }

/**
 * `skip` leaves out what is never sent in this direction. Undefined when the schema says nothing. `made` remembers what
 * was made of whole references, for all operations of a document.
 */
export function exampleOf(
  document: Json,
  schema: unknown,
  skip: Walk['skip'],
  made: Map<string, unknown> = new Map(),
): unknown {
  if (!isObject(schema)) return undefined
  const key = textOf(schema['$ref']) && `${skip} ${textOf(schema['$ref'])}`
  if (key && made.has(key)) return made.get(key)
  const example = valueFor({ document, skip, left: maxValues }, schema, [])
  if (key) made.set(key, example)
  return example
}

function valueFor(walk: Walk, raw: unknown, above: string[]): unknown {
  const { value, ref } = dereference(walk.document, raw)
  if (walk.left <= 0 || above.length >= maxDepth || (ref && above.includes(ref))) return undefined
  walk.left -= 1
  const schema = flattened(walk.document, value)
  const said =
    schema['example'] ??
    listOf(schema['examples'])[0] ??
    schema['default'] ??
    schema['const'] ??
    listOf(schema['enum'])[0]
  if (said !== undefined) return said
  const trail = [...above, ref ?? '']
  if (isObject(schema['properties'])) return objectFor(walk, schema['properties'], trail)
  if (isObject(schema['items'])) {
    const item = valueFor(walk, schema['items'], trail)
    return item === undefined ? [] : [item]
  }
  const [variant] = variantsOf(walk.document, schema)
  return variant === undefined ? plainValue(schema) : valueFor(walk, variant, trail)
}

function objectFor(walk: Walk, properties: Json, trail: string[]): Json {
  const made: [string, unknown][] = []
  for (const [name, raw] of Object.entries(properties)) {
    if (walk.left <= 0) break
    if (dereference(walk.document, raw).value[walk.skip] === true) continue
    const value = valueFor(walk, raw, trail)
    if (value !== undefined) made.push([name, value])
  }
  return Object.fromEntries(made)
}

function plainValue(schema: Json): unknown {
  const type = [schema['type']].flat().find((one) => one !== 'null')
  if (type === 'string') return byFormat[textOf(schema['format'])] ?? 'text'
  if (type === 'boolean') return true
  if (type === 'integer' || type === 'number')
    return typeof schema['minimum'] === 'number' ? schema['minimum'] : 1
  if (type === 'array') return []
  return type === 'object' ? {} : undefined
}
