// Refuses state changes that another site asks for, before Remix sees them: Fetch Metadata, with Origin as the fallback
// (OWASP CSRF Prevention Cheat Sheet). Remix's own check misses resource routes and `_data` requests.

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** True for an unsafe request that did not come from a page of this very origin. */
export function isCrossSite(request: Request, portalOrigin: string): boolean {
  if (safeMethods.has(request.method)) return false
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) return site !== 'same-origin'
  const own = new Set([portalOrigin, new URL(request.url).origin])
  return !own.has(request.headers.get('origin') ?? '')
}
