// Which host a call came to, and what that means: on a host of its own the gateway answers everything, and the portal's
// pages, and nobody else's, may call it from a browser.
import type { Exchange } from './gateway-answers'

export function isGatewayHost(url: URL, env: Env): boolean {
  const host = hostOf(env.GATEWAY_ORIGIN)
  return host !== null && host === url.host && host !== hostOf(env.PORTAL_ORIGIN)
}

/** The gateway's origin where it is not the portal's: what the portal's pages must be allowed to call. Else empty. */
export function gatewayOriginApart(env: Env): string {
  if (!URL.canParse(env.GATEWAY_ORIGIN)) return ''
  const { origin, host } = new URL(env.GATEWAY_ORIGIN)
  return host === hostOf(env.PORTAL_ORIGIN) ? '' : origin
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}

export function exchangeOf(request: Request, url: URL, env: Env): Exchange {
  const portal = URL.canParse(env.PORTAL_ORIGIN) ? new URL(env.PORTAL_ORIGIN).origin : null
  const allowed = isGatewayHost(url, env) && request.headers.get('origin') === portal
  // Only Cloudflare's own form: where it does not stand in front, the header is the client's.
  const ray = /^[0-9a-f]{16}(-[A-Z]{3})?$/.exec(request.headers.get('cf-ray') ?? '')?.[0]
  return {
    method: request.method,
    requestId: ray ?? crypto.randomUUID(),
    allowOrigin: allowed ? portal : null,
  }
}

export function isPreflight(request: Request): boolean {
  return request.method === 'OPTIONS' && request.headers.has('access-control-request-method')
}
