// What changed between two documents of one API, operation by operation, and what of it breaks clients. The rules are in
// docs/decisions/0033.
import { type Comparison, compareSchemas, note } from './compare-schemas'
import { dereference, isObject, type Json, listOf, textOf } from './document-refs'
import type { DocumentChanges, OperationName } from './document-review'

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'] as const
const maxListed = 200

/** Schemas and parameters that are looked at: some seconds at most, however the documents are made. */
const maxSteps = 200_000

type Found = OperationName & { item: Json; operation: Json }

export function compareDocuments(before: Json, after: Json): DocumentChanges {
  const [old, now] = [operationsOf(before), operationsOf(after)]
  const budget = { left: maxSteps }
  const added = [...now].filter(([key]) => !old.has(key)).map(([, found]) => nameOf(found))
  const removed = [...old].filter(([key]) => !now.has(key)).map(([, found]) => nameOf(found))
  const changed: DocumentChanges['changed'] = []
  for (const [key, was] of old) {
    const is = now.get(key)
    if (!is) continue
    const comparison: Comparison = { before, after, notes: [], budget }
    compareOperations(comparison, was, is)
    if (comparison.notes.length > 0) changed.push({ ...nameOf(is), notes: comparison.notes })
  }
  const breaking = (one: DocumentChanges['changed'][number]) => one.notes.some((some) => some.breaking)
  return {
    counts: {
      added: added.length,
      removed: removed.length,
      changed: changed.length,
      breaking: removed.length + changed.filter(breaking).length,
    },
    added: added.slice(0, maxListed),
    removed: removed.slice(0, maxListed),
    // What breaks clients comes first, so that a long list does not hide it.
    changed: changed.toSorted((a, b) => Number(breaking(b)) - Number(breaking(a))).slice(0, maxListed),
    partial: budget.left < 0,
  }
}

function nameOf({ method, path }: Found): OperationName {
  return { method, path: path.slice(0, 300) }
}

/** By method and path; what a parameter of the path is called makes no difference to a caller. */
function operationsOf(document: Json): Map<string, Found> {
  const found = new Map<string, Found>()
  const paths = isObject(document['paths']) ? document['paths'] : {}
  for (const [path, raw] of Object.entries(paths)) {
    const item = dereference(document, raw).value
    for (const method of methods) {
      const operation = item[method]
      if (!isObject(operation)) continue
      const key = `${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`
      found.set(key, { method: method.toUpperCase(), path, item, operation })
    }
  }
  return found
}

function compareOperations(comparison: Comparison, was: Found, is: Found): void {
  if (is.operation['deprecated'] === true && was.operation['deprecated'] !== true)
    note(comparison, 'Deprecated', false)
  const needed = (document: Json, operation: Json) =>
    listOf(operation['security'] ?? document['security']).some(
      (one) => isObject(one) && Object.keys(one).length > 0,
    )
  if (needed(comparison.after, is.operation) && !needed(comparison.before, was.operation))
    note(comparison, 'Needs a credential now', true)
  compareParameters(comparison, was, is)
  compareBodies(comparison, was.operation['requestBody'], is.operation['requestBody'])
  compareResponses(comparison, was.operation['responses'], is.operation['responses'])
}

function compareParameters(comparison: Comparison, was: Found, is: Found): void {
  const [old, now] = [parametersOf(comparison.before, was), parametersOf(comparison.after, is)]
  for (const [key, parameter] of now) {
    const before = old.get(key)
    const required = parameter['required'] === true
    if (!before) note(comparison, `New ${required ? 'required ' : ''}parameter ${key}`, required)
    else {
      if (required && before['required'] !== true) note(comparison, `Parameter ${key} is required now`, true)
      compareSchemas(comparison, before['schema'], parameter['schema'], 'sent', `Parameter ${key}`)
    }
  }
  for (const key of old.keys()) if (!now.has(key)) note(comparison, `Parameter ${key} is gone`, false)
}

/** Parameters by name and place, but those of the path, which the path itself tells. */
function parametersOf(document: Json, { item, operation }: Found): Map<string, Json> {
  const found = new Map<string, Json>()
  for (const raw of [...listOf(item['parameters']), ...listOf(operation['parameters'])].slice(0, 500)) {
    const { value } = dereference(document, raw)
    const place = textOf(value['in'])
    if (place === 'query' || place === 'header' || place === 'cookie')
      found.set(`${textOf(value['name']).slice(0, 80)} (${place})`, value)
  }
  return found
}

function compareBodies(comparison: Comparison, before: unknown, after: unknown): void {
  const old = before === undefined ? null : dereference(comparison.before, before).value
  const now = after === undefined ? null : dereference(comparison.after, after).value
  if (!now) {
    if (old) note(comparison, 'Takes no body any more', false)
    return
  }
  const required = now['required'] === true
  if (!old) note(comparison, required ? 'Needs a body now' : 'Takes a body now', required)
  else {
    if (required && old['required'] !== true) note(comparison, 'The body is required now', true)
    compareContent(comparison, old['content'], now['content'], 'sent', 'Body')
  }
}

/** Only answers that say that all went well: clients hardly read the bodies of the others. */
function compareResponses(comparison: Comparison, before: unknown, after: unknown): void {
  const [old, now] = [isObject(before) ? before : {}, isObject(after) ? after : {}]
  for (const [status, raw] of Object.entries(old)) {
    if (!/^2/.test(status)) continue
    if (now[status] === undefined) {
      note(comparison, `Answer ${status.slice(0, 10)} is gone`, true)
      continue
    }
    const was = dereference(comparison.before, raw).value
    const is = dereference(comparison.after, now[status]).value
    compareContent(comparison, was['content'], is['content'], 'answered', `Answer ${status.slice(0, 10)}`)
  }
  for (const status of Object.keys(now))
    if (old[status] === undefined) note(comparison, `New answer ${status.slice(0, 10)}`, false)
}

function compareContent(
  comparison: Comparison,
  before: unknown,
  after: unknown,
  direction: 'sent' | 'answered',
  where: string,
): void {
  const [old, now] = [isObject(before) ? before : {}, isObject(after) ? after : {}]
  for (const [type, media] of Object.entries(old).slice(0, 20)) {
    const other = now[type]
    if (other === undefined) note(comparison, `${where}: ${type.slice(0, 60)} is gone`, true)
    else if (isObject(media) && isObject(other))
      compareSchemas(comparison, media['schema'], other['schema'], direction, where)
  }
}
