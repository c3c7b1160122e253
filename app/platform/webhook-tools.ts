// Sends a webhook as Standard Webhooks says: signed with HMAC-SHA-256 over id, time and body by each secret. Redirects are
// not followed, the whole takes 15 s at most, and of the answer no more than its beginning is read.
import type { WebhookAnswer, WebhookMessage, WebhookTools } from '~/domain/notifications/webhook-message'
import { keptAnswerBytes, webhookTimeoutMs } from '~/domain/notifications/webhook-retries'
import { secretBytes } from '~/domain/notifications/webhook-secret'
import { readStart } from './read-up-to'

export const webhookTools: WebhookTools = { post: postWebhook }

async function postWebhook(message: WebhookMessage): Promise<WebhookAnswer> {
  const signature = await signaturesOf(message)
  const began = Date.now()
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), webhookTimeoutMs)
  try {
    const response = await fetch(message.url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Portico-Webhooks/1',
        'webhook-id': message.id,
        'webhook-timestamp': String(message.timestamp),
        'webhook-signature': signature,
      },
      body: message.body,
      signal: abort.signal,
    })
    const body = printable(await readStart(response, keptAnswerBytes))
    return {
      status: response.status,
      body,
      error: null,
      durationMs: Date.now() - began,
      retryAfterSeconds: secondsOf(response.headers.get('retry-after'), Date.now()),
    }
  } catch {
    return {
      status: null,
      body: null,
      error: abort.signal.aborted
        ? 'There was no answer within 15 seconds.'
        : 'The receiver could not be reached, or broke off the connection.',
      durationMs: Date.now() - began,
      retryAfterSeconds: null,
    }
  } finally {
    clearTimeout(timer)
    abort.abort()
  }
}

/** `v1,…` for each secret, with a space between them. */
async function signaturesOf({ id, timestamp, body, secrets }: WebhookMessage): Promise<string> {
  const content = new TextEncoder().encode(`${id}.${timestamp}.${body}`)
  const signatures = await Promise.all(
    secrets.map(async (secret) => {
      const key = await crypto.subtle.importKey(
        'raw',
        secretBytes(secret),
        { name: 'HMAC', hash: 'SHA-256' },
        false,
        ['sign'],
      )
      const signed = new Uint8Array(await crypto.subtle.sign('HMAC', key, content))
      return `v1,${btoa(String.fromCharCode(...signed))}`
    }),
  )
  return signatures.join(' ')
}

/** RFC 9110 §10.2.3: seconds, or a date. Null for anything else. */
function secondsOf(header: string | null, now: number): number | null {
  if (header === null) return null
  if (/^\d{1,9}$/.test(header.trim())) return Number(header)
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000))
}

/** Text to keep: broken bytes and control characters stand for themselves as a mark. */
function printable(bytes: Uint8Array): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
  return new TextDecoder().decode(bytes).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd')
}
