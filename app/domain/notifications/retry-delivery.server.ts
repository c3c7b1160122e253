// An admin has a delivery that waits tried at once. Its attempts go on to count.
import { and, eq, gt } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import type { Result } from '~/domain/kernel/result'
import { deliveries } from '~db/schema'
import { changeWaitingDelivery } from './change-waiting-delivery.server'

/** `not_found`, or `conflict` when it does not wait (any more), or is due already. */
export function retryDelivery(ctx: DomainContext<AdminActor>, deliveryId: Id<'dlv'>): Promise<Result<null>> {
  const waits = and(eq(deliveries.state, 'pending'), gt(deliveries.nextAttemptAt, ctx.now))
  return changeWaitingDelivery(ctx, deliveryId, 'delivery.retried', waits, { nextAttemptAt: ctx.now })
}
