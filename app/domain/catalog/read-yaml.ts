// YAML to plain values in one walk. Repeated anchors become the same value, not copies, so that no text explodes; keys
// merged with `<<` are copied, and counted.
import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type YAMLMap } from 'yaml'
import type { Json } from './document-refs'

/** Keys that all merges together may copy. */
const maxMergedKeys = 200_000

type Problem = { ok: false; problem: string }

class Refused extends Error {
  constructor(
    message: string,
    readonly position: number,
  ) {
    super(message)
  }
}

type Walk = { anchors: Map<string, unknown>; mergedKeys: number }

export function readYaml(text: string, tooDeep: string): { ok: true; value: unknown } | Problem {
  const refused = (line: number | undefined, message: string): Problem => ({
    ok: false,
    problem: `The document is not valid YAML${line ? `, line ${line}` : ''}: ${message}`,
  })
  try {
    // The parser's own check of keys compares each with all others: minutes for a great map.
    const document = parseDocument(text, { prettyErrors: true, uniqueKeys: false })
    const error = document.errors[0]
    if (error) return refused(error.linePos?.[0].line, error.message.split('\n')[0] ?? '')
    return { ok: true, value: plainOf(document.contents, { anchors: new Map(), mergedKeys: 0 }) }
  } catch (error) {
    if (error instanceof Refused)
      return refused(text.slice(0, error.position).split('\n').length, error.message)
    // Parser and walk call themselves for each level.
    if (error instanceof RangeError) return { ok: false, problem: tooDeep }
    throw error
  }
}

function plainOf(node: unknown, walk: Walk): unknown {
  if (isAlias(node)) {
    if (!walk.anchors.has(node.source))
      throw new Refused(`nothing is called "${node.source}".`, startOf(node))
    return walk.anchors.get(node.source)
  }
  if (isMap(node)) return objectOf(node, walk)
  if (isSeq(node)) {
    const list: unknown[] = []
    if (node.anchor) walk.anchors.set(node.anchor, list)
    for (const item of node.items) list.push(plainOf(item, walk))
    return list
  }
  const value = isScalar(node) ? node.value : null
  if (isScalar(node) && node.anchor) walk.anchors.set(node.anchor, value)
  return value
}

function objectOf(map: YAMLMap, walk: Walk): Json {
  const object: Json = {}
  if (map.anchor) walk.anchors.set(map.anchor, object)
  const merges: unknown[] = []
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? String(key.value ?? '') : String(key)
    if (name === '<<' && isScalar(key) && key.type === 'PLAIN') merges.push(plainOf(value, walk))
    else if (Object.hasOwn(object, name))
      throw new Refused(`the key "${name.slice(0, 100)}" is there twice.`, startOf(key))
    else put(object, name, plainOf(value, walk))
  }
  for (const from of merges.flat()) {
    if (typeof from !== 'object' || from === null) throw new Refused('"<<" takes maps only.', startOf(map))
    for (const [name, value] of Object.entries(from)) {
      walk.mergedKeys += 1
      if (walk.mergedKeys > maxMergedKeys) throw new Refused('"<<" is used too often.', startOf(map))
      if (!Object.hasOwn(object, name)) put(object, name, value)
    }
  }
  return object
}

/** Not an assignment: a key may be called "__proto__". */
function put(object: Json, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true })
}

function startOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0
}
