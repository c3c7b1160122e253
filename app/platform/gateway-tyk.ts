// The adapter of Tyk Gateway: its REST API under /tyk/keys, opened by the header X-Tyk-Authorization. Keys are custom keys:
// Tyk's key is the portal's own, so one key works at both gateways.
// Nothing that Tyk writes is passed on: an answer of another server could hold anything, the key included.
import type {
  GatewayAdapter,
  GatewayHealth,
  GatewayOutcome,
  GatewayPlace,
} from '~/domain/gateway/external-gateway'
import { tykSession } from '~/domain/gateway/tyk-session'
import { readUpTo } from './read-up-to'

/** How long Tyk may take for one call. */
const timeoutMs = 10_000

/** Longer answers are not Tyk's. */
const maxAnswerBytes = 256 * 1024

type Options = { fetcher?: typeof fetch; timeoutMs?: number }
type Answer = { status: number; body: unknown }
type NoAnswer = { status: null; timedOut: boolean }

export function tykAdapter(options: Options = {}): GatewayAdapter {
  async function call(
    place: GatewayPlace,
    method: string,
    path: string,
    query: Record<string, string> = {},
    body?: unknown,
  ): Promise<Answer | NoAnswer> {
    const url = new URL(place.baseUrl.replace(/\/+$/, '') + path)
    url.search = new URLSearchParams(query).toString()
    const abort = new AbortController()
    // Runs until the last byte.
    const timer = setTimeout(() => abort.abort(), options.timeoutMs ?? timeoutMs)
    try {
      const response = await (options.fetcher ?? fetch)(url.href, {
        method,
        // The secret goes to the address that an admin entered and to no other.
        redirect: 'manual',
        cache: 'no-store',
        headers: {
          'x-tyk-authorization': place.secret,
          accept: 'application/json',
          'user-agent': 'Portico',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: abort.signal,
      })
      return { status: response.status, body: await readJson(response) }
    } catch {
      return { status: null, timedOut: abort.signal.aborted }
    } finally {
      clearTimeout(timer)
      abort.abort()
    }
  }

  const keyPath = (key: string) => `/tyk/keys/${encodeURIComponent(key)}`

  return {
    async provision(place, key, granted) {
      const session = tykSession(granted, place.externalOrgId)
      return outcomeOf(await call(place, 'POST', keyPath(key), {}, session), 'added')
    },
    async changePlan(place, key, granted) {
      const session = tykSession(granted, place.externalOrgId)
      // Without this a change, or the repetition of one, would bring a fresh quota.
      return outcomeOf(await call(place, 'PUT', keyPath(key), { suppress_reset: '1' }, session), 'modified')
    },
    async revoke(place, key) {
      return outcomeOf(await call(place, 'DELETE', keyPath(key), { org_id: place.externalOrgId }), 'deleted')
    },
    async health(place) {
      const hello = await call(place, 'GET', '/hello')
      if (hello.status === null) return unwell(noAnswer(hello))
      const { status, version } = healthOf(hello.body)
      if (status === null) return unwell('What answers there is not Tyk: /hello is not its health page.')
      // /hello asks for no secret. A key that cannot exist tells whether the secret opens the door.
      const query = { org_id: place.externalOrgId }
      const door = await call(place, 'GET', keyPath('portico-connection-test'), query)
      const said = outcomeOf(door)
      if (said.outcome !== 'missing') {
        const reason = 'reason' in said ? said.reason : 'Tyk knows a key that cannot exist.'
        return { ...unwell(reason), version }
      }
      if (status === 'fail')
        return { ...unwell('Tyk says that it is not well: its store is out of reach.'), version }
      const partly = status === 'warn' ? ' Tyk says that one of its parts is out of reach.' : ''
      return { ok: true, message: `Tyk answers and takes the secret.${partly}`, version }
    },
  }
}

function unwell(message: string): GatewayHealth {
  return { ok: false, message, version: null }
}

function noAnswer({ timedOut }: NoAnswer): string {
  return timedOut ? 'Tyk did not answer in time.' : 'Tyk cannot be reached.'
}

/** 408, 429, 5xx and no answer may pass later; any other refusal would be the same tomorrow. */
function outcomeOf(answer: Answer | NoAnswer, action?: 'added' | 'modified' | 'deleted'): GatewayOutcome {
  if (answer.status === null) return { outcome: 'retryable', reason: noAnswer(answer) }
  const { status, body } = answer
  if (status >= 200 && status < 300) {
    if (action === undefined || wordOf(body, 'action') === action) return { outcome: 'ok' }
    return { outcome: 'permanent', reason: 'What answers there is not Tyk.' }
  }
  // Only Tyk's own: a web server in front of it that knows no such path has deleted nothing.
  if (status === 404 && wordOf(body, 'status') === 'error') return { outcome: 'missing' }
  if (status === 404) return { outcome: 'permanent', reason: 'Tyk’s API is not at this address (404).' }
  if (status === 403 || status === 401)
    return { outcome: 'permanent', reason: `Tyk refused the secret (${status}).` }
  if (status >= 300 && status < 400)
    return { outcome: 'permanent', reason: 'The address sends on to another one, which is not followed.' }
  const retryable = status === 408 || status === 429 || status >= 500
  return { outcome: retryable ? 'retryable' : 'permanent', reason: `Tyk answered ${status}.` }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    const bytes = await readUpTo(response, maxAnswerBytes)
    return bytes && bytes.byteLength > 0 ? JSON.parse(new TextDecoder().decode(bytes)) : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function wordOf(body: unknown, name: string): string | null {
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : null
  return typeof value === 'string' ? value : null
}

/** Of the health check format for HTTP APIs, which Tyk follows. */
function healthOf(body: unknown) {
  const status = ['pass', 'warn', 'fail'].find((word) => word === wordOf(body, 'status')) ?? null
  const version = wordOf(body, 'version')
  return { status, version: version && /^[\w.+-]{1,40}$/.test(version) ? version : null }
}
