// Bounds the mails that strangers can cause (registering, asking for a link), whoever they go to: what is over the number
// of an hour waits for the next one. Nothing is lost, and no answer of the portal differs while mails wait.
import { sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { attemptCounters } from '~db/schema'

/** Ten times what a large portal sends in a busy hour. */
export const strangersMailsPerHour = 1000

const key = 'strangersMails'
const hourMs = 3_600_000

/** Counts one such mail. Answers the seconds to wait when this hour's number is used up, else 0. */
export async function waitForStrangersMail(ctx: DomainContext<SystemActor>): Promise<number> {
  const over = sql`${attemptCounters.resetsAt} <= ${ctx.now}`
  const [row] = await ctx.db
    .insert(attemptCounters)
    .values({ key, attempts: 1, resetsAt: ctx.now + hourMs })
    .onConflictDoUpdate({
      target: attemptCounters.key,
      set: {
        attempts: sql`case when ${over} then 1 else ${attemptCounters.attempts} + 1 end`,
        resetsAt: sql`case when ${over} then excluded.resets_at else ${attemptCounters.resetsAt} end`,
      },
    })
    .returning()
  if (!row || row.attempts <= strangersMailsPerHour) return 0
  // What waits does not come back in one second.
  return Math.ceil((row.resetsAt - ctx.now) / 1000) + (row.attempts % 300)
}
