// What edits of a mail's words share: the event, which is written only while the words are those that were read.
import { type SQL, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { recordEvent } from '~db/record-event'
import { events } from '~db/schema'
import type { MailText } from './mail-text'
import { type MailTemplate, mailKinds } from './notifications'

export const changedMeanwhile = domainError(
  'conflict',
  'Somebody else has changed this mail meanwhile. Copy your text, load the page again, and put it in once more.',
)

export function hasEvent(eventId: string): SQL {
  return sql`exists (select 1 from ${events} where ${events.id} = ${eventId})`
}

/** Holds what was changed from what to what. */
export function mailTextEvent(
  ctx: DomainContext<AdminActor>,
  type: 'settings.email_changed' | 'settings.email_reset',
  template: MailTemplate,
  before: MailText & { version: number },
  after: MailText,
) {
  const row = sql`select 1 from email_templates where template = ${template}`
  return recordEvent(
    ctx,
    {
      type,
      subjectType: 'settings',
      subjectId: template,
      data: {
        name: mailKinds[template].label,
        ...(before.subject === after.subject
          ? {}
          : { subjectBefore: before.subject, subject: after.subject }),
        ...(before.body === after.body ? {} : { textBefore: before.body, text: after.body }),
      },
    },
    before.version === 0 ? sql`not exists (${row})` : sql`exists (${row} and updated_at = ${before.version})`,
  )
}
