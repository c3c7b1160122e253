// Gives a kind of mail its default words again, unless somebody has changed them since they were read.
import { sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { emailTemplates } from '~db/schema'
import { changedMeanwhile, hasEvent, mailTextEvent } from './mail-text-event.server'
import { defaultText } from './mail-texts'
import type { MailTemplate } from './notifications'
import { getMailText } from './queries-mail-texts.server'

export async function resetMailText(
  ctx: DomainContext<AdminActor>,
  template: MailTemplate,
  version: number,
): Promise<Result<{ changed: boolean }>> {
  const before = await getMailText(ctx, template)
  if (before.version === 0) return ok({ changed: false })
  if (before.version !== version) return fail(changedMeanwhile)
  const event = mailTextEvent(ctx, 'settings.email_reset', template, before, defaultText(template))
  const [, deleted] = await ctx.db.batch([
    event.statement,
    ctx.db
      .delete(emailTemplates)
      .where(sql`${emailTemplates.template} = ${template} and ${hasEvent(event.id)}`)
      .returning(),
  ])
  if (!deleted[0]) return fail(changedMeanwhile)
  ctx.announce(event.id)
  return ok({ changed: true })
}
