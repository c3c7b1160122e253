// Webhooks on their way: what a receiver gets and can verify, when it is tried again, and when it is left alone.
import { eq } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import { afterEach, expect, test } from 'vitest'
import { rotateWebhookSecret } from '~/domain/notifications/rotate-webhook-secret.server'
import { sendWebhookDelivery } from '~/domain/notifications/send-webhook-delivery.server'
import { testWebhook } from '~/domain/notifications/test-webhook.server'
import { attemptsKeptMs, secretOverlapMs } from '~/domain/notifications/webhook'
import {
  longestMessageDelaySeconds,
  maxWebhookAttempts,
  pauseAfterFailures,
  pauseAfterMs,
  quietAfterFailures,
  quietMs,
  webhookRetrySeconds,
} from '~/domain/notifications/webhook-retries'
import { newWebhookSecret } from '~/domain/notifications/webhook-secret'
import { webhookTools } from '~/platform/webhook-tools'
import { deliveries, events, webhookAttempts, webhookEndpoints } from '~db/schema'
import { contextFor, db, system } from '~test/support/context'
import { consume, deliver, mailsOf, messageFor, quiet } from '~test/support/notifications'
import {
  attemptsOf,
  cron,
  endpointRow,
  faults,
  forgetWebhooks,
  happening,
  passTime,
  pump,
  pumpEvent,
  received,
  webhook,
  webhookDelivery,
} from '~test/support/webhooks'
import * as world from '~test/support/world'

afterEach(forgetWebhooks)

test('a receiver verifies what it gets with the library of the standard, and nobody else’s secret does', async () => {
  const at = await webhook()
  const eventId = await happening()
  await pumpEvent(eventId)
  const [got, ...more] = await received(at.host)
  if (!got) throw new Error('nothing came')
  expect(more).toEqual([])
  expect(new Webhook(at.secret).verify(got.body, got.headers)).toMatchObject({
    type: 'product.created',
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    data: { subject: { type: 'product' }, actor: { type: 'system', id: null }, name: 'A' },
  })
  expect(got.headers['webhook-id']).toBe(eventId)
  expect(() => new Webhook(newWebhookSecret()).verify(got.body, got.headers)).toThrow()
  expect(() => new Webhook(at.secret).verify(`${got.body} `, got.headers)).toThrow()
  const delivery = await webhookDelivery(eventId, at.id)
  expect(delivery).toMatchObject({ state: 'sent', attempts: 1, lastError: null })
  expect(await attemptsOf(delivery?.id)).toMatchObject([
    { attempt: 1, requestBody: got.body, responseStatus: 200, responseBody: 'thank you', error: null },
  ])
})

test('for a day after a rotation both secrets verify, then the new one alone, and the old one is forgotten', async () => {
  const at = await webhook()
  const rotated = await rotateWebhookSecret(contextFor(await world.admin()), at.id)
  if (!rotated.ok) throw new Error(rotated.error.message)
  const { secret } = rotated.value
  await pumpEvent(await happening())
  const [first] = await received(at.host)
  for (const each of [at.secret, secret])
    expect(() => new Webhook(each).verify(first?.body ?? '', first?.headers ?? {})).not.toThrow()

  await db.update(webhookEndpoints).set({ previousSecretUntil: Date.now() - 1 })
  await pumpEvent(await happening())
  const [, second] = await received(at.host)
  expect(() => new Webhook(secret).verify(second?.body ?? '', second?.headers ?? {})).not.toThrow()
  expect(() => new Webhook(at.secret).verify(second?.body ?? '', second?.headers ?? {})).toThrow()
  await cron()
  expect(await endpointRow(at.id)).toMatchObject({ previousSecretCipher: null, previousSecretUntil: null })
  expect(secretOverlapMs).toBe(86_400_000)
})

test('an endpoint gets the events that were chosen for it, from its first moment on', async () => {
  const chosen = await webhook({ allEvents: false, eventTypes: ['product.deleted'] })
  const young = await webhook({ createdAt: Date.now() + 60_000 })
  const created = await happening()
  const deleted = await happening({ type: 'product.deleted' })
  await pumpEvent(created)
  await pumpEvent(deleted)
  expect((await received(chosen.host)).map(({ headers }) => headers['webhook-id'])).toEqual([deleted])
  expect(await received(young.host)).toEqual([])
})

test('an organization hears of its own apps, requests, keys, quotas and members, and of nobody else’s', async () => {
  const [own, other] = [await world.organization(), await world.organization()]
  const at = await webhook({ organizationId: own.id })
  const of = (type: 'app.created' | 'team.created' | 'member.left', organizationId: typeof own.id) =>
    happening({ type, organizationId, data: { name: 'Storefront', email: 'who@people.example' } })
  const heard = [await of('app.created', own.id), await of('member.left', own.id)]
  const unheard = [await of('app.created', other.id), await of('team.created', own.id), await happening()]
  for (const eventId of [...heard, ...unheard]) await pumpEvent(eventId)
  const got = await received(at.host)
  expect(got.map(({ headers }) => headers['webhook-id'])).toEqual(heard)
  expect(got[1]?.body).not.toMatch(/Storefront|who@people/)
})

test('forty consumers of one delivery send it once', async () => {
  const at = await webhook()
  const eventId = await happening()
  await pump(Array.from({ length: 40 }, () => messageFor(eventId)))
  expect(await received(at.host)).toHaveLength(1)
  await db.update(deliveries).set({ state: 'pending' }).where(eq(deliveries.eventId, eventId))
  const deliveryId = (await webhookDelivery(eventId, at.id))?.id ?? 'dlv_none'
  await Promise.all(
    Array.from({ length: 40 }, () => sendWebhookDelivery(contextFor(system), deliveryId, webhookTools)),
  )
  expect(await received(at.host)).toHaveLength(2)
})

test('the wait grows from ten seconds, and the last attempt is made within three days', () => {
  const waits = (random: number) =>
    Array.from(
      { length: maxWebhookAttempts - 1 },
      (_, at) => webhookRetrySeconds(at + 1, null, random) ?? Number.NaN,
    )
  expect(waits(0).slice(0, 5)).toEqual([10, 60, 300, 1800, 7200])
  const sum = (list: number[]) => list.reduce((all, one) => all + one, 0)
  expect(sum(waits(0))).toBeGreaterThan(2.5 * 86_400)
  expect(sum(waits(0.999))).toBeLessThanOrEqual(3 * 86_400)
  expect(webhookRetrySeconds(maxWebhookAttempts, null)).toBeNull()
  expect(webhookRetrySeconds(1, 900, 0)).toBe(900)
  expect(webhookRetrySeconds(4, 900, 0)).toBe(1800)
  expect(webhookRetrySeconds(1, 10 ** 9, 0)).toBe(12 * 3600)
})

test('a receiver that asks for patience is given it, by seconds or by a date, and what waits long waits for the cron', async () => {
  quiet()
  const at = await webhook()
  const date = new Date(Date.now() + 200_000).toUTCString()
  await faults(
    at.host,
    { status: 429, headers: { 'retry-after': '120' } },
    { status: 503, headers: { 'retry-after': date } },
    { status: 429, headers: { 'retry-after': '7200' } },
    { status: 500, headers: { 'retry-after': '7200' } },
  )
  const eventId = await happening()
  const [first] = await pumpEvent(eventId)
  expect(first).toBeGreaterThanOrEqual(120)
  expect(first).toBeLessThanOrEqual(121)
  await passTime(at.id)
  const [second] = await pumpEvent(eventId)
  expect(second).toBeGreaterThan(190)
  expect(second).toBeLessThanOrEqual(longestMessageDelaySeconds)
  await passTime(at.id)
  expect(await pumpEvent(eventId)).toEqual([])
  const waits = async () => ((await webhookDelivery(eventId, at.id))?.nextAttemptAt ?? 0) - Date.now()
  expect(await waits()).toBeGreaterThan(7_100_000)
  await passTime(at.id)
  // Any other answer is no request for patience.
  await pumpEvent(eventId)
  expect(await waits()).toBeLessThan(2_000_000)
  await passTime(at.id)
  await cron()
  expect(await webhookDelivery(eventId, at.id)).toMatchObject({ state: 'sent', attempts: 5 })
})

test('410 Gone pauses the endpoint at once, tells the admins, and keeps what happens until it is resumed', async () => {
  quiet()
  await world.setSettings({ notificationAddress: 'hooks@admins.example' })
  const at = await webhook()
  await faults(at.host, { status: 410 })
  const eventId = await happening()
  await pumpEvent(eventId)
  expect(await webhookDelivery(eventId, at.id)).toMatchObject({
    state: 'failed',
    lastError: 'The receiver answered 410 Gone.',
  })
  expect(await endpointRow(at.id)).toMatchObject({ state: 'paused', pausedReason: 'gone' })
  const [told] = await db.select().from(events).where(eq(events.subjectId, at.id))
  expect(told).toMatchObject({ type: 'webhook.paused', data: { reason: 'gone' } })
  const [mail] = await mailsOf(told?.id ?? 'evt_none')
  expect(mail).toMatchObject({ recipient: 'hooks@admins.example' })
  expect(mail?.text).toContain(`/admin/settings/webhooks/${at.id}`)

  const later = await happening()
  await pumpEvent(later)
  expect(await webhookDelivery(later, at.id)).toMatchObject({
    state: 'failed',
    lastError: 'The webhook is paused.',
  })
  expect(await received(at.host)).toHaveLength(1)
})

test('an endpoint that failed ten times in a row, for a day, is paused and its super admins are told', async () => {
  quiet()
  const owner = await world.superAdmin()
  const { organizationId } = owner
  const nearly = { failures: pauseAfterFailures - 1, failingSince: Date.now() - pauseAfterMs + 60_000 }
  const at = await webhook({ organizationId, ...nearly })
  const happened = () => happening({ type: 'app.created', organizationId })
  await faults(at.host, { status: 500 }, { status: 500 })
  await pumpEvent(await happened())
  expect(await endpointRow(at.id)).toMatchObject({ state: 'active', failures: pauseAfterFailures })
  await db
    .update(webhookEndpoints)
    .set({ failingSince: Date.now() - pauseAfterMs - 1, quietUntil: null })
    .where(eq(webhookEndpoints.id, at.id))
  await pumpEvent(await happened())
  expect(await endpointRow(at.id)).toMatchObject({ state: 'paused', pausedReason: 'failing' })
  const told = await db.select().from(events).where(eq(events.subjectId, at.id))
  expect(told).toMatchObject([{ type: 'webhook.paused', organizationId }])
  const mails = await mailsOf(told[0]?.id ?? 'evt_none')
  expect(mails.map(({ recipient }) => recipient)).toEqual([owner.email])
  expect(mails[0]?.text).toContain(`/dashboard/organization/webhooks/${at.id}`)
})

test('after five failures in a row an endpoint is left in peace: what is due waits uncounted, others go on, success ends it', async () => {
  quiet()
  const at = await webhook({ failures: quietAfterFailures - 1, failingSince: Date.now() - 1000 })
  const other = await webhook()
  await faults(at.host, { status: 500 })
  await pumpEvent(await happening())
  const quietUntil = (await endpointRow(at.id))?.quietUntil ?? 0
  expect(quietUntil - Date.now()).toBeGreaterThan(quietMs - 5000)
  const waiting = await happening()
  await pumpEvent(waiting)
  expect(await received(at.host)).toHaveLength(1)
  expect(await received(other.host)).toHaveLength(2)
  expect(await webhookDelivery(waiting, at.id)).toMatchObject({ state: 'pending', attempts: 0 })
  await passTime(at.id)
  await cron()
  expect(await webhookDelivery(waiting, at.id)).toMatchObject({ state: 'sent', attempts: 1 })
  expect(await endpointRow(at.id)).toMatchObject({ failures: 0, failingSince: null, quietUntil: null })
})

test('a redirect is not followed, an inner address is not called, and of a long answer the beginning is kept', async () => {
  quiet()
  const [at, elsewhere] = [await webhook(), await webhook({ state: 'paused', pausedAt: 0 })]
  const inner = await webhook({ url: 'https://10.0.0.1/in' })
  await faults(
    at.host,
    { status: 307, headers: { location: `https://${elsewhere.host}/in` } },
    { body: `\u0000${'x'.repeat(10_000)}` },
  )
  const eventId = await happening()
  await pumpEvent(eventId)
  expect(await webhookDelivery(eventId, at.id)).toMatchObject({
    state: 'pending',
    lastError: 'The receiver answered 307, which leads elsewhere and is not followed.',
  })
  expect(await received(elsewhere.host)).toEqual([])
  expect(await webhookDelivery(eventId, inner.id)).toMatchObject({
    state: 'failed',
    lastError: 'Use the name of a server, not a number.',
  })
  await passTime(at.id)
  await pumpEvent(eventId)
  const attempts = await attemptsOf((await webhookDelivery(eventId, at.id))?.id)
  expect(attempts[1]?.responseBody).toMatch(/^\ufffdx{4095}$/)
})

test('a test event goes to one endpoint, paused or not, is tried once, and no failure of it counts', async () => {
  const admin = contextFor(await world.admin())
  const [at, other] = [await webhook({ state: 'paused', pausedAt: Date.now() }), await webhook()]
  await faults(at.host, {}, { status: 500 })
  expect(await testWebhook(admin, at.id, webhookTools)).toMatchObject({ ok: true, value: { sent: true } })
  const failed = await testWebhook(admin, at.id, webhookTools)
  expect(failed).toMatchObject({ ok: true, value: { sent: false } })
  for (const eventId of admin.announced) await pumpEvent(eventId)
  expect(await received(at.host)).toHaveLength(2)
  expect(await received(other.host)).toHaveLength(0)
  expect(await endpointRow(at.id)).toMatchObject({ failures: 0, state: 'paused' })
  const [row] = failed.ok
    ? await db.select().from(deliveries).where(eq(deliveries.id, failed.value.deliveryId))
    : []
  expect(row).toMatchObject({ state: 'failed', attempts: 1, lastError: 'The receiver answered 500.' })
})

test('of forty who press Send test event at once, ten do: a receiver is not flooded', async () => {
  const at = await webhook()
  const admin = await world.admin()
  const results = await Promise.all(
    Array.from({ length: 40 }, () => testWebhook(contextFor(admin), at.id, webhookTools)),
  )
  expect(results.filter((result) => result.ok)).toHaveLength(10)
  expect(results.find((result) => !result.ok)).toMatchObject({ error: { code: 'too_many_attempts' } })
  expect(await received(at.host)).toHaveLength(10)
})

test('attempts older than a month are forgotten, the deliveries stay', async () => {
  const at = await webhook()
  const eventId = await happening()
  await pumpEvent(eventId)
  const delivery = await webhookDelivery(eventId, at.id)
  await cron()
  expect(await attemptsOf(delivery?.id)).toHaveLength(1)
  await db.update(webhookAttempts).set({ createdAt: Date.now() - attemptsKeptMs - 1 })
  await cron()
  expect(await attemptsOf(delivery?.id)).toHaveLength(0)
  expect(await webhookDelivery(eventId, at.id)).toMatchObject({ state: 'sent' })
})

test('a webhook of an endpoint that was deleted meanwhile is not needed', async () => {
  const at = await webhook()
  const eventId = await happening()
  await deliver(eventId)
  await db.update(deliveries).set({ state: 'pending' }).where(eq(deliveries.recipientKey, at.id))
  await db.delete(webhookEndpoints).where(eq(webhookEndpoints.id, at.id))
  const deliveryId = (await webhookDelivery(eventId, at.id))?.id
  await consume([{ ...messageFor(eventId), deliveryId }])
  expect(await webhookDelivery(eventId, at.id)).toMatchObject({
    state: 'sent',
    sentAt: null,
    lastError: 'The webhook was deleted.',
  })
})
