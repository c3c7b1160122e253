// An admin calls off a delivery that waits: it is failed, with who did it. What guards an account, and what a gateway is to be
// told of a key, cannot be called off.
import { eq } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, type Result } from '~/domain/kernel/result'
import { deliveries } from '~db/schema'
import { changeWaitingDelivery } from './change-waiting-delivery.server'
import { canBeCancelled } from './deliveries'

/** `not_found`, or `conflict` when it does not wait (any more) or may not be called off. */
export async function cancelDelivery(
  ctx: DomainContext<AdminActor>,
  deliveryId: Id<'dlv'>,
): Promise<Result<null>> {
  const [known] = await ctx.db.select().from(deliveries).where(eq(deliveries.id, deliveryId)).limit(1)
  if (known?.state === 'pending' && !canBeCancelled(known))
    return fail(domainError('conflict', 'This delivery guards an account or a key. It cannot be cancelled.'))
  return changeWaitingDelivery(ctx, deliveryId, 'delivery.cancelled', eq(deliveries.state, 'pending'), {
    state: 'failed',
    cancelledAt: ctx.now,
    lastError: `Cancelled by ${ctx.actor.name}.`,
  })
}
