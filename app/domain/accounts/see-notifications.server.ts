// Somebody has seen what was new up to a moment. It only moves on, and it is no event: nobody else sees it.
import { eq, sql } from 'drizzle-orm'
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { ok, type Result } from '~/domain/kernel/result'
import { users } from '~db/schema'

/** What came after `until` (ms) stays new. */
export async function seeNotifications(ctx: DomainContext<UserActor>, until: number): Promise<Result<null>> {
  const moment = Math.min(until, ctx.now)
  await ctx.db
    .update(users)
    .set({ notificationsSeenAt: sql`max(coalesce(${users.notificationsSeenAt}, 0), ${moment})` })
    .where(eq(users.id, ctx.actor.userId))
  return ok(null)
}
