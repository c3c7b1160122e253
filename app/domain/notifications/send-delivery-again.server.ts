// An admin has a delivery that failed tried again from the start. Of two who press at once, one does it.
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { deliveries } from '~db/schema'
import { deliveryStateLabel } from './deliveries'
import { mailKind } from './notifications'

/** `not_found`, or `conflict` when it is not (or no longer) given up. */
export async function sendDeliveryAgain(
  ctx: DomainContext<AdminActor>,
  deliveryId: Id<'dlv'>,
): Promise<Result<{ deliveryId: Id<'dlv'> }>> {
  const [known] = await ctx.db.select().from(deliveries).where(eq(deliveries.id, deliveryId)).limit(1)
  if (!known) return fail(domainError('not_found', 'There is no such delivery.'))
  const event = recordEvent(
    ctx,
    {
      type: 'delivery.sent_again',
      subjectType: 'delivery',
      subjectId: deliveryId,
      data: {
        name:
          known.channel === 'gateway'
            ? 'Key at a gateway'
            : (mailKind(known.template)?.label ?? known.template),
      },
    },
    sql`exists (select 1 from deliveries where id = ${deliveryId} and state in ('failed', 'dead'))`,
  )
  const [, won] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(deliveries)
      .set({ state: 'pending', attempts: 0, claimedAt: null, nextAttemptAt: ctx.now, lastError: null })
      .where(and(eq(deliveries.id, deliveryId), inArray(deliveries.state, ['failed', 'dead'])))
      .returning({ eventId: deliveries.eventId }),
  ])
  const [row] = won
  if (!row) {
    const [current] = await ctx.db.select().from(deliveries).where(eq(deliveries.id, deliveryId)).limit(1)
    const state = deliveryStateLabel(current ?? known).toLowerCase()
    return fail(
      domainError('conflict', `This delivery is not given up: it is “${state}”. Nothing was sent again.`),
    )
  }
  ctx.announce(row.eventId)
  ctx.announce(event.id)
  return ok({ deliveryId })
}
