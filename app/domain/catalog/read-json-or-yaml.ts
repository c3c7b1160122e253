// The text of a document to plain values: JSON or YAML, bounded against texts that are made to explode.
import { jsonErrorPlace } from './json-place'
import { readYaml } from './read-yaml'

/** 5 MB, as product.md says of documents. */
export const maxDocumentBytes = 5 * 1024 * 1024

/** How deep values may nest: no honest document goes beyond a few dozen. */
const maxDepth = 200

/** Values in all, repeated anchors counted each time: documents of 5 MB have some 200,000. */
const maxValues = 1_000_000

export type ReadValue = { ok: true; value: unknown; format: 'json' | 'yaml' } | { ok: false; problem: string }

export function readJsonOrYaml(source: string): ReadValue {
  if (source.length > maxDocumentBytes || new TextEncoder().encode(source).byteLength > maxDocumentBytes) {
    return { ok: false, problem: 'The document has more than 5 MB. Split it into several APIs.' }
  }
  // Some editors put a byte order mark first, which JSON does not take.
  const text = source.replace(/^\uFEFF/, '')
  if (text.trim() === '') return { ok: false, problem: 'The document is empty.' }
  const format = /^\s*\{/.test(text) ? 'json' : 'yaml'
  const read = format === 'json' ? readJson(text) : readYaml(text, tooDeep)
  if (!read.ok) return read
  const excess = excessOf(read.value, maxDepth, { left: maxValues })
  return excess ? { ok: false, problem: excess } : { ...read, format }
}

type Read = { ok: true; value: unknown } | { ok: false; problem: string }

function readJson(text: string): Read {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    const { line, early } = jsonErrorPlace(text)
    return {
      ok: false,
      problem: `The document is not valid JSON, line ${line}${early ? ': it ends too early' : ''}.`,
    }
  }
}

const tooDeep = `The document nests more than ${maxDepth} levels.`

function excessOf(value: unknown, levels: number, values: { left: number }): string | null {
  values.left -= 1
  if (values.left < 0) return `The document holds more than ${maxValues.toLocaleString('en')} values.`
  if (typeof value !== 'object' || value === null) return null
  if (levels === 0) return tooDeep
  for (const child of Object.values(value)) {
    const excess = excessOf(child, levels - 1, values)
    if (excess) return excess
  }
  return null
}
