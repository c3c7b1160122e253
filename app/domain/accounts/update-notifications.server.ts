// Which mails somebody wants, and whether at once or collected once a day. Notices that guard the account are not among the
// choices, and choices of the other role stay as they are.
import { eq } from 'drizzle-orm'
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { ok, type Result } from '~/domain/kernel/result'
import { users } from '~db/schema'
import type { UpdateNotificationsInput } from './account'
import { mailChoicesOf } from './mail-choices'

export async function updateNotifications(
  ctx: DomainContext<UserActor>,
  input: UpdateNotificationsInput,
): Promise<Result<null>> {
  const own = mailChoicesOf(ctx.actor.type).map((choice) => [choice, input[choice]])
  await ctx.db
    .update(users)
    .set({ ...Object.fromEntries(own), notifyDaily: input.notifyDaily })
    .where(eq(users.id, ctx.actor.userId))
  return ok(null)
}
