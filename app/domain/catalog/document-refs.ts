// Follows `$ref` within one document, and nowhere else: an address or a file is never fetched.

export type Json = Record<string, unknown>

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** The beginning of a text, which does not end in half a character. */
export function cut(text: string, max: number): string {
  return text.length > max ? text.slice(0, max).replace(/[\ud800-\udbff]$/, '') : text
}

/** How many references may follow one another before it is a circle of references alone. */
const maxHops = 20

/** Where a local reference points (RFC 6901), or undefined. */
export function pointedAt(document: Json, ref: string): unknown {
  if (ref !== '#' && !ref.startsWith('#/')) return undefined
  let at: unknown = document
  for (const part of ref.slice(1).split('/').slice(1)) {
    const key = decodeURIComponentSafely(part).replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined
    at = (at as Json)[key]
  }
  return at
}

/** The value itself, or what its `$ref` stands for. `ref` is the last reference that was followed, or null. */
export function dereference(document: Json, value: unknown): { value: Json; ref: string | null } {
  let at = value
  let ref: string | null = null
  for (let hop = 0; hop < maxHops && isObject(at) && typeof at['$ref'] === 'string'; hop += 1) {
    ref = at['$ref']
    at = pointedAt(document, ref)
  }
  return { value: isObject(at) && typeof at['$ref'] !== 'string' ? at : {}, ref }
}

/** The first reference that leaves the document or points at nothing, in words; null when all is well. */
export function brokenReference(document: Json): string | null {
  const [first] = brokenReferences(document, 1)
  return first ? first.text : null
}

/** Up to `limit` references that leave the document or point at nothing: where each stands, and what is wrong in words. */
export function brokenReferences(document: Json, limit: number): { at: string; text: string }[] {
  const broken: { at: string; text: string }[] = []
  const stack: { value: object; path: string; names: boolean }[] = [
    { value: document, path: '#', names: false },
  ]
  for (let next = stack.pop(); next && broken.length < limit; next = stack.pop()) {
    const { value, path, names } = next
    const ref = !names && isObject(value) ? value['$ref'] : undefined
    if (typeof ref === 'string') {
      const said = `$ref "${ref.slice(0, 200)}" at ${path.slice(0, 300)}`
      if (!ref.startsWith('#'))
        broken.push({
          at: path,
          text: `${said} leaves the document. Bundle the document into one file first.`,
        })
      else if (pointedAt(document, ref) === undefined)
        broken.push({ at: path, text: `${said} points at nothing.` })
    }
    for (const [key, child] of Object.entries(value)) {
      if (typeof child !== 'object' || child === null || (!names && isData(key, child))) continue
      const part = key.replaceAll('~', '~0').replaceAll('/', '~1')
      stack.push({ value: child, path: `${path}/${part}`, names: !names && namesBelow.has(key) })
    }
  }
  return broken
}

/** Below these, keys are names that people chose: a property may be called "example", or even "$ref". */
const namesBelow = new Set([
  ...['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions', 'schemas', 'parameters'],
  ...['responses', 'requestBodies', 'headers', 'securitySchemes', 'links', 'callbacks', 'pathItems', 'paths'],
  ...['content', 'encoding', 'variables', 'webhooks'],
])

/** Examples, defaults and extensions are data: a `$ref` in them is a word like any other. */
function isData(key: string, value: unknown): boolean {
  if (key === 'example' || key === 'default' || key === 'const' || key === 'enum') return true
  return key === 'value' || key.startsWith('x-') || (key === 'examples' && Array.isArray(value))
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
