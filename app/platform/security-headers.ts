// Headers of every answer of the portal. The gateway sets its own. Pages talk to the portal and, where it has a host of
// its own, to the gateway, which the reference calls; to nobody else.

/** One year, subdomains too: OWASP ASVS 5.0, 3.4.1. */
const strictTransportSecurity = 'max-age=31536000; includeSubDomains'

export type PolicyParts = { nonce: string; gatewayOrigin: string }

export function contentSecurityPolicy({ nonce, gatewayOrigin }: PolicyParts): string {
  const connect = ["connect-src 'self'", ...(gatewayOrigin ? [gatewayOrigin] : [])]
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    connect.join(' '),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "frame-src 'self'",
  ].join('; ')
}

/** The answer with the portal's headers. What a route chose itself (a stricter policy, a cache time) stays. */
export function withSecurityHeaders(response: Response, parts: PolicyParts): Response {
  const headers = new Headers(response.headers)
  const fallback = (name: string, value: string) => {
    if (!headers.has(name)) headers.set(name, value)
  }
  headers.set('Strict-Transport-Security', strictTransportSecurity)
  headers.set('X-Content-Type-Options', 'nosniff')
  fallback('Content-Security-Policy', contentSecurityPolicy(parts))
  fallback('Referrer-Policy', 'strict-origin-when-cross-origin')
  fallback('Cross-Origin-Opener-Policy', 'same-origin')
  fallback('Cross-Origin-Resource-Policy', 'same-origin')
  fallback('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  fallback('X-Frame-Options', 'DENY')
  fallback('Cache-Control', 'no-store')
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}
