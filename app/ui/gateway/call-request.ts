// What was typed to the request that is sent, or what is wrong with it, field by field. A call never leaves the API's
// base address, whatever is typed or a document says.
import { jsonErrorPlace } from '~/domain/catalog/json-place'
import { isJson } from '~/ui/is-json'
import type { CallBody, CallField, CallFields } from './call-fields'
import { filledParts } from './call-parts'

export type CallRequest = {
  method: string
  url: string
  headers: [name: string, value: string][]
  body: string | File | FormData | null
}

export type CallErrors = Record<string, string>

export const bodyId = 'call-body'
export const contentTypeId = 'call-content-type'

export function callRequest(
  { method, path }: { method: string; path: string },
  { fields, bodies, bodyRequired }: CallFields,
  baseUrl: string,
  form: FormData,
): { request: CallRequest; errors: null } | { request: null; errors: CallErrors } {
  const errors: CallErrors = {}
  const typedIn = ({ id }: CallField) => String(form.get(id) ?? '')
  for (const field of fields) {
    const problem = problemWith(field, typedIn(field))
    if (problem) errors[field.id] = problem
  }
  const body = bodies.length > 0 ? bodyOf(bodies, bodyRequired, form) : null
  Object.assign(errors, body?.errors)

  const filled = path.replace(/\{([^}]+)\}/g, (_placeholder, name: string) => {
    const field = fields.find((one) => one.in === 'path' && one.name === name)
    return field ? encodedList(typedIn(field), field.list !== null) : ''
  })
  const query = fields
    .flatMap((field) => (field.in === 'query' ? queryOf(field, typedIn(field)) : []))
    .join('&')
  const url = `${baseUrl}${filled}${query ? `?${query}` : ''}`
  const [first] = fields
  if (Object.keys(errors).length === 0 && !staysBelow(url, baseUrl))
    errors[first?.id ?? bodyId] = 'This path leads out of the API, so the call is not sent.'
  if (Object.keys(errors).length > 0) return { request: null, errors }

  const headers = fields
    .filter((field) => field.in === 'header' && typedIn(field) !== '')
    .map((field): [string, string] => [field.name, typedIn(field)])
  if (body?.content != null && body.contentType) headers.push(['Content-Type', body.contentType])
  return { request: { method, url, headers, body: body?.content ?? null }, errors: null }
}

function problemWith({ in: place, name, required }: CallField, value: string): string | null {
  if (value === '') return required ? `Enter ${name}.` : null
  if (place === 'path' && /^\.{1,2}$/.test(value)) return 'A part of a path cannot be one or two dots.'
  if (place === 'header' && !isHeader(name, value))
    return 'A header takes letters without accents, digits and signs, on one line.'
  return null
}

function isHeader(name: string, value: string): boolean {
  if (!/^[\t\x20-\x7e]*$/.test(value)) return false
  try {
    new Headers([[name, value]])
    return true
  } catch {
    return false
  }
}

function queryOf({ name, list }: CallField, value: string): string[] {
  if (value === '') return []
  if (list === 'repeated') return partsOf(value).map((part) => `${encode(name)}=${encode(part)}`)
  return [`${encode(name)}=${encodedList(value, list !== null)}`]
}

/** The commas between the values of a list are not part of them. */
function encodedList(value: string, isList: boolean): string {
  return isList ? partsOf(value).map(encode).join(',') : encode(value)
}

function partsOf(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

function staysBelow(url: string, baseUrl: string): boolean {
  if (!URL.canParse(url) || !URL.canParse(baseUrl)) return false
  const [to, base] = [new URL(url), new URL(baseUrl)]
  return (
    to.origin === base.origin &&
    (to.pathname === base.pathname || to.pathname.startsWith(`${base.pathname}/`))
  )
}

type SentBody = { content: CallRequest['body']; contentType: string | null; errors: CallErrors }

function bodyOf(bodies: readonly CallBody[], required: boolean, form: FormData): SentBody {
  const chosen = bodies.find(({ contentType }) => contentType === form.get(contentTypeId)) ?? bodies[0]
  const given = form.get(bodyId)
  const isEmpty = given === null || (typeof given === 'string' ? given.trim() === '' : given.size === 0)
  const none = { content: null, contentType: null, errors: {} }
  const wrong = (problem: string) => ({ ...none, errors: { [bodyId]: problem } })
  if (!chosen) return none
  // The browser itself says where one part ends and the next begins.
  if (chosen.kind === 'parts') return { ...none, ...filledParts(chosen.parts, required, form, jsonProblem) }
  if (isEmpty || given === null)
    return required ? wrong(chosen.kind === 'file' ? 'Choose a file.' : 'Enter a body.') : none
  const problem = chosen.kind === 'json' && typeof given === 'string' ? jsonProblem(given) : null
  if (problem) return wrong(problem)
  return { content: given, contentType: sentType(chosen, given), errors: {} }
}

function jsonProblem(text: string): string | null {
  if (isJson(text)) return null
  const { line, early } = jsonErrorPlace(text)
  return `This is not JSON, line ${line}${early ? ': it ends too early' : ''}.`
}

/** A document may allow a whole family (`image/*`); what is sent is one of it. */
function sentType({ contentType, kind }: CallBody, given: string | File): string {
  if (!contentType.includes('*')) return contentType
  if (typeof given !== 'string') return given.type || 'application/octet-stream'
  return kind === 'json' ? 'application/json' : 'text/plain'
}
