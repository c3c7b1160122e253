// Webhooks for tests: an endpoint with a receiver of its own, and the queue run until nobody has a message any more.
import { env } from 'cloudflare:workers'
import { and, eq } from 'drizzle-orm'
import type { NewEvent } from '~/domain/kernel/events'
import { type EventId, type Id, newId } from '~/domain/kernel/ids'
import { newWebhookSecret } from '~/domain/notifications/webhook-secret'
import { handleScheduled } from '~/platform/schedule'
import { deliveries, webhookAttempts, webhookEndpoints } from '~db/schema'
import { contextFor, db, system } from './context'
import { consume, eventOf, messageFor } from './notifications'

type Fault = { status?: number; hang?: boolean; headers?: Record<string, string>; body?: string }

/** After each test: endpoints of the portal hear of everything, so those of another test would too. */
export async function forgetWebhooks(): Promise<void> {
  await db.delete(webhookEndpoints)
}

export type Hook = Awaited<ReturnType<typeof webhook>>

/** An endpoint that is sent everything, with its secret and its receiver's host. */
export async function webhook(changes: Partial<typeof webhookEndpoints.$inferInsert> = {}) {
  const id = newId('whk', Date.now())
  const host = `${id.slice(4).toLowerCase()}.hook.test`
  const secret = newWebhookSecret()
  await db.insert(webhookEndpoints).values({
    id,
    url: `https://${host}/in`,
    secretCipher: await contextFor(system).vault.seal(secret, id),
    eventTypes: [],
    state: 'active',
    // Before whatever the test lets happen.
    createdAt: Date.now() - 86_400_000,
    ...changes,
  })
  return { id, host, secret }
}

export async function received(host: string) {
  const answer = await fetch(`https://${host}/double`)
  return (await answer.json()) as { headers: Record<string, string>; body: string }[]
}

/** What the receiver does with the next calls, one each. */
export async function faults(host: string, ...list: Fault[]): Promise<void> {
  await fetch(`https://${host}/double`, { method: 'POST', body: JSON.stringify(list) })
}

/** Something that only webhooks hear of. */
export function happening(more: Partial<NewEvent> = {}): Promise<EventId> {
  const subjectId = newId('prd', Date.now())
  return eventOf({ type: 'product.created', subjectType: 'product', subjectId, data: { name: 'A' }, ...more })
}

/** Runs the queue with these messages and those that they cause. Answers the delays of the retries. */
export async function pump(bodies: unknown[], bindings: Partial<Env> = {}): Promise<number[]> {
  const waiting: unknown[] = [...bodies]
  const EVENTS = collecting(waiting)
  const delays: number[] = []
  while (waiting.length > 0) {
    const { retried } = await consume(waiting.splice(0, 10), { env: { ...env, EVENTS, ...bindings } })
    delays.push(...retried.map(({ delaySeconds }) => delaySeconds))
  }
  return delays
}

export const pumpEvent = (eventId: EventId, bindings: Partial<Env> = {}) =>
  pump([messageFor(eventId)], bindings)

function collecting(into: unknown[]): Queue {
  const sendBatch = async (messages: Iterable<{ body: unknown }>) => {
    into.push(...[...messages].map(({ body }) => body))
  }
  return { sendBatch } as unknown as Queue
}

/** The cron, and what it enqueues. */
export async function cron(bindings: Partial<Env> = {}): Promise<void> {
  const messages: unknown[] = []
  await handleScheduled({} as ScheduledController, { ...env, ...bindings, EVENTS: collecting(messages) })
  await pump(messages)
}

export async function webhookDelivery(eventId: EventId, webhookId: Id<'whk'>) {
  const [row] = await db
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.eventId, eventId), eq(deliveries.recipientKey, webhookId)))
  return row ?? null
}

export async function attemptsOf(deliveryId: Id<'dlv'> | undefined) {
  return db
    .select()
    .from(webhookAttempts)
    .where(eq(webhookAttempts.deliveryId, deliveryId ?? 'dlv_none'))
    .orderBy(webhookAttempts.attempt)
}

export async function endpointRow(webhookId: Id<'whk'>) {
  const [row] = await db.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, webhookId))
  return row ?? null
}

/** The time of whatever waits for this endpoint comes, and its rest is over. */
export async function passTime(webhookId: Id<'whk'>): Promise<void> {
  await db
    .update(deliveries)
    .set({ nextAttemptAt: Date.now() - 3_600_000 })
    .where(eq(deliveries.recipientKey, webhookId))
  await db.update(webhookEndpoints).set({ quietUntil: null }).where(eq(webhookEndpoints.id, webhookId))
}
