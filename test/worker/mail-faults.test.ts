// Every mail that the portal sends, with everything that can go wrong on its way: each event ends delivered, or among the
// deliveries that failed. None is lost, and none is sent twice unless the provider's answer was lost (docs/operations.md).
import { env } from 'cloudflare:workers'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { EventId } from '~/domain/kernel/ids'
import { claimMs, maxAttempts, sendTimeoutMs, sweepAfterMs } from '~/domain/notifications/deliveries'
import { listEventsToEnqueue } from '~/domain/notifications/queries.server'
import { mailTools } from '~/platform/mailer'
import { enqueueEvents } from '~/platform/queue'
import { handleScheduled } from '~/platform/schedule'
import { recordEvents } from '~db/record-event'
import { deliveries, outboxMails } from '~db/schema'
import { contextFor, db, system } from '~test/support/context'
import { type Failure, failingDatabase } from '~test/support/failing-database'
import { mailFlows } from '~test/support/mail-flows'
import { consume, deliver, eventOf, messageFor } from '~test/support/notifications'
import { takeLoggedErrors } from '~test/support/setup'
import * as world from '~test/support/world'

const hour = 3_600_000
const start = Date.UTC(2026, 0, 5, 12)
/** What is announced is found again by `settle`. */
const deaf = { sendBatch: async () => {} } as unknown as Queue
const throughMailChannels = {
  ...env,
  EVENTS: deaf,
  MAIL_TRANSPORT: 'mailchannels',
  MAILCHANNELS_API_KEY: 'mailchannels-key-canary',
}

let flows: Awaited<ReturnType<typeof mailFlows>>
beforeAll(async () => {
  flows = await mailFlows()
})

let now = start
beforeEach(() => {
  now += 24 * hour
  vi.useFakeTimers({ toFake: ['Date'], now })
  for (const level of ['warn', 'log', 'info'] as const) vi.spyOn(console, level).mockImplementation(() => {})
})

/** How often the provider took the mail of a delivery. */
type Taken = Map<string, number>
type Answer = (take: () => void, signal: AbortSignal | null) => Response | Promise<Response>

const accepted = () => Response.json({ results: [{ index: 0, status: 'sent' }] }, { status: 202 })

/** A provider that answers each delivery with these faults, one an attempt, and then well. */
function provider(...faults: Answer[]): Taken {
  const taken: Taken = new Map()
  const asked = new Map<string, number>()
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (_address, init) => {
    const mail = JSON.parse(String(init?.body)) as { headers: Record<string, string> }
    const delivery = mail.headers['X-Portico-Delivery'] ?? ''
    const attempt = asked.get(delivery) ?? 0
    asked.set(delivery, attempt + 1)
    const take = () => void taken.set(delivery, (taken.get(delivery) ?? 0) + 1)
    return (faults[attempt] ?? well)(take, init?.signal ?? null)
  })
  return taken
}

const well: Answer = (take) => {
  take()
  return accepted()
}

/** As the queue does: ten messages to a consumer. */
async function consumeAll(eventIds: EventId[], bindings: Env = throughMailChannels): Promise<number[]> {
  const delays: number[] = []
  for (let at = 0; at < eventIds.length; at += 10) {
    const { retried } = await consume(eventIds.slice(at, at + 10).map(messageFor), { env: bindings })
    delays.push(...retried.map(({ delaySeconds }) => delaySeconds))
  }
  return delays
}

/** Lets hours pass, with what the cron finds, until nothing waits. */
async function settle(): Promise<void> {
  for (let round = 0; round < 3 * maxAttempts; round += 1) {
    now += 2 * hour
    vi.setSystemTime(now)
    const found = await listEventsToEnqueue(contextFor(system, now))
    if (found.length === 0) return
    await consumeAll(found)
  }
  throw new Error('something waits for ever')
}

const rowsOf = (eventIds: EventId[]) =>
  db.select().from(deliveries).where(inArray(deliveries.eventId, eventIds)).orderBy(asc(deliveries.id))

/** Every flow has mails; each was taken as often as said, and is told as sent. */
async function expectDelivered(
  made: { template: string; eventId: EventId }[],
  taken: Taken,
  times: number | 'once or twice' = 1,
): Promise<void> {
  const rows = await rowsOf(made.map(({ eventId }) => eventId))
  for (const { template, eventId } of made) {
    const mails = rows.filter((row) => row.eventId === eventId && row.channel === 'email')
    expect(mails.length, `${template} is told to nobody`).toBeGreaterThan(0)
    for (const mail of mails) {
      expect([template, mail.state, mail.lastError]).toEqual([template, 'sent', null])
      const count = taken.get(mail.id) ?? 0
      if (times === 'once or twice') expect([1, 2], template).toContain(count)
      else expect([template, count]).toEqual([template, times])
    }
  }
}

const garbage = (status: number) =>
  new Response('{ not json', { status, headers: { 'content-type': 'application/json' } })

test('a provider that fails in every way, one after the other, gets every mail once in the end', async () => {
  const realTimeout = AbortSignal.timeout.bind(AbortSignal)
  const timeouts = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => realTimeout(5))
  const taken = provider(
    () => garbage(500),
    () => new Response(null, { status: 429, headers: { 'retry-after': '5400' } }),
    () => Promise.reject(new TypeError('Network connection lost.')),
    (_take, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason))
      }),
    (take) => {
      take()
      return garbage(202)
    },
  )
  const made = await flows.happen()
  await consumeAll(made.map(({ eventId }) => eventId))
  await settle()
  expect(timeouts).toHaveBeenCalledWith(sendTimeoutMs)
  await expectDelivered(made, taken)
  const attempts = await rowsOf(made.map(({ eventId }) => eventId))
  expect(new Set(attempts.map((row) => row.attempts))).toEqual(new Set([5]))
})

test('a provider that takes a mail and resets the connection gets it twice: the answer was lost', async () => {
  const taken = provider((take) => {
    take()
    throw new TypeError('Network connection lost.')
  })
  const made = await flows.happen()
  await consumeAll(made.map(({ eventId }) => eventId))
  await settle()
  await expectDelivered(made, taken, 2)
})

test('what a provider refuses for good, or for ever, is in Deliveries as failed', async () => {
  for (const [status, state] of [
    [400, 'failed'],
    [503, 'dead'],
  ] as const) {
    vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response(null, { status }))
    const made = await flows.happen()
    const ids = made.map(({ eventId }) => eventId)
    await consumeAll(ids)
    // All but the last of the attempts: `queue.test.ts` counts them.
    await db
      .update(deliveries)
      .set({ attempts: maxAttempts - 1 })
      .where(and(inArray(deliveries.eventId, ids), eq(deliveries.state, 'pending')))
    await settle()
    const rows = await rowsOf(ids)
    expect(new Set(rows.map((row) => row.eventId)).size).toBe(made.length)
    for (const row of rows)
      expect([row.template, row.state, row.lastError]).toEqual([
        row.template,
        state,
        `MailChannels answered ${status}.`,
      ])
  }
})

test('the wait that a provider asks for is kept, in seconds or as a date; a shorter one shortens nothing', async () => {
  const inAnHour = new Date(now + 5400_000).toUTCString()
  for (const [asked, least] of [
    ['5400', 5400],
    [inAnHour, 5399],
    ['1', 60],
    ['soon', 60],
    ['999999999', 12 * 3600],
  ] as const) {
    vi.spyOn(globalThis, 'fetch').mockImplementation(
      async () => new Response(null, { status: 429, headers: { 'retry-after': asked } }),
    )
    const user = await world.developer()
    const eventId = await eventOf({ type: 'user.activated', subjectType: 'user', subjectId: user.userId })
    const { retried } = await deliver(eventId, { env: throughMailChannels })
    expect(retried[0]?.delaySeconds).toBeGreaterThanOrEqual(least)
    expect(retried[0]?.delaySeconds).toBeLessThanOrEqual(Math.max(least, 72) + 1)
  }
  await db.update(deliveries).set({ state: 'failed' }).where(eq(deliveries.state, 'pending'))
})

test('messages that the queue never took are found by the cron', async () => {
  const taken = provider()
  const made = await flows.happen()
  const down = { sendBatch: () => Promise.reject(new Error('queues are down')) } as unknown as Queue
  await enqueueEvents(
    { ...env, EVENTS: down },
    made.map(({ eventId }) => eventId),
  )
  expect(takeLoggedErrors().join()).toContain('event_not_enqueued')
  const enqueued: EventId[] = []
  const sendBatch = async (messages: Iterable<{ body: { eventId: EventId } }>) => {
    enqueued.push(...[...messages].map((message) => message.body.eventId))
  }
  vi.setSystemTime(now + sweepAfterMs + 1)
  await handleScheduled({} as ScheduledController, { ...env, EVENTS: { sendBatch } as unknown as Queue })
  expect(enqueued.sort()).toEqual(made.map(({ eventId }) => eventId).sort())
  await consumeAll(enqueued)
  await settle()
  await expectDelivered(made, taken)
})

test('messages that come twice at once, and once more, send each mail once', async () => {
  const taken = provider()
  const made = await flows.happen()
  const ids = made.map(({ eventId }) => eventId)
  await Promise.all([consumeAll(ids), consumeAll(ids)])
  await consumeAll(ids)
  await settle()
  await expectDelivered(made, taken)
})

test.each(['before', 'after'] as const)(
  'a consumer that is killed right %s it sends loses no mail',
  async (when) => {
    const killed = new Set<string>()
    let alive = true
    const taken = provider((take) => {
      if (when === 'after') take()
      alive = false
      throw new Error('the isolate is gone')
    })
    const made = await flows.happen()
    for (const { eventId } of made) {
      alive = true
      const { db: DB } = failingDatabase(env.DB, () => (alive ? null : 'before'))
      // Whatever this consumer would have told the queue is never heard.
      await consume([messageFor(eventId)], { env: { ...throughMailChannels, DB } })
      killed.add(eventId)
    }
    takeLoggedErrors()
    expect(killed.size).toBe(made.length)
    now += claimMs
    await settle()
    await expectDelivered(made, taken, when === 'after' ? 'once or twice' : 1)
  },
)

test.each(['before', 'after'] as const)(
  'D1 that fails at any one call, %s it did what it was asked, loses no mail and sends none twice',
  async (moment) => {
    const taken = provider()
    const made = await flows.happen()
    let calls = 0
    let failAt = 1
    const failure = (call: number): Failure => (call === failAt ? moment : null)
    for (const { eventId } of made) {
      const { db: DB, counter } = failingDatabase(env.DB, failure)
      await consume([messageFor(eventId)], { env: { ...throughMailChannels, DB } })
      calls = Math.max(calls, counter.calls)
      failAt = (failAt % 10) + 1
    }
    takeLoggedErrors()
    expect(calls).toBeGreaterThanOrEqual(7)
    await settle()
    await expectDelivered(made, taken)
  },
)

test('a thousand events at once are all delivered', async () => {
  const people = await Promise.all(Array.from({ length: 10 }, () => world.developer()))
  const burst = Array.from({ length: 1000 }, (_, at) => ({
    type: 'user.password_changed' as const,
    subjectType: 'user' as const,
    subjectId: people[at % people.length]?.userId ?? '',
  }))
  const { ids, statement } = recordEvents(contextFor(system), burst, () => sql`true`)
  await db.batch([statement])
  const queued: EventId[] = []
  const sendBatch = async (messages: Iterable<{ body: { eventId: EventId } }>) => {
    const some = [...messages]
    // Cloudflare Queues, limits.
    expect(some.length).toBeLessThanOrEqual(100)
    queued.push(...some.map(({ body }) => body.eventId))
  }
  await enqueueEvents({ ...env, EVENTS: { sendBatch } as unknown as Queue }, ids)
  expect(queued).toHaveLength(1000)
  await Promise.all(
    [0, 1, 2, 3].map((lane) =>
      consumeAll(queued.slice(lane * 250, (lane + 1) * 250), { ...env, EVENTS: deaf }),
    ),
  )
  const [sent] = await db
    .select({ count: sql<number>`count(*)` })
    .from(outboxMails)
    .innerJoin(deliveries, eq(deliveries.id, outboxMails.deliveryId))
    .where(
      and(
        inArray(
          deliveries.recipientKey,
          people.map(({ userId }) => userId),
        ),
        eq(deliveries.state, 'sent'),
      ),
    )
  expect(sent?.count).toBe(1000)
})

test('a mail about how a thing stands waits for the one before it; nothing else waits', async () => {
  const user = await world.developer()
  const about = (type: 'user.activated' | 'member.role_changed' | 'user.password_changed', at: number) =>
    eventOf({ type, subjectType: 'user', subjectId: user.userId }, undefined, at)
  const first = await about('user.activated', now)
  const second = await about('member.role_changed', now + 1000)
  const security = await about('user.password_changed', now + 2000)
  const other = await world.developer()
  const elsewhere = await eventOf(
    { type: 'user.activated', subjectType: 'user', subjectId: other.userId },
    undefined,
    now + 3000,
  )
  vi.setSystemTime(now + 5000)
  const order: string[] = []
  let down = true
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (_address, init) => {
    const mail = JSON.parse(String(init?.body)) as { subject: string; headers: Record<string, string> }
    const [row] = await db
      .select()
      .from(deliveries)
      .where(eq(deliveries.id, (mail.headers['X-Portico-Delivery'] ?? '') as `dlv_${string}`))
    if (down && row?.eventId === first) return new Response(null, { status: 503 })
    order.push(row?.eventId ?? '')
    return accepted()
  })
  // The later ones come first, and nobody has planned the earlier one yet.
  await consumeAll([second, first, security, elsewhere])
  expect(order.sort()).toEqual([security, elsewhere].sort())
  const [waiting] = await rowsOf([second])
  expect(waiting).toMatchObject({ state: 'pending', attempts: 0 })
  expect(waiting?.lastError).toContain('earlier mail')

  down = false
  vi.setSystemTime(now + 10 * 60_000)
  const announced: EventId[] = []
  const sendBatch = async (messages: Iterable<{ body: { eventId: EventId } }>) => {
    announced.push(...[...messages].map((message) => message.body.eventId))
  }
  await deliver(first, {
    env: { ...throughMailChannels, EVENTS: { sendBatch } as unknown as Queue },
  })
  expect(announced).toEqual([second])
  await consumeAll(announced)
  expect(order.slice(2)).toEqual([first, second])
})

test('a mail that nobody could send holds up nothing after it', async () => {
  const user = await world.developer()
  const about = (type: 'user.activated' | 'member.role_changed', at: number) =>
    eventOf({ type, subjectType: 'user', subjectId: user.userId }, undefined, at)
  const [first, second] = [await about('user.activated', now), await about('member.role_changed', now + 1000)]
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response(null, { status: 400 }))
  await consumeAll([second])
  await consumeAll([first])
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => accepted())
  await settle()
  expect(await rowsOf([first])).toMatchObject([{ state: 'failed' }])
  expect(await rowsOf([second])).toMatchObject([{ state: 'sent' }])
})

test('the mailer never throws for what a provider does', async () => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(() => {
    throw new Error('no network')
  })
  const answer = await mailTools(throughMailChannels).send({
    deliveryId: 'dlv_x',
    to: 'ada@people.example',
    fromName: 'Portal',
    subject: 'Hello',
    html: '',
    text: '',
  })
  expect(answer.outcome).toBe('retryable')
})
