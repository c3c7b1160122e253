// What an admin does to a delivery that waits. A consumer that claims it at the same moment wins, and the admin is told.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { deliveries } from '~db/schema'
import { deliveryStateLabel } from './deliveries'
import { deliveryName } from './delivery-name'
import { releaseStatement } from './delivery-order.server'

/** `not_found`, or `conflict` when `rule` (a condition on the delivery's row) does not hold. */
export async function changeWaitingDelivery(
  ctx: DomainContext<AdminActor>,
  deliveryId: Id<'dlv'>,
  type: 'delivery.retried' | 'delivery.cancelled',
  rule: SQL | undefined,
  change: Partial<typeof deliveries.$inferInsert>,
): Promise<Result<null>> {
  const read = () => ctx.db.select().from(deliveries).where(eq(deliveries.id, deliveryId)).limit(1)
  const [known] = await read()
  if (!known) return fail(domainError('not_found', 'There is no such delivery.'))
  const holds = and(eq(deliveries.id, deliveryId), rule)
  const event = recordEvent(
    ctx,
    { type, subjectType: 'delivery', subjectId: deliveryId, data: { name: deliveryName(known) } },
    sql`exists (select 1 from ${deliveries} where ${holds})`,
  )
  const [, won, released] = await ctx.db.batch([
    event.statement,
    ctx.db.update(deliveries).set(change).where(holds).returning({ eventId: deliveries.eventId }),
    releaseStatement(ctx, deliveryId),
  ])
  if (!won[0]) {
    const [current] = await read()
    const state = deliveryStateLabel(current ?? known).toLowerCase()
    return fail(
      domainError('conflict', `This delivery does not wait: it is “${state}”. Nothing was changed.`),
    )
  }
  for (const eventId of [won[0].eventId, event.id, ...released.map((row) => row.eventId)])
    ctx.announce(eventId)
  return ok(null)
}
