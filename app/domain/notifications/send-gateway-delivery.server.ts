// Makes one attempt to tell an external gateway of a key. What it is told is not in the delivery: it is what holds now.
import { eq } from 'drizzle-orm'
import type { Telling } from '~/domain/gateway/external-gateway'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { deliveries } from '~db/schema'
import { maxAttempts } from './deliveries'
import {
  claimStatement,
  type DeliveryAttempt,
  type Finish,
  finishAttempt,
  retryable,
} from './delivery-attempt.server'
import { gatewayRecipient } from './plan-gateway-deliveries.server'

/** Comes from the platform, because nothing in `gateway` knows of deliveries. */
export type TellGateway = (gatewayId: Id<'gwy'>, credentialId: Id<'crd'>) => Promise<Telling>

/** While another consumer tells the same gateway of the same key. */
const busySeconds = 15

export async function sendGatewayDelivery(
  ctx: DomainContext<SystemActor>,
  deliveryId: Id<'dlv'>,
  tell: TellGateway,
): Promise<DeliveryAttempt> {
  const [claims, rows] = await ctx.db.batch([
    claimStatement(ctx, deliveryId, 'gateway'),
    ctx.db
      .select({ recipientKey: deliveries.recipientKey })
      .from(deliveries)
      .where(eq(deliveries.id, deliveryId)),
  ])
  const [claim, row] = [claims[0], rows[0]]
  if (!claim || !row) return { outcome: 'not_claimed' }
  const finish = (how: Finish) => finishAttempt(ctx, deliveryId, claim.attempts, how)
  // A consumer that dies at each attempt must not go on for ever.
  if (claim.attempts > maxAttempts) return finish({ state: 'dead', error: 'Every attempt was interrupted.' })
  const { gatewayId, credentialId } = gatewayRecipient(row.recipientKey)
  return finish(finishFor(await tell(gatewayId, credentialId), claim.attempts, ctx.now))
}

function finishFor(told: Telling, attempts: number, now: number): Finish {
  switch (told.outcome) {
    case 'told':
      return { state: 'sent' }
    case 'not_needed':
      return { state: 'sent', notNeeded: told.reason }
    case 'busy':
      return {
        state: 'pending',
        error: 'It is being told this moment.',
        retryInSeconds: busySeconds,
        uncounted: true,
      }
    case 'later': {
      const retryInSeconds = Math.max(1, Math.ceil((told.at - now) / 1000))
      return { state: 'pending', error: told.reason, retryInSeconds, uncounted: true }
    }
    case 'permanent':
      return { state: 'failed', error: told.reason }
    case 'retryable':
      return retryable(told.reason, attempts)
  }
}
