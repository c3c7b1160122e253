// Which headers cross the gateway. Towards the upstream: nothing that belongs to one connection, nothing that says who
// the client is but what the gateway itself adds, and never the key. Back: nothing that acts on the portal's origin.

/** RFC 9110 §7.6.1, with the names that older software still uses. */
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-authentication-info',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  // Of a WebSocket's opening only its protocols are between client and upstream: the rest is of one connection.
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-accept',
  'sec-websocket-extensions',
]

const droppedFromRequest = new Set([
  ...hopByHop,
  'host',
  'content-length',
  'expect',
  'authorization',
  'x-api-key',
  'cookie',
  'cookie2',
  'forwarded',
  'via',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'true-client-ip',
  'x-original-url',
  'x-rewrite-url',
  'x-original-host',
  'x-host',
  'x-request-id',
  'cdn-loop',
])
const droppedRequestPrefixes = ['cf-', 'x-forwarded-', 'x-portico-', 'x-consumer-', 'sec-fetch-']

const droppedFromResponse = new Set([
  ...hopByHop,
  'set-cookie',
  'set-cookie2',
  'strict-transport-security',
  'content-security-policy',
  'content-security-policy-report-only',
  'clear-site-data',
  'service-worker-allowed',
  'refresh',
  'alt-svc',
  'nel',
  'report-to',
  'reporting-endpoints',
  'public-key-pins',
  'origin-agent-cluster',
  'speculation-rules',
  'supports-loading-mode',
  'ratelimit',
  'ratelimit-policy',
  'location',
  'content-location',
  'x-request-id',
  // A browser would show the upstream's password dialog under the portal's name.
  'www-authenticate',
  'authentication-info',
])
const droppedResponsePrefixes = ['access-control-', 'cf-', 'x-portico-', 'cross-origin-', 'x-forwarded-']

/** Who calls, as the upstream is told. */
export type CallerHeaders = { app: string; organization: string; plan: string; requestId: string }

export function requestHeaders(from: Headers, key: string, caller: CallerHeaders): Headers {
  const named = namedByConnection(from)
  const headers = new Headers()
  for (const [name, value] of from) {
    // CGI and its heirs read `X_Portico_App` and `X-Portico-App` as one name.
    const canonical = name.replaceAll('_', '-')
    if (named.has(name) || droppedFromRequest.has(canonical)) continue
    if (droppedRequestPrefixes.some((prefix) => canonical.startsWith(prefix))) continue
    if (value.includes(key)) continue
    headers.append(name, value)
  }
  headers.set('X-Portico-App', caller.app)
  headers.set('X-Portico-Organization', caller.organization)
  headers.set('X-Portico-Plan', printable(caller.plan))
  headers.set('X-Request-Id', caller.requestId)
  return headers
}

/** The upstream's headers that a client may see. `Location` is left out: the caller rewrites it. */
export function responseHeaders(from: Headers): Headers {
  const named = namedByConnection(from)
  const headers = new Headers()
  for (const [name, value] of from) {
    if (named.has(name) || droppedFromResponse.has(name)) continue
    if (droppedResponsePrefixes.some((prefix) => name.startsWith(prefix))) continue
    headers.append(name, value)
  }
  return headers
}

function namedByConnection(headers: Headers): Set<string> {
  return new Set((headers.get('connection') ?? '').split(',').map((name) => name.trim().toLowerCase()))
}

/** A name as a header value: what is not printable ASCII becomes percent-encoded UTF-8. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x24\x26-\x7e]+/g, (part) => encodeURIComponent(part.toWellFormed())).trim()
}
