// An admin has a delivery that failed tried again from the start. Of two who press at once, one does it.
import { eq } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { deliveries } from '~db/schema'
import { deliveryStateLabel } from './deliveries'
import { sendDeliveriesAgain } from './send-deliveries-again.server'

/** `not_found`, or `conflict` when it is not (or no longer) given up. */
export async function sendDeliveryAgain(
  ctx: DomainContext<AdminActor>,
  deliveryId: Id<'dlv'>,
): Promise<Result<{ deliveryId: Id<'dlv'> }>> {
  const [known] = await ctx.db.select().from(deliveries).where(eq(deliveries.id, deliveryId)).limit(1)
  if (!known) return fail(domainError('not_found', 'There is no such delivery.'))
  if ((await sendDeliveriesAgain(ctx, [deliveryId])) === 0) {
    const [current] = await ctx.db.select().from(deliveries).where(eq(deliveries.id, deliveryId)).limit(1)
    const state = deliveryStateLabel(current ?? known).toLowerCase()
    return fail(
      domainError('conflict', `This delivery is not given up: it is “${state}”. Nothing was sent again.`),
    )
  }
  return ok({ deliveryId })
}
