// One attempt at a delivery, of whatever channel: claimed by a guarded update, so of two consumers one makes it; who dies
// after the claim leaves one that runs out; how it went is written by the one who holds it.
import { and, eq, inArray, lte, sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { deliveries } from '~db/schema'
import { claimMs, type DeliveryChannel, maxAttempts, retryDelaySeconds } from './deliveries'

/** `not_claimed`: sent already, being sent, or not due yet. `waiting`: to be tried again in that time. */
export type DeliveryAttempt =
  | { outcome: 'sent' | 'not_needed' | 'failed' | 'dead' | 'not_claimed' }
  | { outcome: 'waiting'; retryInSeconds: number }

type Context = DomainContext<SystemActor>

export function claimStatement(ctx: Context, deliveryId: Id<'dlv'>, channel: DeliveryChannel) {
  return ctx.db
    .update(deliveries)
    .set({
      state: 'sending',
      claimedAt: ctx.now,
      // While it is claimed, the next attempt is due when the claim runs out.
      nextAttemptAt: ctx.now + claimMs,
      attempts: sql`${deliveries.attempts} + 1`,
    })
    .where(
      and(
        eq(deliveries.id, deliveryId),
        eq(deliveries.channel, channel),
        inArray(deliveries.state, ['pending', 'sending']),
        lte(deliveries.nextAttemptAt, ctx.now),
      ),
    )
    .returning({ attempts: deliveries.attempts })
}

export type Finish =
  | { state: 'sent'; notNeeded?: string }
  | { state: 'failed' | 'dead'; error: string }
  | { state: 'pending'; error: string; retryInSeconds: number; uncounted?: true }

export function retryable(error: string, attempts: number): Finish {
  if (attempts >= maxAttempts) return { state: 'dead', error }
  return { state: 'pending', error, retryInSeconds: retryDelaySeconds(attempts) }
}

/** Writes how the attempt went, unless another consumer has taken the delivery over meanwhile. */
export async function finishAttempt(
  ctx: Context,
  deliveryId: Id<'dlv'>,
  attempts: number,
  finish: Finish,
): Promise<DeliveryAttempt> {
  await finishStatement(ctx, deliveryId, attempts, finish)
  return outcomeOf(finish)
}

export function finishStatement(ctx: Context, deliveryId: Id<'dlv'>, attempts: number, finish: Finish) {
  const mine = and(
    eq(deliveries.id, deliveryId),
    eq(deliveries.state, 'sending'),
    eq(deliveries.claimedAt, ctx.now),
    eq(deliveries.attempts, attempts),
  )
  const notNeeded = finish.state === 'sent' ? finish.notNeeded : undefined
  const retryInSeconds = finish.state === 'pending' ? finish.retryInSeconds : 0
  return ctx.db
    .update(deliveries)
    .set({
      state: finish.state,
      ...(finish.state === 'pending' && finish.uncounted ? { attempts: attempts - 1 } : {}),
      lastError: finish.state === 'sent' ? (notNeeded ?? null) : finish.error,
      sentAt: finish.state === 'sent' && !notNeeded ? ctx.now : null,
      nextAttemptAt: ctx.now + retryInSeconds * 1000,
    })
    .where(mine)
}

export function outcomeOf(finish: Finish): DeliveryAttempt {
  if (finish.state === 'pending') return { outcome: 'waiting', retryInSeconds: finish.retryInSeconds }
  return { outcome: finish.state === 'sent' && finish.notNeeded ? 'not_needed' : finish.state }
}
