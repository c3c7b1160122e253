// What the admin API answers: JSON, or a problem (RFC 9457) with a stable `code`. Nothing of it may be kept by a cache or
// act as a page.
import { z } from 'zod'
import type { ApiScope } from '~/domain/accounts/api-token'
import { type DomainError, type DomainErrorCode, errorStatus } from '~/domain/kernel/errors'
import { snakeName } from './api-names'

const placeSchema = z.strictObject({
  detail: z.string(),
  pointer: z.string().optional().describe('The field of the body, as a JSON pointer (RFC 6901).'),
  parameter: z.string().optional().describe('The parameter of the query.'),
})

export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('What happened, and what to do.'),
  code: z.string().describe('Stable: the one to decide by.'),
  request_id: z.string().describe('Tell it when you ask for help.'),
  errors: z.array(placeSchema).optional(),
})

/** Where the trouble is: one of both. */
export type Place = z.output<typeof placeSchema>

/** A refusal of the border, which knows its places already. */
export type ApiRefusal = DomainError & { places?: Place[] }

/** `body` is the JSON of an answer, or of a problem when `status` says so. */
export function jsonAnswer(status: number, body: string | null, headers: HeadersInit = {}): Response {
  const type = status >= 400 ? 'application/problem+json' : 'application/json'
  return new Response(body, { status, headers: guarded(headers, body === null ? null : type) })
}

export function problemAnswer(
  error: ApiRefusal,
  more: { requestId: string; scope?: ApiScope; headers?: Record<string, string> },
): Response {
  const status = errorStatus[error.code]
  const places = error.places ?? placesOf(error.fields)
  const problem: z.output<typeof problemSchema> = {
    type: `urn:portico:problem:${error.code}`,
    title: titleOf(error.code),
    status,
    detail: places[0] && !error.message ? places[0].detail : error.message,
    code: error.code,
    request_id: more.requestId,
    ...(places.length > 0 ? { errors: places } : {}),
  }
  const headers = guarded(more.headers ?? {}, 'application/problem+json')
  const challenge = challengeOf(error.code, more.scope)
  if (challenge) headers.set('WWW-Authenticate', challenge)
  if (error.retryAfterSeconds !== undefined)
    headers.set('Retry-After', String(Math.ceil(error.retryAfterSeconds)))
  return new Response(JSON.stringify(problem), { status, headers })
}

/** The fields of a command's error: the same names as in the body. */
function placesOf(fields: DomainError['fields'] = {}): Place[] {
  return Object.entries(fields).flatMap(([name, details]) =>
    details.map((detail) => ({ detail, pointer: `/${snakeName(name)}` })),
  )
}

/** RFC 6750 §3: without a token only the scheme is named; with one, what is wrong with it. */
function challengeOf(code: DomainErrorCode, scope: ApiScope | undefined): string | null {
  if (code === 'missing_token') return 'Bearer realm="Portico"'
  if (code === 'invalid_token') return 'Bearer realm="Portico", error="invalid_token"'
  if (code === 'insufficient_scope')
    return `Bearer realm="Portico", error="insufficient_scope", scope="${scope ?? ''}"`
  return null
}

function titleOf(code: DomainErrorCode): string {
  const words = code.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function guarded(init: HeadersInit, contentType: string | null): Headers {
  const headers = new Headers(init)
  if (contentType) headers.set('Content-Type', contentType)
  headers.set('Cache-Control', 'no-store')
  headers.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'; sandbox")
  headers.set('Referrer-Policy', 'no-referrer')
  return headers
}
