// The way to a mailbox: the transport that MAIL_TRANSPORT names, behind checks that hold for each of them.
import type { MailMessage, MailOutcome, MailTools } from '~/domain/notifications/mail'
import { logError } from './log'
import { renderMail } from './mail-templates'
import { cloudflareTransport } from './mailer-cloudflare'
import { mailChannelsTransport } from './mailer-mailchannels'
import { outboxTransport } from './mailer-outbox'
import { smtpTransport } from './mailer-smtp'

/** Sends one mail within `sendTimeoutMs`. Answers instead of throwing for what the provider does. */
export type MailTransport = (message: MailMessage) => Promise<MailOutcome>

export function mailTools(env: Env): MailTools {
  const transport = transportOf(env)
  return {
    render(facts) {
      try {
        return renderMail(facts)
      } catch (error) {
        logError('mail_not_rendered', error, { template: facts.template })
        throw error
      }
    },
    async send(message) {
      try {
        return refusalOf(message) ?? (await transport(message))
      } catch (error) {
        logError('mail_not_sent', error, { deliveryId: message.deliveryId })
        return { outcome: 'retryable', reason: 'The mail could not be handed over.' }
      }
    },
  }
}

function transportOf(env: Env): MailTransport {
  switch (env.MAIL_TRANSPORT) {
    case 'outbox':
      return outboxTransport(env)
    case 'mailchannels':
      return mailChannelsTransport(env)
    case 'cloudflare':
      return cloudflareTransport(env)
    case 'smtp':
      return smtpTransport(env)
    default:
      return async () => ({
        outcome: 'permanent',
        reason: 'MAIL_TRANSPORT names no transport. Set it to mailchannels, cloudflare or smtp.',
      })
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const controlCharacters = /[\u0000-\u001f\u007f\u2028\u2029]/

/** A line break in a header would begin another header: another recipient, another body (CWE-93). */
function refusalOf(message: MailMessage): MailOutcome | null {
  if (
    [message.to, message.subject, message.fromName, message.unsubscribeUrl ?? ''].some((header) =>
      controlCharacters.test(header),
    )
  ) {
    return { outcome: 'permanent', reason: 'A header would hold a control character.' }
  }
  if (!/^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(message.to)) {
    return { outcome: 'permanent', reason: 'The stored address is not one that mail can be sent to.' }
  }
  return null
}
