// What the domain asks of the edge to send a mail: words for the facts, and a way to a mailbox.
import type { EventData, EventType } from '~/domain/kernel/events'
import type { Id } from '~/domain/kernel/ids'
import type { MailText } from './mail-text'
import type { MailTemplate, UserState } from './notifications'

/** `logo` as large as a mail shows it, at a whole address. */
export type MailPortal = {
  name: string
  accentColor: string | null
  origin: string
  logo?: { url: string; width: number; height: number } | null
}

/** All that a template may say. Names are as people typed them: rendering escapes them. */
export type MailFacts = {
  template: MailTemplate
  /** The words that an admin has given to this kind of mail; null for the default ones. */
  text: MailText | null
  portal: MailPortal
  /** Null for the notification address, which belongs to nobody in particular. */
  recipient: { name: string; state: UserState } | null
  event: {
    type: EventType
    actorLabel: string
    actorType: string
    subjectId: string
    appId: string | null
    organizationName: string | null
    data: EventData
    createdAt: number
  }
  /** The one-time token of a link, made for this very attempt. */
  token: string | null
  /** Null for mails that everybody gets. */
  unsubscribeUrl: string | null
  /** What a digest collects; nothing in every other mail. */
  items: readonly DigestItem[]
}

export type DigestItem = Pick<MailFacts, 'template' | 'text' | 'event'>

export type RenderedMail = { subject: string; html: string; text: string }

export type MailMessage = RenderedMail & {
  deliveryId: Id<'dlv'>
  to: string
  fromName: string
  /** Where one press ends mails like this; left out of those that everybody gets. */
  unsubscribeUrl?: string | null
}

/**
 * `retryable`: the same mail may pass later, and not before `retryAfterSeconds`. `reason` is for admins and holds no address,
 * token or provider's text.
 */
export type MailOutcome =
  | { outcome: 'ok' }
  | { outcome: 'retryable' | 'permanent'; reason: string; retryAfterSeconds?: number }

export type MailTools = {
  render(facts: MailFacts): RenderedMail
  /** Answers within the time-out of a send, and does not throw for what a provider does. */
  send(message: MailMessage): Promise<MailOutcome>
}
