// What happens to every HTTP request: gateway, admin API, token endpoint, health, or the portal behind its locks; then headers, cookies,
// events.
import type { RequestHandler } from '@remix-run/cloudflare'
import { errorStatus } from '~/domain/kernel/errors'
import { answerApi, isApiRequest } from './api'
import type { ApiOperation } from './api-operation'
import { clearedFlashCookieHeader, flashCookie, readCookie } from './cookies'
import { isCrossSite } from './cross-site'
import { floodPeriodSeconds, isFlood } from './flood'
import { gatewayOriginApart } from './gateway-host'
import { handleGateway, isGatewayRequest } from './gateway-proxy'
import { answerHealth } from './health'
import { answerLeakReport } from './leak-reports'
import { logError } from './log'
import { answerOAuth, isOAuthRequest } from './oauth'
import { answerOneClick } from './one-click'
import { enqueueEvents } from './queue'
import { createScope, type RequestScope } from './scope'
import { withSecurityHeaders } from './security-headers'
import { tellOfChanges } from './tell-records'

/** Who answers what is not the gateway's: the portal's pages, and the operations of the admin API. */
type Answerers = { remix: RequestHandler; operations: readonly ApiOperation[] }

const portalMethods = new Set(['GET', 'HEAD', 'POST'])

export async function handleFetch(
  request: Request,
  env: Env,
  ctx: ExecutionContext,
  { remix, operations }: Answerers,
): Promise<Response> {
  const url = new URL(request.url)
  if (isGatewayRequest(url, env)) return handleGateway(request, env, ctx, { url })

  const scope = createScope(request, env)
  const work = isApiRequest(url)
    ? answerApi(url, scope, operations).then((response) => marked(response, scope))
    : isOAuthRequest(url)
      ? answerOAuth(url, scope).then((response) => marked(response, scope))
      : answerPortal(request, url, scope, remix).then((response) => finish(response, scope))
  // A change that was begun is ended, and told, even when the client does not wait for the answer.
  ctx.waitUntil(work)
  const response = await work
  if (scope.announced.length > 0) ctx.waitUntil(enqueueEvents(env, scope.announced))
  ctx.waitUntil(tellOfChanges(env, scope.changed))
  return response
}

/**
 * No lock against other sites stands before the API and the token endpoint: they read no cookie, and answer to tokens and
 * secrets alone.
 */
async function answerPortal(
  request: Request,
  url: URL,
  scope: RequestScope,
  remix: RequestHandler,
): Promise<Response> {
  return (
    (await answerHealth(url, scope.env)) ??
    (await answerLeakReport(url, scope)) ??
    (await answerOneClick(url, scope)) ??
    refuse(request, url, scope) ??
    (await refuseFlood(request, url, scope.env)) ??
    (await answerPage(request, scope, remix))
  )
}

function text(message: string, status: number, headers: HeadersInit = {}): Response {
  return new Response(message, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
  })
}

async function refuseFlood(request: Request, url: URL, env: Env): Promise<Response | null> {
  if (!(await isFlood(request, url, env))) return null
  return text(
    'Too many attempts from your address. Wait a minute, then try again.',
    errorStatus.too_many_attempts,
    { 'Retry-After': String(floodPeriodSeconds) },
  )
}

function refuse(request: Request, url: URL, scope: RequestScope): Response | null {
  if (!portalMethods.has(request.method)) {
    return text('This method is not supported here.', errorStatus.method_not_allowed, {
      Allow: 'GET, HEAD, POST',
    })
  }
  if (isCrossSite(request, scope.env.PORTAL_ORIGIN)) {
    return text(
      'This request came from another site and was refused. Open the portal and try again.',
      errorStatus.cross_site_request,
    )
  }
  if (!isDecodable(url.pathname)) return text('There is nothing at this address.', errorStatus.not_found)
  // Remix would run loaders and actions for it without its own check; single fetch never sends it.
  if (url.searchParams.has('_data')) return text('Bad request', errorStatus.invalid_body)
  return null
}

/** False for broken percent-encoding, of which no address of the portal is made. */
function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname)
    return true
  } catch {
    return false
  }
}

async function answerPage(request: Request, scope: RequestScope, remix: RequestHandler): Promise<Response> {
  try {
    const headers = new Headers(request.headers)
    headers.delete('x-forwarded-host')
    // `refuse` has judged it. Remix would answer 500 to the `null` that browsers send from pages without a referrer.
    headers.delete('origin')
    return await remix(new Request(request, { headers }), { scope })
  } catch (error) {
    logError('request_failed', error, { requestId: scope.requestId })
    return text('Something failed on our side. Try again in a minute.', 500)
  }
}

function finish(response: Response, scope: RequestScope): Response {
  const finished = marked(response, scope)
  const setsFlash = scope.setCookies.some((cookie) => cookie.startsWith(`${flashCookie}=`))
  for (const cookie of scope.setCookies) finished.headers.append('Set-Cookie', cookie)
  const showedFlash =
    readCookie(scope.request, flashCookie) && response.status < 300 && scope.request.method === 'GET'
  if (showedFlash && !setsFlash && isDocument(finished, scope)) {
    finished.headers.append('Set-Cookie', clearedFlashCookieHeader())
  }
  return finished
}

function marked(response: Response, scope: RequestScope): Response {
  const finished = withSecurityHeaders(response, {
    nonce: scope.nonce,
    gatewayOrigin: gatewayOriginApart(scope.env),
  })
  if (scope.env.PORTICO_ENV !== 'production')
    finished.headers.set('Server-Timing', `d1;desc="${scope.trips()} trips"`)
  finished.headers.set('X-Request-Id', scope.requestId)
  return finished
}

/** A page or the data of a page, as opposed to an image or a download that loads beside it. */
function isDocument(response: Response, scope: RequestScope): boolean {
  const type = response.headers.get('content-type') ?? ''
  return type.startsWith('text/html') || new URL(scope.request.url).pathname.endsWith('.data')
}
