// For tests of notifications: events as commands write them, the queue's consumer, and what reached the outbox.
import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { vi } from 'vitest'
import type { Actor } from '~/domain/kernel/actor'
import type { NewEvent } from '~/domain/kernel/events'
import type { EventId } from '~/domain/kernel/ids'
import { handleQueue } from '~/platform/queue'
import { recordEvent } from '~db/record-event'
import { deliveries, events, outboxMails } from '~db/schema'
import { contextFor, db, system } from './context'

/** An event in the database, not announced: only what the test does next delivers it. */
export async function eventOf(event: NewEvent, actor: Actor = system, now = Date.now()): Promise<EventId> {
  const recorded = recordEvent(contextFor(actor, now), event)
  await db.batch([recorded.statement])
  return recorded.id
}

/** Hands messages to the consumer, as the queue does. */
export async function consume(
  bodies: unknown[],
  options: { queue?: string; attempts?: number; env?: Env } = {},
) {
  const batch = createMessageBatch(
    options.queue ?? 'portico-events',
    bodies.map((body, index) => ({
      id: `message-${index}`,
      timestamp: new Date(),
      attempts: options.attempts ?? 1,
      body,
    })),
  )
  const delays = new Map<string, number | undefined>()
  const messages = batch.messages.map((message) => ({
    id: message.id,
    timestamp: message.timestamp,
    attempts: message.attempts,
    body: message.body,
    ack: () => message.ack(),
    retry: (retry?: QueueRetryOptions) => {
      delays.set(message.id, retry?.delaySeconds)
      message.retry(retry)
    },
  }))
  await handleQueue({ queue: batch.queue, messages } as unknown as MessageBatch, options.env ?? env)
  const result = await getQueueResult(batch, createExecutionContext())
  const retried = [...delays].map(([msgId, delaySeconds]) => ({ msgId, delaySeconds: delaySeconds ?? 0 }))
  return { acked: result.explicitAcks, retried }
}

/** What is not delivered is told in the log, which is no news to a test of it. */
export function quiet() {
  return vi.spyOn(console, 'warn').mockImplementation(() => {})
}

export const messageFor = (eventId: string) => ({ version: 1, eventId })

export async function deliver(eventId: EventId, options: { env?: Env } = {}) {
  return consume([messageFor(eventId)], options)
}

export async function deliveriesOf(eventId: EventId) {
  return db.select().from(deliveries).where(eq(deliveries.eventId, eventId)).orderBy(deliveries.recipientKey)
}

/** The mails of an event in the outbox. */
export async function mailsOf(eventId: EventId) {
  const rows = await db
    .select({ mail: outboxMails })
    .from(outboxMails)
    .innerJoin(deliveries, eq(deliveries.id, outboxMails.deliveryId))
    .where(eq(deliveries.eventId, eventId))
    .orderBy(outboxMails.recipient)
  return rows.map((row) => row.mail)
}

export async function eventRow(eventId: EventId) {
  const [row] = await db.select().from(events).where(eq(events.id, eventId))
  if (!row) throw new Error('no such event')
  return row
}
