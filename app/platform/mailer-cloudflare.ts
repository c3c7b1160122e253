// Cloudflare Email Sending through a binding named EMAIL: no key that could leak. The binding is added to wrangler.toml by
// whoever uses it, since it needs a paid plan and a sender's domain that was set up.
// https://developers.cloudflare.com/email-service/api/send-emails/workers-api/
import { sendTimeoutMs } from '~/domain/notifications/deliveries'
import type { MailMessage, MailOutcome } from '~/domain/notifications/mail'
import { logWarning } from './log'
import { extraHeaders } from './mail-headers'
import type { MailTransport } from './mailer'

type EmailBinding = {
  send(message: {
    to: string
    from: { email: string; name: string }
    subject: string
    html: string
    text: string
    headers: Record<string, string>
  }): Promise<unknown>
}

/** What would be refused tomorrow too. Everything else, an unknown code included, may pass later. */
const finalCodes: readonly string[] = [
  'E_VALIDATION_ERROR',
  'E_FIELD_MISSING',
  'E_RECIPIENT_NOT_ALLOWED',
  'E_RECIPIENT_SUPPRESSED',
  'E_SENDER_NOT_VERIFIED',
  'E_SENDER_DOMAIN_NOT_AVAILABLE',
  'E_CONTENT_TOO_LARGE',
  'E_HEADER_NOT_ALLOWED',
]

export function cloudflareTransport(env: Env & { EMAIL?: EmailBinding }): MailTransport {
  return async (message) => {
    if (!env.EMAIL) return { outcome: 'permanent', reason: 'wrangler.toml has no binding EMAIL.' }
    try {
      await Promise.race([env.EMAIL.send(toEmail(message, env.MAIL_FROM)), timeOut()])
      return { outcome: 'ok' }
    } catch (error) {
      const outcome = outcomeOf((error as { code?: unknown }).code)
      logWarning('mail_not_accepted', { deliveryId: message.deliveryId, reason: outcome.reason })
      return outcome
    }
  }
}

function toEmail(message: MailMessage, from: string) {
  return {
    to: message.to,
    from: { email: from, name: message.fromName },
    subject: message.subject,
    html: message.html,
    text: message.text,
    headers: extraHeaders(message),
  }
}

/** The code alone is told: a message of the provider may hold the address. */
function outcomeOf(code: unknown): Exclude<MailOutcome, { outcome: 'ok' }> {
  if (code === timedOut) return { outcome: 'retryable', reason: 'Cloudflare did not answer in time.' }
  const known = typeof code === 'string' && /^E_[A-Z_]{1,60}$/.test(code) ? code : null
  return {
    outcome: known !== null && finalCodes.includes(known) ? 'permanent' : 'retryable',
    reason: known === null ? 'Cloudflare did not take the mail.' : `Cloudflare answered ${known}.`,
  }
}

const timedOut = Symbol('timed out')

function timeOut(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(Object.assign(new Error('timed out'), { code: timedOut })), sendTimeoutMs)
  })
}
