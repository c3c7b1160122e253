// Sends a call to the upstream and streams its answer back. Nothing is retried, nothing is read into memory, and a
// redirect is answered to the client, never followed. A WebSocket is one call, however long it is open.

/** Until the upstream's headers are there; its body may take as long as it wants. */
export const upstreamTimeoutMs = 30_000

export type UpstreamAnswer =
  | { ok: true; response: Response }
  | { ok: false; code: 'upstream_unreachable' | 'upstream_timeout' }

/**
 * Cloudflare answers for an origin that it cannot reach or that is too slow (520 to 530). Their pages are about the
 * provider's site and would tell a client nothing.
 */
const cloudflareTimeouts = new Set([522, 524])
const cloudflareFailures = new Set([520, 521, 523, 525, 526, 527, 530])

export async function callUpstream(url: URL, request: Request, headers: Headers): Promise<UpstreamAnswer> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), upstreamTimeoutMs)
  if (asksForWebSocket(request)) headers.set('Upgrade', 'websocket')
  try {
    const response = await fetch(url.href, {
      method: request.method,
      headers,
      body: request.body,
      redirect: 'manual',
      // One app's answer must not come out of a cache for another.
      cache: 'no-store',
      signal: abort.signal,
    })
    if (cloudflareTimeouts.has(response.status)) return { ok: false, code: 'upstream_timeout' }
    if (cloudflareFailures.has(response.status)) return { ok: false, code: 'upstream_unreachable' }
    return { ok: true, response }
  } catch {
    return { ok: false, code: abort.signal.aborted ? 'upstream_timeout' : 'upstream_unreachable' }
  } finally {
    clearTimeout(timer)
  }
}

/** RFC 6455 §4.1. An upgrade to anything else is a matter of one connection, and ends here. */
function asksForWebSocket({ method, headers }: Request): boolean {
  return method === 'GET' && headers.get('upgrade')?.toLowerCase() === 'websocket'
}
