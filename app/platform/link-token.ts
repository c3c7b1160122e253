// The token of a mailed link leaves the address bar at once: the first request moves it into a short-lived cookie and
// redirects, so that it stands in no history, no Referer and no page. Reading it consumes nothing.
import { redirect } from '@remix-run/cloudflare'
import { readCookie } from './cookies'
import type { GuardArgs } from './guards'

const cookies = {
  password_reset: '__Host-portico_reset',
  email_verification: '__Host-portico_verify',
  invitation: '__Host-portico_invite',
  email_change: '__Host-portico_email',
} as const
type Purpose = keyof typeof cookies

/** Long enough to think of a good password. */
const maxAgeSeconds = 1800

/** The redirect to return from the loader when the address holds a token, or null. */
export function moveTokenOutOfAddress(args: GuardArgs, purpose: Purpose): Response | null {
  const url = new URL(args.request.url)
  const token = url.searchParams.get('token')
  if (token === null) return null
  // Anything but a token of ours is replaced by something that is none either, and fits into a cookie.
  const value = /^[A-Za-z0-9_-]{43}$/.test(token) ? token : 'invalid'
  args.context.scope.setCookies.push(header(purpose, value, maxAgeSeconds))
  return redirect(url.pathname, {
    status: 303,
    headers: { 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store' },
  })
}

export function readLinkToken(request: Request, purpose: Purpose): string | null {
  return readCookie(request, cookies[purpose]) || null
}

export function forgetLinkToken(args: GuardArgs, purpose: Purpose): void {
  args.context.scope.setCookies.push(header(purpose, '', 0))
}

/** Lax, not Strict: the redirect still belongs to the navigation that the mail program began. */
function header(purpose: Purpose, value: string, maxAge: number): string {
  return `${cookies[purpose]}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; Secure; SameSite=Lax`
}
