// On which line of a document something stands, so that a problem can be found in an editor.
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'

/** Looking for lines in YAML means to parse it again: above this, problems tell their place only. */
const maxYamlCharacters = 1_000_000

/** For each pointer (`#/paths/~1pets/get`) the line that its last part begins on, from 1. */
export function linesOf(
  text: string,
  format: 'json' | 'yaml',
  pointers: readonly string[],
): Map<string, number> {
  if (pointers.length === 0) return new Map()
  if (format === 'json') return jsonLines(text, new Set(pointers))
  return text.length > maxYamlCharacters ? new Map() : yamlLines(text, pointers)
}

type Open = { array: boolean; index: number; key: string; path: string }

function jsonLines(text: string, wanted: Set<string>): Map<string, number> {
  const found = new Map<string, number>()
  const open: Open[] = []
  // Strings, brackets, commas and ends of lines; all else says nothing of the place.
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:\n]/gs
  let line = 1
  let key = ''
  let isKey = false
  for (let match = token.exec(text); match && found.size < wanted.size; match = token.exec(text)) {
    const [part] = match
    const top = open.at(-1)
    if (part === '\n') line += 1
    else if (part === '{' || part === '[') {
      const path = top ? `${top.path}/${top.array ? top.index : key}` : '#'
      if (wanted.has(path) && !found.has(path)) found.set(path, line)
      open.push({ array: part === '[', index: 0, key: '', path })
      isKey = part === '{'
    } else if (part === '}' || part === ']') open.pop()
    else if (part === ',') {
      if (top?.array) top.index += 1
      isKey = top?.array === false
    } else if (part === ':') isKey = false
    else if (isKey && top) {
      key = escaped(nameIn(part))
      const path = `${top.path}/${key}`
      if (wanted.has(path) && !found.has(path)) found.set(path, line)
    }
  }
  return found
}

function nameIn(literal: string): string {
  try {
    return String(JSON.parse(literal))
  } catch {
    return literal.slice(1, -1)
  }
}

function escaped(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1')
}

function yamlLines(text: string, pointers: readonly string[]): Map<string, number> {
  const found = new Map<string, number>()
  const { contents } = parseDocument(text, { uniqueKeys: false })
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  for (const pointer of pointers) {
    const position = positionOf(contents, pointer.split('/').slice(1))
    if (position !== null) found.set(pointer, lineAt(starts, position))
  }
  return found
}

function positionOf(root: unknown, parts: string[]): number | null {
  let node = root
  let position: number | null = null
  for (const part of parts) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && escaped(String(key.value)) === part)
      if (!pair) return position
      position = isScalar(pair.key) ? (pair.key.range?.[0] ?? position) : position
      node = pair.value
    } else if (isSeq(node)) {
      const item = node.items[Number(part)]
      if (typeof item !== 'object' || item === null) return position
      position = (item as { range?: [number] | null }).range?.[0] ?? position
      node = item
    } else return position
  }
  return position ?? 0
}

/** The last line that begins at or before the position, from 1. */
function lineAt(starts: number[], position: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= position) low = middle
    else high = middle - 1
  }
  return low + 1
}
