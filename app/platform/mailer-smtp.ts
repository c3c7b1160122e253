// A mail server of one's own, over TLS from the first byte (RFC 8314). STARTTLS is not offered: whoever sits between could
// take it out of the server's greeting, and the password would travel in the clear.
import { WorkerMailer } from 'worker-mailer'
import { sendTimeoutMs } from '~/domain/notifications/deliveries'
import type { MailMessage, MailOutcome } from '~/domain/notifications/mail'
import { logWarning } from './log'
import { addressHeader, encodedHeader, extraHeaders } from './mail-headers'
import type { MailTransport } from './mailer'

type SmtpServer = {
  host: string
  port: number
  secure: boolean
  credentials?: { username: string; password: string }
}

/**
 * `smtps://user:password@host:port`, user and password percent-encoded; 465 unless a port is named. Without TLS
 * (`smtp://`) in the demo and in tests only. Null for anything else.
 */
export function smtpServerOf(address: string, isDeployment: boolean): SmtpServer | null {
  if (!URL.canParse(address)) return null
  const { protocol, hostname, port, username, password } = new URL(address)
  if (hostname === '' || (protocol !== 'smtps:' && (isDeployment || protocol !== 'smtp:'))) return null
  const secure = protocol === 'smtps:'
  const server = { host: hostname, port: Number(port || (secure ? 465 : 25)), secure }
  if (username === '') return server
  const credentials = { username: decodeURIComponent(username), password: decodeURIComponent(password) }
  return { ...server, credentials }
}

export function smtpTransport(env: Env): MailTransport {
  return async (message) => {
    const server = smtpServerOf(env.SMTP_URL, env.PORTICO_ENV === 'production')
    if (!server)
      return {
        outcome: 'permanent',
        reason: env.SMTP_URL
          ? 'SMTP_URL is no address like smtps://user:password@host.'
          : 'The secret SMTP_URL is not set.',
      }
    try {
      await sendThrough(server, message, env.MAIL_FROM)
      return { outcome: 'ok' }
    } catch (error) {
      const outcome = outcomeOf(error instanceof Error ? error.message : '')
      logWarning('mail_not_accepted', { deliveryId: message.deliveryId, reason: outcome.reason })
      return outcome
    }
  }
}

async function sendThrough(server: SmtpServer, message: MailMessage, from: string): Promise<void> {
  const deadline = Date.now() + sendTimeoutMs
  const mailer = await within(
    deadline,
    WorkerMailer.connect({
      ...server,
      startTls: false,
      authType: ['plain', 'login'],
      logLevel: logNothing,
      socketTimeoutMs: sendTimeoutMs,
      dsn: { NOTIFY: { FAILURE: true } },
    }),
  )
  try {
    await within(deadline, mailer.send(toEmail(message, from)))
  } finally {
    // The server has taken the mail, or never will: how it says goodbye changes nothing.
    await within(Date.now() + 1000, mailer.close()).catch(() => null)
  }
}

/** The client's level for none: what it would log holds addresses. */
const logNothing = 4

function toEmail(message: MailMessage, from: string) {
  return {
    from: { email: from },
    to: message.to,
    subject: message.subject,
    text: message.text,
    html: message.html,
    // Written here, because the client does not quote names and does not fold long lines.
    headers: {
      From: addressHeader(message.fromName, from),
      Subject: encodedHeader(message.subject),
      ...extraHeaders(message),
      'Auto-Submitted': 'auto-generated',
    },
  }
}

/** The reply's code alone is told: its text may hold the address. RFC 5321 §4.2.1: 4yz may pass later, 5yz is for good. */
export function outcomeOf(problem: string): Exclude<MailOutcome, { outcome: 'ok' }> {
  if (/authentication|login|credentials|auth method/i.test(problem)) {
    return { outcome: 'retryable', reason: 'The mail server did not take the user name and password.' }
  }
  const code = /(?:^|[\s>:])([45]\d\d)[ -]/.exec(problem)?.[1]
  if (code === undefined) return { outcome: 'retryable', reason: 'The mail server did not answer in time.' }
  return {
    outcome: code.startsWith('5') ? 'permanent' : 'retryable',
    reason: `The mail server answered ${code}.`,
  }
}

function within<T>(deadline: number, work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('timed out')), Math.max(0, deadline - Date.now()))
  })
  return Promise.race([work, late])
}
