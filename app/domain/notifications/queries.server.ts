// What the queue and the cron ask: which deliveries of an event are due, and which events wait although nobody has a message.
import { and, eq, inArray, isNull, lte, ne } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import type { EventId, Id } from '~/domain/kernel/ids'
import { deliveries, events } from '~db/schema'
import { type DeliveryChannel, sweepAfterMs } from './deliveries'

type Reader = Pick<DomainContext, 'db' | 'now'>

const perSweep = 500

/** Those that are being sent are due again when their claim has run out. */
function due(ctx: Reader, eventId: EventId, channels: DeliveryChannel[]) {
  return and(
    eq(deliveries.eventId, eventId),
    inArray(deliveries.channel, channels),
    inArray(deliveries.state, ['pending', 'sending']),
    lte(deliveries.nextAttemptAt, ctx.now),
  )
}

/** Mails to send, and webhooks, which go by messages of their own. */
export async function listDueDeliveries(ctx: Reader, eventId: EventId) {
  const rows = await ctx.db
    .select({ id: deliveries.id, channel: deliveries.channel })
    .from(deliveries)
    .where(due(ctx, eventId, ['email', 'webhook']))
    .orderBy(deliveries.id)
  const of = (channel: DeliveryChannel) => rows.filter((row) => row.channel === channel).map(({ id }) => id)
  return { mails: of('email'), webhooks: of('webhook') }
}

/** At most `limit` keys that are to be told to a gateway. What was tried least lately comes first. */
export async function listDueGatewayDeliveries(
  ctx: Reader,
  eventId: EventId,
  limit: number,
): Promise<Id<'dlv'>[]> {
  const rows = await ctx.db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(due(ctx, eventId, ['gateway']))
    .orderBy(deliveries.nextAttemptAt, deliveries.id)
    .limit(limit)
  return rows.map((row) => row.id)
}

/** Events that nobody planned, and events with deliveries past their time: their messages were lost. Oldest first. */
export async function listEventsToEnqueue(ctx: Reader): Promise<EventId[]> {
  const before = ctx.now - sweepAfterMs
  const [unplanned, overdue] = await ctx.db.batch([
    ctx.db
      .select({ id: events.id })
      .from(events)
      .where(and(isNull(events.plannedAt), lte(events.createdAt, before)))
      .orderBy(events.createdAt)
      .limit(perSweep),
    ctx.db
      .select({ id: deliveries.eventId })
      .from(deliveries)
      .where(
        and(
          inArray(deliveries.state, ['pending', 'sending']),
          // Digests are collected by a step of their own.
          ne(deliveries.channel, 'digest'),
          lte(deliveries.nextAttemptAt, before),
        ),
      )
      .orderBy(deliveries.nextAttemptAt)
      .limit(perSweep),
  ])
  return [...new Set([...unplanned, ...overdue].map((row) => row.id))]
}
