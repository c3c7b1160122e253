// What the gateway answers: the upstream's response or a problem, under headers that keep either from acting as a page
// of the portal, and CORS for the portal alone when the gateway has a host of its own.
import { gatewayLocation } from '~/domain/gateway/address'
import { gatewayMethods } from '~/domain/gateway/decide'
import { responseHeaders } from '~/domain/gateway/headers'
import type { Terms } from '~/domain/gateway/lease'
import { type Problem, type ProblemCode, problem } from '~/domain/gateway/problems'
import {
  type LimitReports,
  rateLimit,
  rateLimitPolicy,
  retryAfter,
} from '~/domain/gateway/rate-limit-headers'

/** `allowOrigin` is the one origin whose pages may read the answer, or null. `refused` is set once it is answered so. */
export type Exchange = { method: string; requestId: string; allowOrigin: string | null; refused?: Problem }

export type Limits = { terms: Terms; reports: LimitReports }

export function problemAnswer(
  exchange: Exchange,
  code: ProblemCode,
  more: {
    detail?: string | undefined
    /** A token with this scope would do. */
    neededScope?: string | undefined
    limits?: Limits
    retryAfterMs?: number
  } = {},
): Response {
  const body = problem(code, exchange.requestId, more.detail)
  exchange.refused = body
  const headers = new Headers({ 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' })
  // RFC 6750 §3: what kind of credential is asked for, whether one was sent, and whether another scope would help.
  if (body.status === 401)
    headers.set('WWW-Authenticate', code === 'missing_credential' ? 'Bearer' : 'Bearer error="invalid_token"')
  if (more.neededScope)
    headers.set('WWW-Authenticate', `Bearer error="insufficient_scope", scope="${more.neededScope}"`)
  if (body.status === 405) headers.set('Allow', gatewayMethods.join(', '))
  if (more.retryAfterMs !== undefined) headers.set('Retry-After', retryAfter(more.retryAfterMs))
  if (more.limits) setLimits(headers, more.limits)
  guard(headers, exchange)
  return new Response(exchange.method === 'HEAD' ? null : JSON.stringify(body), {
    status: body.status,
    headers,
  })
}

export function tokenRefused(exchange: Exchange, expired: boolean): Response {
  return problemAnswer(exchange, 'invalid_credential', {
    detail: expired
      ? 'This access token has expired. Get a new one at the token endpoint: tokens last ten minutes.'
      : 'This access token was not issued for this gateway, or it was changed. Get a new one at the token endpoint.',
  })
}

export function upstreamAnswer(
  exchange: Exchange,
  response: Response,
  way: { from: URL; upstreamUrl: string; prefix: string },
  limits: Limits,
): Response {
  const headers = responseHeaders(response.headers)
  for (const name of ['Location', 'Content-Location']) {
    const value = response.headers.get(name)
    const location = value === null ? null : gatewayLocation(value, way.from, way.upstreamUrl, way.prefix)
    if (location !== null) headers.set(name, location)
  }
  // The answer depends on who asks: a cache between must not mix apps up.
  headers.append('Vary', 'Authorization, X-API-Key')
  setLimits(headers, limits)
  guard(headers, exchange)
  const { status, statusText, webSocket } = response
  return webSocket
    ? new Response(null, { status, statusText, headers, webSocket })
    : new Response(response.body, { status, statusText, headers })
}

/** The answer to a browser that asks before it sends a call across origins. It carries no credential by design. */
export function preflightAnswer(exchange: Exchange, request: Request): Response {
  const headers = new Headers({
    'Access-Control-Allow-Methods': gatewayMethods.join(', '),
    'Access-Control-Allow-Headers':
      request.headers.get('access-control-request-headers') ?? 'authorization, x-api-key, content-type',
    'Access-Control-Max-Age': '600',
  })
  headers.append('Vary', 'Access-Control-Request-Headers')
  guard(headers, exchange)
  return new Response(null, { status: 204, headers })
}

function setLimits(headers: Headers, { terms, reports }: Limits): void {
  const policy = rateLimitPolicy(terms, Date.now())
  const state = rateLimit(reports)
  if (policy) headers.set('RateLimit-Policy', policy)
  if (state) headers.set('RateLimit', state)
}

function guard(headers: Headers, exchange: Exchange): void {
  headers.set('Content-Security-Policy', "sandbox; default-src 'none'")
  headers.set('X-Content-Type-Options', 'nosniff')
  headers.set('X-Frame-Options', 'DENY')
  headers.set('Referrer-Policy', 'no-referrer')
  headers.set('Cross-Origin-Resource-Policy', 'same-origin')
  headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
  headers.set('X-Request-Id', exchange.requestId)
  if (exchange.allowOrigin === null) return
  headers.set('Access-Control-Allow-Origin', exchange.allowOrigin)
  // Each by its name: what the page that sent the call is shown.
  headers.set(
    'Access-Control-Expose-Headers',
    [...headers.keys()].filter((name) => !name.startsWith('access-control-')).join(', '),
  )
  headers.append('Vary', 'Origin')
}
