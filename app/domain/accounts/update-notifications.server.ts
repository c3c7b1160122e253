// Which mails somebody wants. Notices that guard the account are not among the choices.
import { eq } from 'drizzle-orm'
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { ok, type Result } from '~/domain/kernel/result'
import { users } from '~db/schema'
import type { UpdateNotificationsInput } from './account'

export async function updateNotifications(
  ctx: DomainContext<UserActor>,
  input: UpdateNotificationsInput,
): Promise<Result<null>> {
  await ctx.db.update(users).set(input).where(eq(users.id, ctx.actor.userId))
  return ok(null)
}
