// What changed between two schemas, as somebody sees it who calls the API. What is sent may be asked for less strictly, what
// is answered more strictly; the other way round breaks clients. Bounded in depth and in steps, because documents may be hostile.
import { dereference, isObject, type Json, listOf } from './document-refs'
import type { ChangeNote } from './document-review'

/** `sent` by the client in requests, `answered` by the API in responses. */
export type Direction = 'sent' | 'answered'

export type Comparison = {
  before: Json
  after: Json
  notes: ChangeNote[]
  /** Steps that are left for the whole comparison. */
  budget: { left: number }
}

const maxLevels = 8
const maxNotes = 12

export function note(comparison: Pick<Comparison, 'notes'>, text: string, breaking: boolean): void {
  if (comparison.notes.length < maxNotes && !comparison.notes.some((one) => one.text === text))
    comparison.notes.push({ text, breaking })
}

export function compareSchemas(
  comparison: Comparison,
  before: unknown,
  after: unknown,
  direction: Direction,
  where: string,
): void {
  compareLevel(comparison, before, after, { direction, where, levels: maxLevels, seen: new Set() })
}

type Place = { direction: Direction; where: string; levels: number; seen: Set<string> }

function compareLevel(comparison: Comparison, before: unknown, after: unknown, place: Place): void {
  comparison.budget.left -= 1
  if (comparison.budget.left < 0 || place.levels === 0 || comparison.notes.length >= maxNotes) return
  const [old, now] = [dereference(comparison.before, before), dereference(comparison.after, after)]
  // Schemas that hold themselves are compared once on each way down.
  const pair = old.ref && now.ref ? `${old.ref} ${now.ref}` : null
  if (pair && place.seen.has(pair)) return
  const inside = pair ? { ...place, seen: new Set([...place.seen, pair]) } : place
  compareTypes(comparison, old.value, now.value, inside)
  compareEnums(comparison, old.value, now.value, inside)
  compareProperties(
    comparison,
    shapeOf(comparison.before, old.value),
    shapeOf(comparison.after, now.value),
    inside,
  )
  if (old.value['items'] !== undefined && now.value['items'] !== undefined)
    compareLevel(comparison, old.value['items'], now.value['items'], below(inside, '[]'))
  for (const word of ['oneOf', 'anyOf'] as const) {
    const [oldOnes, newOnes] = [listOf(old.value[word]), listOf(now.value[word])]
    if (oldOnes.length === newOnes.length)
      for (const [index, one] of oldOnes.entries())
        compareLevel(comparison, one, newOnes[index], { ...inside, levels: inside.levels - 1 })
    else if (oldOnes.length > 0 && newOnes.length > 0) {
      const fewer = newOnes.length < oldOnes.length
      note(
        comparison,
        `${inside.where} has ${fewer ? 'fewer' : 'more'} alternatives`,
        fewer === (inside.direction === 'sent'),
      )
    }
  }
}

function below(place: Place, name: string): Place {
  const where = name === '[]' ? `${place.where}[]` : `${place.where}.${name}`
  return { ...place, where: where.slice(0, 160), levels: place.levels - 1 }
}

function compareTypes(comparison: Comparison, before: Json, after: Json, place: Place): void {
  const [old, now] = [typesOf(before), typesOf(after)]
  if (old.size === 0 || now.size === 0) return
  const [wide, narrow] = place.direction === 'sent' ? [now, old] : [old, now]
  const broken = [...narrow].some((type) => !wide.has(type) && !(type === 'integer' && wide.has('number')))
  if (words(old) !== words(now))
    note(comparison, `${place.where} was ${words(old)} and is ${words(now)}`, broken)
}

function typesOf(schema: Json): Set<string> {
  const { type } = schema
  const types = (typeof type === 'string' ? [type] : listOf(type)).filter((one) => typeof one === 'string')
  return new Set(types.length > 0 && schema['nullable'] === true ? [...types, 'null'] : types)
}

function words(types: Set<string>): string {
  return [...types].sort().join(' or ')
}

function compareEnums(comparison: Comparison, before: Json, after: Json, { direction, where }: Place): void {
  const [old, now] = [before['enum'], after['enum']]
  if (!Array.isArray(now)) return
  if (!Array.isArray(old)) {
    note(comparison, `${where} takes certain values only`, direction === 'sent')
    return
  }
  const known = new Set(now.map((value) => JSON.stringify(value)))
  const gone = old.filter((value) => !known.has(JSON.stringify(value)))
  if (gone.length > 0 && direction === 'sent')
    note(comparison, `${where} no longer takes ${gone.slice(0, 3).map(shortly).join(', ')}`, true)
}

function shortly(value: unknown): string {
  return JSON.stringify(value).slice(0, 40)
}

type Shape = { properties: Map<string, unknown>; required: Set<string> }

/** Properties and what is required of a schema, with those of its `allOf`. */
function shapeOf(document: Json, schema: Json): Shape {
  const shape: Shape = { properties: new Map(), required: new Set() }
  collect(document, schema, shape, 5)
  return shape
}

function collect(document: Json, schema: Json, shape: Shape, levels: number): void {
  if (isObject(schema['properties']))
    for (const [name, value] of Object.entries(schema['properties'])) shape.properties.set(name, value)
  for (const name of listOf(schema['required'])) if (typeof name === 'string') shape.required.add(name)
  if (levels === 0) return
  for (const part of listOf(schema['allOf']).slice(0, 50))
    collect(document, dereference(document, part).value, shape, levels - 1)
}

function compareProperties(comparison: Comparison, old: Shape, now: Shape, place: Place): void {
  const { direction } = place
  for (const [name, value] of old.properties) {
    const at = below(place, name)
    if (!now.properties.has(name)) {
      note(comparison, `${at.where} is gone`, direction === 'answered')
      continue
    }
    if (direction === 'sent' && now.required.has(name) && !old.required.has(name))
      note(comparison, `${at.where} is required now`, true)
    if (direction === 'answered' && old.required.has(name) && !now.required.has(name))
      note(comparison, `${at.where} is not always there any more`, true)
    compareLevel(comparison, value, now.properties.get(name), at)
  }
  for (const name of now.properties.keys()) {
    if (old.properties.has(name)) continue
    const required = direction === 'sent' && now.required.has(name)
    note(comparison, `${below(place, name).where} is new${required ? ' and required' : ''}`, required)
  }
}
