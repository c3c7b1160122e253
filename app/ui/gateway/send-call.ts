// Sends a call to the gateway and reads what comes back, bounded in time and size. No cookie goes along, nothing is kept
// in a cache, and a redirect is not followed: the key must not arrive anywhere else.
import type { CallRequest } from './call-request'

/** The gateway itself gives an API 30 seconds to begin its answer. */
export const timeoutMs = 60_000
/** What is held of a body; the rest is not read. */
export const maxBytes = 25 * 1024 * 1024

export type StoppedBy = 'cancel' | 'timeout'

export type Answer = {
  kind: 'answer'
  status: number
  headers: [name: string, value: string][]
  bytes: Uint8Array
  /** Why the body ends before its end. */
  cut: StoppedBy | 'size' | 'connection' | null
  ms: number
}

export type Outcome = Answer | { kind: 'redirect' | 'unreachable' | StoppedBy; ms: number }

/** `signal` is the person's: it cancels. */
export async function sendCall(
  { method, url, headers, body }: CallRequest,
  key: string,
  signal: AbortSignal,
  limits = { timeoutMs, maxBytes },
): Promise<Outcome> {
  const started = performance.now()
  const elapsed = () => Math.round(performance.now() - started)
  const stop = new AbortController()
  const onCancel = () => stop.abort('cancel')
  const timer = setTimeout(() => stop.abort('timeout'), limits.timeoutMs)
  if (signal.aborted) onCancel()
  signal.addEventListener('abort', onCancel)
  const stoppedBy = () => (stop.signal.aborted ? (stop.signal.reason as StoppedBy) : null)
  try {
    const response = await fetch(url, {
      method,
      headers: [...headers, ['Authorization', `Bearer ${key}`]],
      body,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
      signal: stop.signal,
    })
    if (response.type === 'opaqueredirect') return { kind: 'redirect', ms: elapsed() }
    const { bytes, cut } = await readUpTo(response, limits.maxBytes)
    const ended = cut === 'connection' ? (stoppedBy() ?? cut) : cut
    return {
      kind: 'answer',
      status: response.status,
      headers: [...response.headers],
      bytes,
      cut: ended,
      ms: elapsed(),
    }
  } catch {
    return { kind: stoppedBy() ?? 'unreachable', ms: elapsed() }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onCancel)
  }
}

/** What came before the end, the bound or a stop: an endless stream can be looked at by cancelling it. */
async function readUpTo(
  response: Response,
  most: number,
): Promise<{ bytes: Uint8Array; cut: 'size' | 'connection' | null }> {
  const reader = response.body?.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  let cut: 'size' | 'connection' | null = null
  try {
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
      chunks.push(next.value)
      size += next.value.length
      if (size > most) {
        cut = 'size'
        void reader?.cancel()
        break
      }
    }
  } catch {
    cut = 'connection'
  }
  const bytes = new Uint8Array(Math.min(size, most))
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk.subarray(0, bytes.length - at), at)
    at += chunk.length
    if (at >= bytes.length) break
  }
  return { bytes, cut }
}
