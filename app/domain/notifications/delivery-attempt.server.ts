// One attempt at a delivery, of whatever channel: claimed by a guarded update, so of two consumers one makes it; who dies
// after the claim leaves one that runs out; how it went is written by the one who holds it.
import { and, eq, inArray, lte, sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { EventId, Id } from '~/domain/kernel/ids'
import { deliveries } from '~db/schema'
import {
  claimMs,
  type DeliveryChannel,
  longestWaitSeconds,
  maxAttempts,
  retryDelaySeconds,
} from './deliveries'
import { nothingEarlierWaits, releaseStatement } from './delivery-order.server'

/**
 * `not_claimed`: sent already, being sent, not due yet, or behind an earlier one. `waiting`: to be tried again in that time.
 * `released`: events whose deliveries waited for this one.
 */
export type DeliveryAttempt =
  | { outcome: 'not_claimed' }
  | { outcome: 'sent' | 'not_needed' | 'failed' | 'dead'; released: EventId[] }
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
        channel === 'email' ? nothingEarlierWaits(ctx) : undefined,
      ),
    )
    .returning({ attempts: deliveries.attempts })
}

export type Finish =
  | { state: 'sent'; notNeeded?: string }
  | { state: 'failed' | 'dead'; error: string }
  | { state: 'pending'; error: string; retryInSeconds: number; uncounted?: true }

/** `retryAfterSeconds` is what the other side asked for: it may lengthen the wait, never shorten it. */
export function retryable(error: string, attempts: number, retryAfterSeconds = 0): Finish {
  if (attempts >= maxAttempts) return { state: 'dead', error }
  const asked = Math.min(retryAfterSeconds, longestWaitSeconds)
  return { state: 'pending', error, retryInSeconds: Math.max(retryDelaySeconds(attempts), asked) }
}

/** Writes how the attempt went, unless another consumer has taken the delivery over meanwhile. */
export async function finishAttempt(
  ctx: Context,
  deliveryId: Id<'dlv'>,
  attempts: number,
  finish: Finish,
): Promise<DeliveryAttempt> {
  const [, released] = await twiceIfNeeded(() =>
    ctx.db.batch([finishStatement(ctx, deliveryId, attempts, finish), releaseStatement(ctx, deliveryId)]),
  )
  return outcomeOf(
    finish,
    released.map(({ eventId }) => eventId),
  )
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

export function outcomeOf(finish: Finish, released: EventId[] = []): DeliveryAttempt {
  if (finish.state === 'pending') return { outcome: 'waiting', retryInSeconds: finish.retryInSeconds }
  return { outcome: finish.state === 'sent' && finish.notNeeded ? 'not_needed' : finish.state, released }
}

/** What a provider answered is known nowhere else, and a mail whose answer is lost is sent again: it is written at all costs. */
async function twiceIfNeeded<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch {
    return write()
  }
}
