// Switches off what the link of a mail is for. It may be used again and again, and says the same when the account is gone.
import { eq } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { users } from '~db/schema'
import { allMailChoices } from './mail-choices'
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
  const choices = what.choice === 'all' ? allMailChoices : [what.choice]
  await ctx.db
    .update(users)
    .set(Object.fromEntries(choices.map((choice) => [choice, false])))
    .where(eq(users.id, what.userId))
  return ok(null)
}
