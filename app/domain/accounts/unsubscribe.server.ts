// Switches off what the link of a mail is for. It may be used again and again, and says the same when the account is gone.
import { eq, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { users } from '~db/schema'
import { stoppableChoices } from './mail-choices'
import { openUnsubscribe } from './unsubscribe-link'

export async function unsubscribe(
  ctx: Pick<DomainContext, 'vault' | 'db'>,
  token: string,
): Promise<Result<null>> {
  const what = await openUnsubscribe(ctx, token)
  if (!what) {
    return fail(
      domainError('token_invalid', 'This link does not work (any more). Choose your mails on your profile.'),
    )
  }
  const isDaily = (choice: string) =>
    sql`exists (select 1 from json_each(users.daily_mails) where value = ${choice})`
  await ctx.db
    .update(users)
    .set(
      what.choice === 'all'
        ? {
            // The kinds that were in the digest; of those that one cannot do without each comes at once again.
            ...Object.fromEntries(
              stoppableChoices.map((choice) => [choice, sql`${users[choice]} and not ${isDaily(choice)}`]),
            ),
            dailyMails: [],
          }
        : { [what.choice]: false },
    )
    .where(eq(users.id, what.userId))
  return ok(null)
}
