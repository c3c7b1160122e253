// Records in memory. A collection keeps its seed records and at most `cap` records made by callers:
// the oldest of those goes first, so memory stays bounded however long the server runs.
import { badRequest, notFound } from './problem.mjs'

export function createCollection(prefix, { label = 'record', cap = 300 } = {}) {
  const records = new Map()
  const made = []
  let next = 1001
  let sealed = false

  function insert(fields) {
    const record = { id: `${prefix}_${next++}`, ...fields }
    records.set(record.id, record)
    if (sealed) {
      made.push(record.id)
      if (made.length > cap) records.delete(made.shift())
    }
    return record
  }

  return {
    insert,
    seed(count, build) {
      for (let index = 0; index < count; index++) insert(build(index))
    },
    /** From here on, records count against the cap. */
    seal() {
      sealed = true
    },
    find: (id) => records.get(id) ?? null,
    get(id) {
      const record = records.get(id)
      if (!record) throw notFound(`There is no ${label} with the id ${JSON.stringify(id).slice(1, 80)}.`)
      return record
    },
    remove: (id) => records.delete(id),
    /** Newest first. */
    all: () => [...records.values()].reverse(),
    where: (test) => [...records.values()].reverse().filter(test),
  }
}

/** One page of a list, newest first. The cursor names the last record of the page before. */
export function page(query, records, view = (record) => record) {
  const limit = integerParameter(query, 'limit', { min: 1, max: 100, fallback: 20 })
  const cursor = query.get('cursor')
  let start = 0
  if (cursor) {
    const lastId = Buffer.from(cursor, 'base64url').toString()
    start = records.findIndex((record) => record.id === lastId) + 1
    if (start === 0) throw badRequest('invalid_cursor', 'The cursor is not one that this list returned.')
  }
  const data = records.slice(start, start + limit)
  const hasMore = start + limit < records.length
  return {
    data: data.map(view),
    has_more: hasMore,
    next_cursor: hasMore ? Buffer.from(data.at(-1).id).toString('base64url') : null,
  }
}

/** Keeps the records whose field equals the query parameter; `filters` maps parameter to field or to allowed values. */
export function filtered(query, records, filters) {
  let kept = records
  for (const [name, rule] of Object.entries(filters)) {
    const wanted = query.get(name)
    if (wanted === null) continue
    if (Array.isArray(rule)) choiceParameter(query, name, rule)
    if (typeof rule === 'function') kept = kept.filter((record) => rule(record, wanted))
    else kept = kept.filter((record) => String(record[Array.isArray(rule) ? name : rule]) === wanted)
  }
  return kept
}

export function choiceParameter(query, name, values, fallback) {
  const value = query.get(name) ?? fallback
  if (!values.includes(value)) {
    throw badRequest('invalid_parameter', `The parameter ${name} must be one of ${values.join(', ')}.`)
  }
  return value
}

export function integerParameter(query, name, { min, max, fallback }) {
  const given = query.get(name)
  if (given === null && fallback !== undefined) return fallback
  const value = Number(given)
  if (given === null || given === '' || !Number.isInteger(value) || value < min || value > max) {
    throw badRequest(
      'invalid_parameter',
      `The parameter ${name} must be a whole number from ${min} to ${max}.`,
    )
  }
  return value
}

export function pick(values, index) {
  return values[index % values.length]
}

/** A moment in the seeded past, `hours` after the first one. */
export function seededTime(hours) {
  return new Date(Date.UTC(2026, 0, 5, 8, 0, 0) + Math.round(hours * 3_600_000)).toISOString()
}

/** A number in [0, 1) that depends on nothing but its arguments (FNV-1a with a final mix). */
export function noise(...parts) {
  let hash = 0x811c9dc5
  for (const character of parts.join('|')) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296
}
