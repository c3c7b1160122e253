// JSON Schema to the lines that a reader sees, level by level. Bounded in depth and size, so that cycles and giants stay
// small: what is cut says so.
import { cut, dereference, isObject, type Json, listOf, textOf } from './document-refs'
import type { SchemaNode } from './operation'
import { flattened, notesOf, refName, typeLabel, variantsOf } from './schema-words'

const maxDepth = 8
const maxChildren = 200
const maxDescription = 2000

/**
 * `left` is how many characters may still be spent on trees: one budget serves all trees of an operation. The maps hold
 * what was made of whole references, for all operations of a document: many take and answer the same schemas.
 */
export type Budget = {
  left: number
  trees: Map<string, { root: SchemaNode; from: number; cost: number }>
  examples: Map<string, unknown>
}

/** `refs` are the references that lead to the schema itself, `above` those on the way to it. */
type Place = { node: SchemaNode; schema: Json; refs: string[]; above: string[]; depth: number }

/** The tree of one schema, or null when there is none. */
export function schemaTree(document: Json, raw: unknown, budget: Budget): SchemaNode | null {
  if (!isObject(raw)) return null
  const ref = Object.keys(raw).length === 1 ? textOf(raw['$ref']) : ''
  const known = budget.trees.get(ref)
  if (known?.from === budget.left) {
    budget.left -= known.cost
    return known.root
  }
  const from = budget.left
  const root = grow(document, raw, budget)
  if (ref) budget.trees.set(ref, { root, from, cost: from - budget.left })
  return root
}

function grow(document: Json, raw: Json, budget: Budget): SchemaNode {
  const root = placeOf(document, { raw, name: null, required: false })
  // Level by level: when the budget ends, what is near the top has been shown.
  const queue = [root]
  for (let place = queue.shift(); place; place = queue.shift()) {
    const { node, schema, refs, above, depth } = place
    const lines = linesBelow(document, schema, refs)
    if (lines.length === 0) continue
    if (refs.some((ref) => above.includes(ref))) node.more = 'repeats'
    else if (depth === maxDepth || budget.left <= 0) node.more = 'deep'
    else {
      for (const line of lines.slice(0, maxChildren)) {
        const child = placeOf(document, line, [...above, ...refs], depth + 1)
        budget.left -= sizeOf(child.node)
        node.children.push(child.node)
        queue.push(child)
      }
      if (lines.length > maxChildren) node.more = 'deep'
    }
  }
  return root.node
}

type Line = { raw: unknown; name: string | null; required: boolean }

function placeOf(document: Json, { raw, name, required }: Line, above: string[] = [], depth = 0): Place {
  const { value, ref } = dereference(document, raw)
  const schema = flattened(document, value)
  const own = isObject(raw) ? textOf(raw['description']) : ''
  const node: SchemaNode = {
    name,
    type: typeLabel(document, raw),
    required,
    deprecated: schema['deprecated'] === true,
    description: cut(own || textOf(schema['description']), maxDescription),
    notes: notesOf(document, schema),
    children: [],
    more: null,
  }
  return { node, schema, refs: ref ? [ref] : [], above, depth }
}

/**
 * What stands one level below a schema. A list shows the fields of its items at once: one level less to open. The
 * references that this passes are added to `refs`.
 */
function linesBelow(document: Json, schema: Json, refs: string[], hops = 0): Line[] {
  const required = new Set(listOf(schema['required']))
  const lines: Line[] = []
  if (isObject(schema['properties'])) {
    for (const [name, raw] of Object.entries(schema['properties']))
      lines.push({ raw, name, required: required.has(name) })
  }
  const through = (raw: unknown): Line[] => {
    const { value, ref } = dereference(document, raw)
    if (ref) refs.push(ref)
    return hops < 3 ? linesBelow(document, flattened(document, value), refs, hops + 1) : []
  }
  if (isObject(schema['items'])) lines.push(...through(schema['items']))
  const variants = variantsOf(document, schema)
  if (variants.length === 1) lines.push(...through(variants[0]))
  else
    for (const [index, raw] of variants.entries()) {
      const { value, ref } = dereference(document, raw)
      const name = textOf(value['title']) || refName(ref) || `Option ${index + 1}`
      lines.push({ raw, name, required: false })
    }
  if (isObject(schema['additionalProperties']))
    lines.push({ raw: schema['additionalProperties'], name: '(any key)', required: false })
  return lines
}

/** About as many characters as the line takes when it is stored. */
function sizeOf({ name, type, description, notes }: SchemaNode): number {
  return 120 + (name?.length ?? 0) + type.length + description.length + notes.join('').length
}
