// MailChannels Email API, through its SDK. The SDK has no time-out, knows no status of a network error, and calls an
// accepted mail with an empty answer a failure: so the HTTP status, seen here, decides alone.
// The API takes no idempotency key. A mail that was accepted while its answer got lost is sent a second time after the
// time-out: rare, and harmless, since what its links do is decided once in D1.
import { MailChannels } from 'mailchannels-sdk'
import { sendTimeoutMs } from '~/domain/notifications/deliveries'
import type { MailMessage, MailOutcome } from '~/domain/notifications/mail'
import { logWarning } from './log'
import { extraHeaders } from './mail-headers'
import type { MailTransport } from './mailer'

class TimedMailChannels extends MailChannels {
  /** Of the last answer; null when there was none. */
  status: number | null = null
  retryAfterSeconds = 0

  protected override _fetch<T>(path: string, options?: Parameters<MailChannels['post']>[1]): Promise<T> {
    return super._fetch<T>(path, {
      ...options,
      timeout: sendTimeoutMs,
      retry: 0,
      parseResponse: readLeniently,
      onResponse: ({ response }: { response: { status: number; headers: Headers } }) => {
        this.status = response.status
        this.retryAfterSeconds = secondsOf(response.headers.get('retry-after'), Date.now())
      },
    })
  }
}

/** An answer that cannot be read says no less than its status does. */
function readLeniently(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return {}
  }
}

export function mailChannelsTransport(env: Env): MailTransport {
  return async (message) => {
    if (!env.MAILCHANNELS_API_KEY) return { outcome: 'permanent', reason: 'MAILCHANNELS_API_KEY is not set.' }
    const client = new TimedMailChannels(env.MAILCHANNELS_API_KEY)
    const { data } = await client.emails.send(toEmail(message, env.MAIL_FROM))
    const refused = data?.results?.some((result) => result.status === 'failed')
    const outcome = refused ? refusedByProvider : outcomeOf(client.status, client.retryAfterSeconds)
    if (outcome.outcome !== 'ok') {
      logWarning('mail_not_accepted', {
        deliveryId: message.deliveryId,
        status: client.status,
        outcome: outcome.outcome,
      })
    }
    return outcome
  }
}

function toEmail(message: MailMessage, from: string) {
  return {
    from: { email: from, name: message.fromName },
    to: [{ email: message.to }],
    subject: message.subject,
    html: message.html,
    text: message.text,
    // The same words go to one person: links are one-time, so nothing may rewrite or visit them.
    tracking: { click: false, open: false },
    headers: extraHeaders(message),
  }
}

const refusedByProvider: MailOutcome = { outcome: 'permanent', reason: 'MailChannels refused the recipient.' }

/** 408, 429, 5xx and no answer may pass later; any other refusal would be the same tomorrow. */
export function outcomeOf(status: number | null, retryAfterSeconds = 0): MailOutcome {
  if (status === null) return { outcome: 'retryable', reason: 'MailChannels did not answer in time.' }
  if (status >= 200 && status < 300) return { outcome: 'ok' }
  const retryable = status === 408 || status === 429 || status >= 500
  const reason = `MailChannels answered ${status}.`
  if (!retryable) return { outcome: 'permanent', reason }
  return { outcome: 'retryable', reason, ...(retryAfterSeconds > 0 ? { retryAfterSeconds } : {}) }
}

/** RFC 9110 §10.2.3: seconds or a date. 0 for none and for what is neither. */
function secondsOf(retryAfter: string | null, now: number): number {
  if (retryAfter === null) return 0
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter)
  const at = Date.parse(retryAfter)
  return Number.isNaN(at) ? 0 : Math.max(0, Math.ceil((at - now) / 1000))
}
