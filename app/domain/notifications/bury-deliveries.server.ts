// What the queue gave up on: its unsent deliveries are marked dead, so that an admin sees them and can send them again.
// Webhooks and what waits for a daily digest are not among them: they wait longer than a message lives, and the cron finds them.
import { and, eq, lte, notInArray, or } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { EventId } from '~/domain/kernel/ids'
import { deliveries } from '~db/schema'
import { planDeliveries } from './plan-deliveries.server'

/** Plans the event first if nobody could, so that each recipient has a row. Answers how many were marked. */
export async function buryDeliveries(ctx: DomainContext<SystemActor>, eventId: EventId): Promise<number> {
  await planDeliveries(ctx, eventId)
  const buried = await ctx.db
    .update(deliveries)
    .set({ state: 'dead', lastError: 'The queue gave up after its last retry.' })
    .where(
      and(
        eq(deliveries.eventId, eventId),
        notInArray(deliveries.channel, ['webhook', 'digest']),
        // One that another consumer sends right now is left to it.
        or(
          eq(deliveries.state, 'pending'),
          and(eq(deliveries.state, 'sending'), lte(deliveries.nextAttemptAt, ctx.now)),
        ),
      ),
    )
    .returning({ id: deliveries.id })
  return buried.length
}
