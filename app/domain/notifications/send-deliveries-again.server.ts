// An admin has deliveries that failed tried again from the start: one, ticked ones, or all that a filter finds, up to a number.
// Each has its event; of two who press at once, one does it.
import { and, inArray, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { recordEvents } from '~db/record-event'
import { deliveries } from '~db/schema'
import { maxDeliveriesAtOnce } from './delivery-list'
import { deliveryName } from './delivery-name'

/** Answers how many are on their way again: what is not given up (any more) is left alone. */
export async function sendDeliveriesAgain(
  ctx: DomainContext<AdminActor>,
  deliveryIds: readonly Id<'dlv'>[],
): Promise<number> {
  const chosen = JSON.stringify([...new Set(deliveryIds)].slice(0, maxDeliveriesAtOnce))
  const isChosen = sql`${deliveries.id} in (select value from json_each(${chosen}))`
  const known = await ctx.db
    .select({ id: deliveries.id, channel: deliveries.channel, template: deliveries.template })
    .from(deliveries)
    .where(and(isChosen, inArray(deliveries.state, ['failed', 'dead'])))
  if (known.length === 0) return 0
  const recorded = recordEvents(
    ctx,
    known.map((delivery) => ({
      type: 'delivery.sent_again',
      subjectType: 'delivery',
      subjectId: delivery.id,
      data: { name: deliveryName(delivery) },
    })),
    (id) => sql`exists (select 1 from deliveries where id = ${id} and state in ('failed', 'dead'))`,
  )
  const eventIds = JSON.stringify(recorded.ids)
  const [, won] = await ctx.db.batch([
    recorded.statement,
    ctx.db
      .update(deliveries)
      .set({
        state: 'pending',
        attempts: 0,
        claimedAt: null,
        nextAttemptAt: ctx.now,
        lastError: null,
        cancelledAt: null,
      })
      .where(
        and(
          isChosen,
          sql`exists (select 1 from events e where e.subject_id = ${deliveries.id} and e.id in (select value from json_each(${eventIds})))`,
        ),
      )
      .returning({ eventId: deliveries.eventId }),
  ])
  for (const eventId of new Set([...won.map((row) => row.eventId), ...recorded.ids])) ctx.announce(eventId)
  return won.length
}
