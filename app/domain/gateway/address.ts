// From an address of the gateway to one of the upstream and back. Whatever a client writes, the call stays on the
// upstream's host and below the API's base path: also for upstreams that decode a path before they read it.

/** `/gateway/:product/:api` and what follows, as it was sent. */
export type GatewayAddress = { product: string; api: string; rest: string; prefix: string }

/** Null for an address that names no product and API. */
export function parseGatewayAddress(pathname: string): GatewayAddress | null {
  const match = /^\/gateway\/([^/]+)\/([^/]+)(\/.*)?$/.exec(pathname)
  if (!match) return null
  const [, product = '', api = '', rest = ''] = match
  return { product, api, rest, prefix: `/gateway/${product}/${api}` }
}

/** The upstream address of a call; null when its path could climb out of the API. `search` is passed on as it is. */
export function upstreamAddress(upstreamUrl: string, rest: string, search: string): URL | null {
  if (!URL.canParse(upstreamUrl) || climbs(rest)) return null
  const base = new URL(upstreamUrl)
  if (base.protocol !== 'https:' && base.protocol !== 'http:') return null
  const url = new URL(base.origin)
  const basePath = base.pathname.replace(/\/+$/, '')
  // Assigned, never resolved: a path that starts with two slashes must not become a host.
  url.pathname = basePath + rest || '/'
  url.search = search
  return url.origin === base.origin && isBelow(basePath, url.pathname) ? url : null
}

/**
 * The `Location` that a client of the gateway gets: an address below the API's base becomes one of the gateway, any
 * other is made absolute, so that it never means a page of the portal. Null when it is no web address.
 */
export function gatewayLocation(
  location: string,
  from: URL,
  upstreamUrl: string,
  prefix: string,
): string | null {
  if (!URL.canParse(location, from.href)) return null
  const target = new URL(location, from.href)
  if (target.protocol !== 'https:' && target.protocol !== 'http:') return null
  const base = new URL(upstreamUrl)
  const basePath = base.pathname.replace(/\/+$/, '')
  if (target.origin !== base.origin || !isBelow(basePath, target.pathname)) return target.href
  return prefix + target.pathname.slice(basePath.length) + target.search + target.hash
}

function isBelow(basePath: string, pathname: string): boolean {
  return pathname === basePath || pathname.startsWith(`${basePath}/`)
}

/**
 * True when the path has a dot segment or a control character after up to four rounds of decoding, read with both
 * kinds of slash and without path parameters (`..;x`).
 */
function climbs(rest: string): boolean {
  let text = rest
  for (let round = 0; round < 5; round += 1) {
    if (hasControlCharacter(text)) return true
    if (text.split(/[/\\]/).some((segment) => /^\.{1,2}(;|$)/.test(segment))) return true
    const next = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    if (next === text) return false
    text = next
  }
  return true
}

function hasControlCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code < 0x20 || code === 0x7f) return true
  }
  return false
}
