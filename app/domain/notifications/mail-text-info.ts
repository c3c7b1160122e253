// What is known of each kind of mail beside its recipients: when it goes out, its default words, what may stand in them.
import type { MailText } from './mail-text'

export type MailTextInfo = MailText & {
  /** The event, as a sentence without a full stop. */
  when: string
  to: string
  /** The headline inside the mail, where it is not the subject. It follows the subject once that is changed. */
  heading?: string
  /** What each placeholder stands for. */
  placeholders: Readonly<Record<string, string>>
}

export const toPortal = { portal: 'name of the portal' } as const
export const toPerson = { ...toPortal, name: 'name of who gets the mail' } as const
