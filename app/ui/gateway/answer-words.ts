// An answer in words: the status by its name, size and time as one says them, and for a refusal of the gateway what it
// is and where to go.

/** HTTP/2 has no words beside the number: those of RFC 9110, RFC 6585 and their kin. */
const statusNames: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  203: 'Non-Authoritative Information',
  204: 'No Content',
  205: 'Reset Content',
  206: 'Partial Content',
  207: 'Multi-Status',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  417: 'Expectation Failed',
  418: 'I’m a teapot',
  421: 'Misdirected Request',
  422: 'Unprocessable Content',
  423: 'Locked',
  424: 'Failed Dependency',
  425: 'Too Early',
  426: 'Upgrade Required',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  507: 'Insufficient Storage',
  511: 'Network Authentication Required',
}

export function statusWords(status: number): string {
  return statusNames[status] ? `${status} ${statusNames[status]}` : String(status)
}

export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB']
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`
}

export function timeWords(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`
}

export type GatewayProblem = { title: string; detail: string; code: string; goTo: 'apps' | 'product' | null }

/** What the gateway itself answered; null for an answer of the API. */
export function gatewayProblem(contentType: string, bytes: Uint8Array): GatewayProblem | null {
  if (!contentType.startsWith('application/problem+json') || bytes.length > 10_000) return null
  try {
    const body = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Record<string, unknown>>
    const { type, title, detail, code } = body
    if (typeof type !== 'string' || !type.startsWith('urn:portico:problem:')) return null
    if (typeof title !== 'string' || typeof detail !== 'string' || typeof code !== 'string') return null
    return { title, detail, code, goTo: places[code] ?? null }
  } catch {
    return null
  }
}

const places: Record<string, 'apps' | 'product'> = {
  invalid_credential: 'apps',
  credential_revoked: 'apps',
  credential_expired: 'apps',
  credential_not_yet_valid: 'apps',
  ip_not_allowed: 'apps',
  method_not_allowed_by_key: 'apps',
  path_not_allowed_by_key: 'apps',
  product_not_allowed: 'product',
  quota_exceeded: 'product',
}

/** Refusals after which a key that was fetched is of no use: the next call fetches it anew. */
export const endsKey = new Set(['invalid_credential', 'credential_revoked', 'credential_expired'])

/** `Retry-After` in seconds; null when there is none, or a date, which the gateway never sends. */
export function retryAfterSeconds(headers: readonly (readonly [string, string])[]): number | null {
  const value = headers.find(([name]) => name === 'retry-after')?.[1] ?? ''
  return /^\d{1,7}$/.test(value) ? Number(value) : null
}
