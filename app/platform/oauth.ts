// The authorization server (RFC 6749 §4.4): what is answered at the token endpoint, and what everybody may know of it: its
// metadata (RFC 8414) and its public keys (RFC 7517). It reads no cookie. No other origin may read the answers in a
// browser, because a client secret has no place in one.
import { addressOf, attemptLimit, countAttempts, refusedBy } from '~/domain/accounts/attempts.server'
import { clientGrant } from '~/domain/gateway/client-grant'
import { findCredentialSnapshot } from '~/domain/gateway/queries.server'
import { signingAlgorithm } from '~/domain/gateway/signing-key'
import { type OAuthError, readTokenRequest, type TokenRequest } from '~/domain/gateway/token-request'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { signAccessToken } from './access-tokens'
import { floodPeriodSeconds, isFlood } from './flood'
import { logError } from './log'
import { paths } from './paths'
import { readUpTo } from './read-up-to'
import type { RequestScope } from './scope'
import { signingKeyring } from './signing-keyring'

/** Four parameters need a few hundred bytes. */
const longestBody = 8192

export function isOAuthRequest(url: URL): boolean {
  const { token, keys, metadata } = paths.oauth
  return url.pathname === token || url.pathname === keys || url.pathname === metadata
}

export async function answerOAuth(url: URL, scope: RequestScope): Promise<Response> {
  const ctx = scope.contextFor({ type: 'system' })
  try {
    if (url.pathname === paths.oauth.token) return await answerTokenRequest(url, scope, ctx)
    return await answerDocument(url, scope, ctx)
  } catch (error) {
    logError('oauth_request_failed', error, { requestId: scope.requestId })
    const description = 'The server could not check this request and refused it. Try again in a minute.'
    return refusal({ error: 'temporarily_unavailable', description }, 503, { 'Retry-After': '60' })
  }
}

async function answerTokenRequest(
  url: URL,
  { request, env }: RequestScope,
  ctx: DomainContext<SystemActor>,
): Promise<Response> {
  if (request.method !== 'POST') {
    const description = 'The token endpoint takes POST only.'
    return refusal({ error: 'invalid_request', description }, 405, { Allow: 'POST' })
  }
  if (await isFlood(request, url, env)) return tooMany(floodPeriodSeconds)
  const body = await readUpTo(request, longestBody)
  const read = readTokenRequest({
    authorization: request.headers.get('authorization'),
    contentType: request.headers.get('content-type'),
    query: url.search,
    body: body && new TextDecoder().decode(body),
  })
  if (!read.ok) return refusal(read)
  return grantToken(read.request, ctx)
}

async function grantToken(
  { clientId, secret, scope }: TokenRequest,
  ctx: DomainContext<SystemActor>,
): Promise<Response> {
  const snapshot = await findCredentialSnapshot(ctx.db, await ctx.tokens.hash(secret))
  const granted = clientGrant(snapshot, { clientId, scope }, ctx.now)
  const isUnknown = !granted.ok && granted.isUnknown === true
  // Wrong secrets count by where they come from: a stranger who guesses never stops the client itself.
  const limits = isUnknown
    ? await Promise.all([
        attemptLimit(ctx, 'oauthAddress', addressOf(ctx)),
        attemptLimit(ctx, 'oauthHere', clientId, addressOf(ctx)),
      ])
    : [await attemptLimit(ctx, 'oauthClient', clientId)]
  const tooOften = refusedBy(ctx, limits, await countAttempts(ctx, limits))
  if (tooOften) return tooMany(tooOften.retryAfterSeconds ?? floodPeriodSeconds)
  if (!granted.ok) return refusal(granted)
  return answer(200, {
    access_token: await signAccessToken(ctx, granted.grant),
    token_type: 'Bearer',
    expires_in: granted.grant.lifetime,
    scope: granted.scope.join(' '),
  })
}

async function answerDocument(
  url: URL,
  { request }: RequestScope,
  ctx: DomainContext<SystemActor>,
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    const description = 'This address takes GET only.'
    return refusal({ error: 'invalid_request', description }, 405, { Allow: 'GET, HEAD' })
  }
  const response =
    url.pathname === paths.oauth.keys
      ? answer(200, { keys: await publicKeys(ctx) }, { 'Cache-Control': 'public, max-age=3600' })
      : answer(200, metadata(ctx.origin), { 'Cache-Control': 'public, max-age=3600' })
  response.headers.delete('Pragma')
  return request.method === 'HEAD' ? new Response(null, response) : response
}

async function publicKeys(ctx: DomainContext) {
  const keys = await signingKeyring.published(ctx.db)
  return keys.map(({ id, publicJwk }) => ({ ...publicJwk, kid: id, use: 'sig', alg: signingAlgorithm }))
}

/** No list of scopes: slugs of products that not everybody may see. */
function metadata(issuer: string) {
  return {
    issuer,
    token_endpoint: issuer + paths.oauth.token,
    jwks_uri: issuer + paths.oauth.keys,
    grant_types_supported: ['client_credentials'],
    response_types_supported: [],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  }
}

function tooMany(seconds: number): Response {
  const description = 'Too many requests. Wait as long as Retry-After says.'
  const headers = { 'Retry-After': String(Math.ceil(seconds)) }
  return refusal({ error: 'temporarily_unavailable', description }, 429, headers)
}

/** RFC 6749 §5.2. HTTP wants a challenge with every 401, whichever way the client chose. */
function refusal({ error, description }: OAuthError, status = 400, headers: HeadersInit = {}): Response {
  const isUnauthorized = error === 'invalid_client'
  const response = answer(isUnauthorized ? 401 : status, { error, error_description: description }, headers)
  if (isUnauthorized) response.headers.set('WWW-Authenticate', 'Basic realm="Portico", charset="UTF-8"')
  return response
}

/** Nothing that is answered here may be kept by a cache or act as a page, unless `headers` say that it may be kept. */
function answer(status: number, body: unknown, headers: HeadersInit = {}): Response {
  return Response.json(body, {
    status,
    headers: {
      'Cache-Control': 'no-store',
      Pragma: 'no-cache',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'Referrer-Policy': 'no-referrer',
      ...headers,
    },
  })
}
