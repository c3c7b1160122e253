// A first filter in front of the forms around signing in and of the token endpoint: an address that floods them is refused before D1 or a hash is
// touched. The platform counts by location and about right, so the exact limits behind it decide; without it they hold too.
import { addressOf } from '~/domain/accounts/attempts.server'
import { logWarning } from './log'

/** `period` of AUTH_LIMITER in wrangler.toml. */
export const floodPeriodSeconds = 60

/** Whether this post belongs to a flood. Never true for logging out, nor when the limiter fails. */
export async function isFlood(request: Request, url: URL, env: Env): Promise<boolean> {
  if (request.method !== 'POST' || !isGuarded(url.pathname)) return false
  const ip = request.headers.get('cf-connecting-ip')
  if (!ip) return false
  try {
    const { success } = await env.AUTH_LIMITER.limit({ key: addressOf({ source: { ip } }) })
    return !success
  } catch {
    logWarning('auth_limiter_failed')
    return false
  }
}

/** Remix takes an address in any case, percent-encoded, and with slashes too many. */
function isGuarded(pathname: string): boolean {
  const page = decodeURIComponent(pathname)
    .toLowerCase()
    .replace(/\/+/g, '/')
    .replace(/(\.data)?\/?$/, '')
  return (
    (page.startsWith('/auth/') && page !== '/auth/logout') || page === '/setup' || page === '/oauth/token'
  )
}
