// The words that admins gave to mails. What has no row has its default ones.
import { eq } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { emailTemplates } from '~db/schema'
import type { MailText } from './mail-text'
import { defaultText } from './mail-texts'
import type { MailTemplate } from './notifications'

type Reader = Pick<DomainContext, 'db'>

/** `version` is the time of the last change, 0 for the default words. */
export type StoredMailText = MailText & { version: number }

/** When each changed one was changed. There are no more rows than kinds of mails. */
export async function listChangedMails(ctx: Reader): Promise<Map<string, number>> {
  const rows = await ctx.db
    .select({ template: emailTemplates.template, updatedAt: emailTemplates.updatedAt })
    .from(emailTemplates)
  return new Map(rows.map((row) => [row.template, row.updatedAt]))
}

export async function getMailText(ctx: Reader, template: MailTemplate): Promise<StoredMailText> {
  const [row] = await ctx.db.select().from(emailTemplates).where(eq(emailTemplates.template, template))
  return row
    ? { subject: row.subject, body: row.bodyMarkdown, version: row.updatedAt }
    : { ...defaultText(template), version: 0 }
}
