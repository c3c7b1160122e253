import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { EventId } from '~/domain/kernel/ids'
import { claimMs, maxAttempts, retryDelaySeconds } from '~/domain/notifications/deliveries'
import { planDeliveries } from '~/domain/notifications/plan-deliveries.server'
import { sendDelivery } from '~/domain/notifications/send-delivery.server'
import { mailTools } from '~/platform/mailer'
import { enqueueEvents } from '~/platform/queue'
import { handleScheduled } from '~/platform/schedule'
import { deliveries, users } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import {
  consume,
  deliver,
  deliveriesOf,
  eventOf,
  eventRow,
  mailsOf,
  messageFor,
  quiet,
} from '~test/support/notifications'
import { takeLoggedErrors } from '~test/support/setup'
import * as world from '~test/support/world'

const system = { type: 'system' } as const
const minute = 60_000
const throughMailChannels = {
  ...env,
  MAIL_TRANSPORT: 'mailchannels',
  MAILCHANNELS_API_KEY: 'mailchannels-key-canary',
}

async function activated(row: Partial<typeof users.$inferInsert> = {}, now = Date.now()): Promise<EventId> {
  const user = await world.developer({ row })
  return eventOf(
    {
      type: 'user.activated',
      subjectType: 'user',
      subjectId: user.userId,
      data: { name: user.name, email: user.email },
    },
    system,
    now,
  )
}

/** Runs the cron, and what it enqueues. */
async function cron(): Promise<EventId[]> {
  const enqueued: EventId[] = []
  const sendBatch = async (messages: Iterable<{ body: { eventId: EventId } }>) => {
    enqueued.push(...[...messages].map((message) => message.body.eventId))
  }
  await handleScheduled({} as ScheduledController, { ...env, EVENTS: { sendBatch } as unknown as Queue })
  await consume(enqueued.map(messageFor))
  return enqueued
}

/** Lets time pass for the delivery of an event. */
async function age(eventId: EventId, ms: number): Promise<void> {
  for (const row of await deliveriesOf(eventId)) {
    await db
      .update(deliveries)
      .set({ nextAttemptAt: row.nextAttemptAt - ms })
      .where(eq(deliveries.id, row.id))
  }
}

test('a message that is delivered three times, twice of it at once, sends one mail', async () => {
  const eventId = await activated()
  const both = await consume([messageFor(eventId), messageFor(eventId)])
  const again = await deliver(eventId)
  expect(both.acked).toHaveLength(2)
  expect(again).toMatchObject({ acked: ['message-0'], retried: [] })
  expect(await mailsOf(eventId)).toHaveLength(1)
  expect(await deliveriesOf(eventId)).toMatchObject([{ state: 'sent', attempts: 1 }])
})

test('forty consumers of one event send one mail', async () => {
  const eventId = await activated()
  await Promise.all(Array.from({ length: 40 }, () => deliver(eventId)))
  expect(await deliveriesOf(eventId)).toMatchObject([{ state: 'sent', attempts: 1 }])
  expect(await mailsOf(eventId)).toHaveLength(1)
})

test('a consumer that dies between claim and mark: the mail is sent once, when the claim has run out', async () => {
  const eventId = await activated()
  const died = {
    render: () => ({ subject: '', html: '', text: '' }),
    send: () => Promise.reject(new Error('the isolate is gone')),
  }
  await planDeliveries(contextFor(system), eventId)
  const [delivery] = await deliveriesOf(eventId)
  await expect(sendDelivery(contextFor(system), delivery?.id ?? 'dlv_none', died)).rejects.toThrow()
  expect(await deliveriesOf(eventId)).toMatchObject([{ state: 'sending', attempts: 1 }])

  expect(await deliver(eventId)).toMatchObject({ acked: ['message-0'] })
  expect(await mailsOf(eventId)).toHaveLength(0)

  await age(eventId, claimMs + 3 * minute)
  expect(await cron()).toContain(eventId)
  await cron()
  expect(await mailsOf(eventId)).toHaveLength(1)
  expect(await deliveriesOf(eventId)).toMatchObject([{ state: 'sent', attempts: 2 }])
})

test('a mail that reached the outbox before its consumer died is not sent a second time', async () => {
  const eventId = await activated()
  await deliver(eventId)
  await db
    .update(deliveries)
    .set({ state: 'sending', nextAttemptAt: 0 })
    .where(eq(deliveries.eventId, eventId))
  await deliver(eventId)
  expect(await mailsOf(eventId)).toHaveLength(1)
  expect(await deliveriesOf(eventId)).toMatchObject([{ state: 'sent', attempts: 2 }])
})

test('an event whose message could not be queued is found by the cron after two minutes', async () => {
  const eventId = await activated({}, Date.now() - 3 * minute)
  const young = await activated()
  const failing = { sendBatch: () => Promise.reject(new Error('queues are down')) } as unknown as Queue
  await enqueueEvents({ ...env, EVENTS: failing }, [eventId])
  expect(takeLoggedErrors().join()).toContain('event_not_enqueued')
  const enqueued = await cron()
  expect(enqueued).toContain(eventId)
  expect(enqueued).not.toContain(young)
  expect(await mailsOf(eventId)).toHaveLength(1)
  expect(await cron()).not.toContain(eventId)
})

test('a planned delivery whose message was lost is found by the cron', async () => {
  const eventId = await activated()
  await planDeliveries(contextFor(system), eventId)
  expect(await cron()).not.toContain(eventId)
  await age(eventId, 3 * minute)
  expect(await cron()).toContain(eventId)
  expect(await mailsOf(eventId)).toHaveLength(1)
})

test.each([
  ['an unknown event', { version: 1, eventId: 'evt_01HUNKNOWN' }],
  ['another version', { version: 2, eventId: 'evt_01HUNKNOWN' }],
  ['a text', 'garbage'],
  ['nothing', null],
  ['another id', { version: 1, eventId: 'usr_1; drop table events' }],
])('%s in a message is dropped, with a word in the log', async (_name, body) => {
  const warn = quiet()
  expect(await consume([body])).toMatchObject({ acked: ['message-0'], retried: [] })
  expect(warn).toHaveBeenCalledOnce()
})

test('of ten messages one fails: nine are sent once and acknowledged, the tenth is retried', async () => {
  quiet()
  const ids = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      activated({
        email: `${index === 4 ? 'status-500.' : ''}ten-${index}-${crypto.randomUUID()}@people.example`,
      }),
    ),
  )
  const result = await consume(ids.map(messageFor), { env: throughMailChannels })
  expect(result.acked).toHaveLength(9)
  expect(result.retried).toMatchObject([{ msgId: 'message-4' }])
  await consume(ids.map(messageFor), { env: throughMailChannels })
  const accepted = (await (await fetch('https://api.mailchannels.net/accepted')).json()) as Record<
    string,
    number
  >
  for (const [index, id] of ids.entries()) {
    const [delivery] = await deliveriesOf(id)
    expect(delivery?.state).toBe(index === 4 ? 'pending' : 'sent')
    expect(accepted[delivery?.id ?? '']).toBe(index === 4 ? undefined : 1)
  }
})

test('a message whose handling throws is retried later, and the others of its batch are not', async () => {
  const good = await activated()
  const bad = await activated()
  const broken = { ...env, DB: failingFor(env.DB, bad) }
  const result = await consume([messageFor(bad), messageFor(good)], { env: broken, attempts: 2 })
  expect(result.acked).toEqual(['message-1'])
  expect(result.retried[0]?.delaySeconds ?? 0).toBeGreaterThanOrEqual(120)
  expect(takeLoggedErrors().join()).toContain('message_failed')
  expect(await mailsOf(good)).toHaveLength(1)
  await deliver(bad)
  expect(await mailsOf(bad)).toHaveLength(1)
})

/** D1 that is down for whoever asks about one event. */
function failingFor(database: D1Database, eventId: EventId): D1Database {
  return new Proxy(database, {
    get(target, property) {
      if (property === 'batch') return (statements: D1PreparedStatement[]) => target.batch(statements)
      if (property !== 'prepare') return Reflect.get(target, property)
      return (query: string) => {
        const statement = target.prepare(query)
        return new Proxy(statement, {
          get(inner, name) {
            if (name === 'bind')
              return (...values: unknown[]) => {
                if (values.includes(eventId)) throw new Error('D1_ERROR: Network connection lost.')
                return inner.bind(...values)
              }
            const value: unknown = Reflect.get(inner, name)
            return typeof value === 'function' ? value.bind(inner) : value
          },
        })
      }
    },
  })
}

test('a provider that fails for now is asked again, each time later; the last attempt is the end', async () => {
  quiet()
  const eventId = await activated({ email: `status-503.${crypto.randomUUID()}@people.example` })
  const waits: number[] = []
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const { retried, acked } = await deliver(eventId, { env: throughMailChannels })
    if (attempt < maxAttempts) waits.push(retried[0]?.delaySeconds ?? 0)
    else expect(acked).toEqual(['message-0'])
    await age(eventId, 2 * 3600_000)
  }
  for (const [index, wait] of waits.entries()) {
    // Twice as long each time, at most an hour, and up to a fifth more.
    const shortest = Math.min(30 * 2 ** (index + 1), 3600)
    expect(wait).toBeGreaterThanOrEqual(shortest)
    expect(wait).toBeLessThanOrEqual(Math.ceil(shortest * 1.2))
  }
  expect(await deliveriesOf(eventId)).toMatchObject([
    { state: 'dead', attempts: maxAttempts, lastError: 'MailChannels answered 503.' },
  ])
  await deliver(eventId, { env: throughMailChannels })
  expect(await deliveriesOf(eventId)).toMatchObject([{ attempts: maxAttempts }])
})

test('a mail waits for its time: an early message neither sends nor counts', async () => {
  quiet()
  const eventId = await activated({ email: `status-429.${crypto.randomUUID()}@people.example` })
  await deliver(eventId, { env: throughMailChannels })
  expect(await deliver(eventId, { env: throughMailChannels })).toMatchObject({
    acked: ['message-0'],
    retried: [],
  })
  expect(await deliveriesOf(eventId)).toMatchObject([{ state: 'pending', attempts: 1 }])
})

test('a refusal for good is not repeated', async () => {
  quiet()
  const eventId = await activated({ email: `status-400.${crypto.randomUUID()}@people.example` })
  expect(await deliver(eventId, { env: throughMailChannels })).toMatchObject({ acked: ['message-0'] })
  expect(await deliveriesOf(eventId)).toMatchObject([
    { state: 'failed', attempts: 1, lastError: 'MailChannels answered 400.' },
  ])
})

test('the wait grows to an hour and no further', () => {
  expect([1, 2, 3, 4, 5].map((attempts) => retryDelaySeconds(attempts, 0))).toEqual([60, 120, 240, 480, 960])
  expect(retryDelaySeconds(10, 0)).toBe(3600)
  expect(retryDelaySeconds(1000, 0.999)).toBe(4320)
})

test('what the queue gave up on becomes dead deliveries that an admin can see, planned or not', async () => {
  const warn = quiet()
  const eventId = await activated()
  expect(await consume([messageFor(eventId), 'garbage'], { queue: 'portico-events-dead' })).toMatchObject({
    retried: [],
  })
  expect(warn.mock.calls.flat().join()).toContain('event_dead_lettered')
  expect(await deliveriesOf(eventId)).toMatchObject([
    { state: 'dead', lastError: 'The queue gave up after its last retry.' },
  ])
  await deliver(eventId)
  expect(await mailsOf(eventId)).toHaveLength(0)
})

test('what was sent is not called dead', async () => {
  quiet()
  const eventId = await activated()
  await deliver(eventId)
  await consume([messageFor(eventId)], { queue: 'portico-events-dead' })
  expect(await deliveriesOf(eventId)).toMatchObject([{ state: 'sent' }])
})

test('who is deactivated or deleted before the mail leaves gets none', async () => {
  const user = await world.developer()
  const eventId = await eventOf({ type: 'user.activated', subjectType: 'user', subjectId: user.userId })
  await planDeliveries(contextFor(system), eventId)
  await db.update(users).set({ state: 'deactivated' }).where(eq(users.id, user.userId))
  await deliver(eventId)
  expect(await mailsOf(eventId)).toHaveLength(0)
  expect(await deliveriesOf(eventId)).toMatchObject([
    { state: 'sent', sentAt: null, lastError: 'The account is deactivated now.' },
  ])
  expect((await eventRow(eventId)).plannedAt).not.toBeNull()
})

test('a kind of mail that this version does not know fails visibly', async () => {
  quiet()
  const eventId = await activated()
  await planDeliveries(contextFor(system), eventId)
  await db.update(deliveries).set({ template: 'from_the_future' }).where(eq(deliveries.eventId, eventId))
  await deliver(eventId)
  expect(await deliveriesOf(eventId)).toMatchObject([{ state: 'failed' }])
})

test.each(['sent', 'failed', 'dead'] as const)(
  'a delivery that is %s is not claimed, however due it looks',
  async (state) => {
    const eventId = await activated()
    await planDeliveries(contextFor(system), eventId)
    const [delivery] = await deliveriesOf(eventId)
    await db.update(deliveries).set({ state }).where(eq(deliveries.eventId, eventId))
    const attempt = await sendDelivery(contextFor(system), delivery?.id ?? 'dlv_none', mailTools(env))
    expect(attempt).toEqual({ outcome: 'not_claimed' })
    expect(await deliveriesOf(eventId)).toMatchObject([{ state, attempts: 0 }])
    expect(await mailsOf(eventId)).toHaveLength(0)
  },
)
