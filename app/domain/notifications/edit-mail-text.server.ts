// Gives a kind of mail other words. Who began with words that are not in force any more is told,
// instead of undoing what somebody else has written meanwhile.
import { sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { emailTemplates } from '~db/schema'
import { type EditMailTextInput, type MailText, mailTextProblems } from './mail-text'
import { changedMeanwhile, hasEvent, mailTextEvent } from './mail-text-event.server'
import { defaultText, placeholdersOf } from './mail-texts'
import type { MailTemplate } from './notifications'
import { getMailText } from './queries-mail-texts.server'
import { resetMailText } from './reset-mail-text.server'

/** `changed` is false when these words are in force already. */
export async function editMailText(
  ctx: DomainContext<AdminActor>,
  template: MailTemplate,
  { version, ...text }: EditMailTextInput,
): Promise<Result<{ changed: boolean }>> {
  const fields = mailTextProblems(text, placeholdersOf(template))
  const [problem] = [fields.subject, fields.body].flatMap((list) => list ?? [])
  if (problem !== undefined) return fail(domainError('invalid_input', problem, { fields }))
  const before = await getMailText(ctx, template)
  if (before.version !== version) return fail(changedMeanwhile)
  if (isSame(before, text)) return ok({ changed: false })
  if (isSame(defaultText(template), text)) return resetMailText(ctx, template, version)

  const event = mailTextEvent(ctx, 'settings.email_changed', template, before, text)
  const values = { subject: text.subject, bodyMarkdown: text.body, updatedAt: Math.max(ctx.now, version + 1) }
  const [, saved] = await ctx.db.batch([
    event.statement,
    ctx.db
      .insert(emailTemplates)
      .select(
        sql`select ${template} as template, ${values.subject} as subject, ${values.bodyMarkdown} as body_markdown,
          ${values.updatedAt} as updated_at where ${hasEvent(event.id)}`,
      )
      .onConflictDoUpdate({ target: emailTemplates.template, set: values })
      .returning({ template: emailTemplates.template }),
  ])
  if (!saved[0]) return fail(changedMeanwhile)
  ctx.announce(event.id)
  return ok({ changed: true })
}

function isSame(one: MailText, other: MailText): boolean {
  return one.subject === other.subject && one.body === other.body
}
