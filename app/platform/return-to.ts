// Where somebody may be sent back to: an address that a request names is a stranger's until it is found to be a path of ours.

/**
 * Where to go after signing in: a path of this portal, or `fallback`. Refuses what browsers read as another origin
 * (`//host`, `/\host`, encoded slashes) and anything but plain path and query characters.
 */
export function safeReturnTo(value: string | null | undefined, fallback: string): string {
  if (!value || !/^\/(?!\/|\\|%2f|%5c)[\w\-.+/@~%]*(?:\?[\w\-.+/=&%@~]*)?$/i.test(value)) return fallback
  if (/^\/(?:[^?]*)(?:\/\/|%2f|%5c|\\)/i.test(value)) return fallback
  const base = 'https://portal.invalid'
  const url = new URL(value, base)
  if (url.origin !== base || isAroundSigningIn(url.pathname)) return fallback
  return `${url.pathname}${url.search}`
}

/** Routes are found in any case and percent-encoded. What cannot be decoded is no page either. */
function isAroundSigningIn(pathname: string): boolean {
  try {
    return decodeURIComponent(pathname).toLowerCase().startsWith('/auth/')
  } catch {
    return true
  }
}
