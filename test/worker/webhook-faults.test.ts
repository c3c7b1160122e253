// What goes wrong on a webhook's way, one thing at a time: every event ends delivered, or in Deliveries as failed. None is
// lost, and none is sent twice but where the portal could not learn or write down that it had arrived.
import { env } from 'cloudflare:workers'
import { and, eq, isNull } from 'drizzle-orm'
import { afterEach, expect, test, vi } from 'vitest'
import type { EventId } from '~/domain/kernel/ids'
import { claimMs } from '~/domain/notifications/deliveries'
import { planDeliveries } from '~/domain/notifications/plan-deliveries.server'
import { sendWebhookDelivery } from '~/domain/notifications/send-webhook-delivery.server'
import { maxWebhookAttempts, webhookTimeoutMs } from '~/domain/notifications/webhook-retries'
import { webhookTools } from '~/platform/webhook-tools'
import { deliveries, events } from '~db/schema'
import { contextFor, db, system } from '~test/support/context'
import { failingDatabase } from '~test/support/failing-database'
import { consume, eventOf, mailsOf, messageFor, quiet } from '~test/support/notifications'
import { takeLoggedErrors } from '~test/support/setup'
import {
  attemptsOf,
  cron,
  faults,
  forgetWebhooks,
  type Hook,
  happening,
  passTime,
  pump,
  pumpEvent,
  received,
  webhook,
  webhookDelivery,
} from '~test/support/webhooks'
import * as world from '~test/support/world'

afterEach(takeLoggedErrors)
afterEach(forgetWebhooks)

/** Days later: whatever waits was found by the cron as often as it takes. */
async function daysLater(at: Hook, eventId: EventId): Promise<void> {
  for (let round = 0; round < maxWebhookAttempts + 1; round += 1) {
    await db
      .update(events)
      .set({ createdAt: Date.now() - 3_600_000 })
      .where(and(eq(events.id, eventId), isNull(events.sealedAt)))
    await passTime(at.id)
    await cron()
    const row = await webhookDelivery(eventId, at.id)
    if (row && row.state !== 'pending' && row.state !== 'sending') return
  }
}

function inHaste(shortMs = 20) {
  const realTimeout = globalThis.setTimeout
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms: number) =>
    realTimeout(run, ms === webhookTimeoutMs ? shortMs : ms)) as typeof setTimeout)
}

/** The next call to the receiver ends so; `arrives` tells whether it had got there. */
function breakConnection(at: Hook, arrives: boolean) {
  const realFetch = globalThis.fetch
  vi.spyOn(globalThis, 'fetch').mockImplementationOnce(async (input, init) => {
    if (String(input) !== `https://${at.host}/in`) throw new Error(`unexpected call to ${String(input)}`)
    if (arrives) await realFetch(input, init)
    throw new Error('Network connection lost.')
  })
}

const once: [string, (at: Hook) => unknown, number][] = [
  ['answers 500', (at) => faults(at.host, { status: 500 }), 2],
  [
    'answers 429 with Retry-After',
    (at) => faults(at.host, { status: 429, headers: { 'retry-after': '60' } }),
    2,
  ],
  ['hangs', (at) => faults(at.host, { hang: true }).then(() => inHaste()), 2],
  ['resets the connection', (at) => breakConnection(at, false), 1],
  ['takes it and breaks off before the answer', (at) => breakConnection(at, true), 2],
  [
    'says 200 with a body that cannot be unpacked',
    (at) => faults(at.host, { headers: { 'content-encoding': 'gzip' }, body: 'no gzip' }),
    1,
  ],
]

test.each(once)('a receiver that %s has it in the end', async (_what, fault, calls) => {
  quiet()
  const at = await webhook()
  await fault(at)
  const eventId = await happening()
  await pumpEvent(eventId)
  vi.restoreAllMocks()
  quiet()
  await daysLater(at, eventId)
  expect(await webhookDelivery(eventId, at.id)).toMatchObject({ state: 'sent' })
  expect(await received(at.host)).toHaveLength(calls)
})

test('a receiver that never takes it leaves a delivery that is given up, with each attempt in the log', async () => {
  quiet()
  const at = await webhook()
  const many = Array.from({ length: maxWebhookAttempts + 3 }, (_, index) =>
    index % 2 ? { status: 503 } : { status: 404, body: 'no such thing' },
  )
  await faults(at.host, ...many)
  const eventId = await happening()
  await pumpEvent(eventId)
  await daysLater(at, eventId)
  const delivery = await webhookDelivery(eventId, at.id)
  expect(delivery).toMatchObject({ state: 'dead', attempts: maxWebhookAttempts })
  expect(await attemptsOf(delivery?.id)).toHaveLength(maxWebhookAttempts)
  expect(await received(at.host)).toHaveLength(maxWebhookAttempts)
})

test('an endpoint that hangs holds up neither the mail of the event nor another endpoint', async () => {
  quiet()
  const [hanging, other] = [await webhook(), await webhook()]
  await faults(hanging.host, { hang: true })
  const user = await world.developer()
  const eventId = await eventOf({ type: 'user.activated', subjectType: 'user', subjectId: user.userId })
  // Long enough for the other one on a machine that is busy.
  inHaste(500)
  await pumpEvent(eventId)
  expect(await mailsOf(eventId)).toHaveLength(1)
  expect(await webhookDelivery(eventId, other.id)).toMatchObject({ state: 'sent' })
  expect(await webhookDelivery(eventId, hanging.id)).toMatchObject({
    state: 'pending',
    lastError: 'There was no answer within 15 seconds.',
  })
})

test('in a batch of the queue webhooks come last: six that wait hold up no mail behind them', async () => {
  quiet()
  const at = await webhook()
  const waiting = await Promise.all(Array.from({ length: 6 }, () => happening()))
  const hooks = await Promise.all(
    waiting.map(async (eventId) => {
      await planDeliveries(contextFor(system), eventId)
      return { ...messageFor(eventId), deliveryId: (await webhookDelivery(eventId, at.id))?.id }
    }),
  )
  const user = await world.developer()
  const mail = await eventOf({ type: 'user.activated', subjectType: 'user', subjectId: user.userId })
  /** What each receiver had to wait for, but not for ever. */
  const mailHasGone: boolean[] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => {
    for (let tries = 0; tries < 100 && (await mailsOf(mail)).length === 0; tries += 1)
      await scheduler.wait(20)
    mailHasGone.push((await mailsOf(mail)).length === 1)
    return new Response('thank you')
  })
  await consume([...hooks, messageFor(mail)])
  expect(mailHasGone).toEqual(Array.from({ length: 6 }, () => true))
})

test('a queue that takes no message loses nothing: the cron finds the event, and then the webhook', async () => {
  const at = await webhook()
  const eventId = await happening()
  const EVENTS = { sendBatch: () => Promise.reject(new Error('queues are down')) } as unknown as Queue
  await pumpEvent(eventId, { EVENTS })
  expect(takeLoggedErrors().join()).toContain('event_not_enqueued')
  expect(await received(at.host)).toHaveLength(0)
  await daysLater(at, eventId)
  expect(await webhookDelivery(eventId, at.id)).toMatchObject({ state: 'sent', attempts: 1 })
  expect(await received(at.host)).toHaveLength(1)
})

test.each([
  ['before it sends', false, 1],
  ['after it has sent', true, 2],
])('a consumer that dies %s: its claim runs out, and another one sends', async (_when, sends, calls) => {
  quiet()
  const at = await webhook()
  const eventId = await happening()
  await planDeliveries(contextFor(system), eventId)
  const deliveryId = (await webhookDelivery(eventId, at.id))?.id ?? 'dlv_none'
  const dying = {
    post: async (message: Parameters<typeof webhookTools.post>[0]) => {
      if (sends) await webhookTools.post(message)
      throw new Error('the isolate is gone')
    },
  }
  await expect(sendWebhookDelivery(contextFor(system), deliveryId, dying)).rejects.toThrow()
  await pump([messageFor(eventId), { ...messageFor(eventId), deliveryId }])
  expect(await received(at.host)).toHaveLength(sends ? 1 : 0)
  await db
    .update(deliveries)
    .set({ nextAttemptAt: Date.now() - claimMs })
    .where(eq(deliveries.id, deliveryId))
  await cron()
  expect(await webhookDelivery(eventId, at.id)).toMatchObject({ state: 'sent', attempts: 2 })
  expect(await received(at.host)).toHaveLength(calls)
})

test('messages that come twice, late, or out of the dead-letter queue send nothing twice and bury nothing', async () => {
  quiet()
  const at = await webhook()
  await faults(at.host, { status: 500 })
  const eventId = await happening()
  await pump([messageFor(eventId), messageFor(eventId)])
  const deliveryId = (await webhookDelivery(eventId, at.id))?.id
  await consume([messageFor(eventId), { ...messageFor(eventId), deliveryId }], {
    queue: 'portico-events-dead',
  })
  expect(await webhookDelivery(eventId, at.id)).toMatchObject({ state: 'pending', attempts: 1 })
  await daysLater(at, eventId)
  await pump([messageFor(eventId), { ...messageFor(eventId), deliveryId }])
  expect(await webhookDelivery(eventId, at.id)).toMatchObject({ state: 'sent', attempts: 2 })
  expect(await received(at.host)).toHaveLength(2)
})

test('whichever call to D1 fails, before or after it was done, the webhook arrives once', async () => {
  quiet()
  const at = await webhook()
  for (const moment of ['before', 'after'] as const) {
    let call = 0
    for (let reached = true; reached; ) {
      call += 1
      const eventId = await happening()
      const already = (await received(at.host)).length
      const failing = failingDatabase(env.DB, (at) => (at === call ? moment : null))
      await pumpEvent(eventId, { DB: failing.db })
      reached = failing.counter.calls >= call
      // The queue brings the message again, and the cron what that leaves.
      await pumpEvent(eventId)
      await daysLater(at, eventId)
      expect([moment, call, (await received(at.host)).length - already]).toEqual([moment, call, 1])
      const delivery = await webhookDelivery(eventId, at.id)
      expect(delivery).toMatchObject({ state: 'sent' })
      expect(await attemptsOf(delivery?.id)).toHaveLength(1)
    }
    expect(call).toBeGreaterThan(6)
  }
})

test('D1 that stays away after the sending is the one case besides: it is sent again when the claim has run out', async () => {
  quiet()
  const at = await webhook()
  const eventId = await happening()
  await planDeliveries(contextFor(system), eventId)
  const deliveryId = (await webhookDelivery(eventId, at.id))?.id ?? 'dlv_none'
  const ctx = contextFor(system)
  const gone = {
    post: async (message: Parameters<typeof webhookTools.post>[0]) => {
      const answer = await webhookTools.post(message)
      vi.spyOn(ctx.db, 'batch').mockRejectedValue(new Error('D1_ERROR: Network connection lost.'))
      return answer
    },
  }
  await expect(sendWebhookDelivery(ctx, deliveryId, gone)).rejects.toThrow('D1_ERROR')
  vi.restoreAllMocks()
  quiet()
  await daysLater(at, eventId)
  expect(await webhookDelivery(eventId, at.id)).toMatchObject({ state: 'sent', attempts: 2 })
  expect(await received(at.host)).toHaveLength(2)
})
