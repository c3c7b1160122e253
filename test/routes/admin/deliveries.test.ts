import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Id } from '~/domain/kernel/ids'
import { cancelDelivery } from '~/domain/notifications/cancel-delivery.server'
import { retryDelivery } from '~/domain/notifications/retry-delivery.server'
import { sendDeliveryAgain } from '~/domain/notifications/send-delivery-again.server'
import { deliveries, events, webhookAttempts } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { deliver, deliveriesOf, eventOf, mailsOf } from '~test/support/notifications'
import { Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

async function delivery(state: 'sent' | 'failed' | 'dead' | 'pending' = 'dead') {
  const user = await world.developer()
  const eventId = await eventOf({ type: 'user.activated', subjectType: 'user', subjectId: user.userId })
  await deliver(eventId)
  const [row] = await deliveriesOf(eventId)
  if (!row) throw new Error('no delivery')
  const failed = state === 'failed' || state === 'dead'
  await db
    .update(deliveries)
    .set({
      state,
      attempts: failed ? 6 : 1,
      lastError: failed ? 'MailChannels answered 503.' : null,
      sentAt: null,
    })
    .where(eq(deliveries.id, row.id))
  return { id: row.id, eventId, user }
}

test('the list shows who gets what, the error, and a button for what was given up', async () => {
  const admin = await signedIn(await world.admin())
  const dead = await delivery('dead')
  const { status, html, response } = await admin.get('/admin/deliveries')
  expect(status).toBe(200)
  expect(response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
  expect(html).toContain(dead.user.email)
  expect(html).toContain('MailChannels answered 503.')
  expect(html).toContain(`/admin/deliveries/${dead.id}/send-again`)
})

test('the list is filtered by status', async () => {
  const admin = await signedIn(await world.admin())
  const dead = await delivery('dead')
  const failed = await delivery('failed')
  const { html } = await admin.get('/admin/deliveries?state=failed')
  expect(html).toContain(failed.user.email)
  expect(html).not.toContain(dead.user.email)
  expect((await admin.get('/admin/deliveries?state=nonsense')).status).toBe(200)
})

test('Send again puts a delivery that was given up back to work, and says so in the audit log', async () => {
  const person = await world.admin()
  const admin = await signedIn(person)
  const dead = await delivery('dead')
  await db.run(`delete from outbox_mails where delivery_id = '${dead.id}'`)
  const response = await admin.post(`/admin/deliveries/${dead.id}/send-again`, {
    returnTo: '/admin/deliveries?state=dead',
  })
  expect(response.headers.get('location')).toBe('/admin/deliveries?state=dead')
  expect(admin.notice()).toBe('It is being sent again')
  await deliver(dead.eventId)
  expect(await deliveriesOf(dead.eventId)).toMatchObject([{ state: 'sent', attempts: 1 }])
  expect(await mailsOf(dead.eventId)).toHaveLength(1)
  const [event] = await db.select().from(events).where(eq(events.subjectId, dead.id))
  expect(event).toMatchObject({ type: 'delivery.sent_again', actorId: person.userId })
})

test.each(['sent', 'pending'] as const)('a delivery that is %s is not sent again', async (state) => {
  const admin = await signedIn(await world.admin())
  const row = await delivery(state)
  await admin.post(`/admin/deliveries/${row.id}/send-again`)
  expect(admin.notice()).toContain('Nothing was sent again')
  expect(await db.select().from(events).where(eq(events.subjectId, row.id))).toHaveLength(0)
})

test('of forty presses at once, one wins', async () => {
  const ctx = contextFor(await world.admin())
  const dead = await delivery('dead')
  const results = await Promise.all(Array.from({ length: 40 }, () => sendDeliveryAgain(ctx, dead.id)))
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(await db.select().from(events).where(eq(events.subjectId, dead.id))).toHaveLength(1)
})

test('a delivery that does not exist is not found, and a look at the address leads to the list', async () => {
  const admin = await signedIn(await world.admin())
  expect((await admin.post('/admin/deliveries/dlv_nothing/send-again')).status).toBe(404)
  expect((await admin.post('/admin/deliveries/nonsense/send-again')).status).toBe(404)
  expect((await admin.request('/admin/deliveries/dlv_nothing/send-again')).headers.get('location')).toBe(
    '/admin/deliveries',
  )
})

test('nobody but an admin sees or sends deliveries', async () => {
  const dead = await delivery('dead')
  const developer = await signedIn(await world.superAdmin())
  expect((await developer.get('/admin/deliveries')).status).toBe(404)
  expect((await developer.post(`/admin/deliveries/${dead.id}/send-again`)).status).toBe(404)
  expect((await new Portal().request('/admin/deliveries')).status).toBe(303)
  expect((await stateOf(dead.id))?.state).toBe('dead')
})

/** One that waits for an hour, of a kind that an admin may call off or not. */
async function waiting(template = 'user_activated') {
  const row = await delivery('pending')
  await db
    .update(deliveries)
    .set({ template, nextAttemptAt: Date.now() + 3600_000 })
    .where(eq(deliveries.id, row.id))
  return row
}

test('the page of a delivery tells its event, its attempts and what comes next, in two trips', async () => {
  const admin = await signedIn(await world.admin())
  const row = await waiting()
  await db.insert(webhookAttempts).values({
    deliveryId: row.id,
    attempt: 1,
    requestBody: '{}',
    responseStatus: 503,
    responseBody: 'come back later',
    durationMs: 12,
    createdAt: Date.now(),
  })
  const { html, response } = await admin.get(`/admin/deliveries/${row.id}`)
  expect(response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
  for (const text of [
    row.user.email,
    '1 of 10',
    'Next attempt',
    'Retry now',
    'Cancel delivery',
    'come back later',
  ])
    expect(html).toContain(text)
  expect(html).toContain(`href="/admin/audit-log/${row.eventId}"`)
  expect(html).not.toContain('Send again')
  expect((await admin.get('/admin/deliveries/dlv_nothing')).status).toBe(404)
})

test('Retry now has a waiting delivery tried at once, and its attempts go on to count', async () => {
  const admin = await signedIn(await world.admin())
  const row = await waiting()
  const response = await admin.post(`/admin/deliveries/${row.id}/retry`)
  expect(response.headers.get('location')).toBe(`/admin/deliveries/${row.id}`)
  await deliver(row.eventId)
  expect(await stateOf(row.id)).toMatchObject({ state: 'sent', attempts: 2 })
  await admin.post(`/admin/deliveries/${row.id}/retry`)
  expect(admin.notice()).toContain('does not wait')
})

test('Cancel keeps a waiting delivery from being sent, says by whom, and Send again takes it up', async () => {
  const person = await world.admin()
  const admin = await signedIn(person)
  const row = await waiting()
  await db.run(`delete from outbox_mails where delivery_id = '${row.id}'`)
  await admin.post(`/admin/deliveries/${row.id}/cancel`)
  expect(await stateOf(row.id)).toMatchObject({
    state: 'failed',
    cancelledAt: expect.any(Number),
    lastError: `Cancelled by ${person.name}.`,
  })
  await deliver(row.eventId)
  expect(await mailsOf(row.eventId)).toHaveLength(0)
  expect((await admin.get('/admin/deliveries?state=cancelled')).html).toContain(row.user.email)
  expect((await admin.get('/admin/deliveries?state=failed')).html).not.toContain(row.user.email)
  await admin.post(`/admin/deliveries/${row.id}/send-again`)
  await deliver(row.eventId)
  expect(await stateOf(row.id)).toMatchObject({ state: 'sent', cancelledAt: null })
})

test('a notice that guards an account, and what a gateway is told, cannot be cancelled', async () => {
  const admin = await signedIn(await world.admin())
  const notice = await waiting('password_changed')
  expect((await admin.get(`/admin/deliveries/${notice.id}`)).html).not.toContain('Cancel delivery')
  await admin.post(`/admin/deliveries/${notice.id}/cancel`)
  expect(admin.notice()).toContain('cannot be cancelled')
  const key = await waiting()
  await db.update(deliveries).set({ channel: 'gateway' }).where(eq(deliveries.id, key.id))
  await admin.post(`/admin/deliveries/${key.id}/cancel`)
  for (const { id } of [notice, key]) expect((await stateOf(id))?.state).toBe('pending')
})

test('of forty who retry and cancel at once, no more than one of each wins, and never after the other', async () => {
  const ctx = contextFor(await world.admin())
  const row = await waiting()
  const results = await Promise.all(
    Array.from({ length: 40 }, (_, at) =>
      at % 2 ? retryDelivery(ctx, row.id) : cancelDelivery(ctx, row.id),
    ),
  )
  const told = await db.select().from(events).where(eq(events.subjectId, row.id))
  expect(results.filter((result) => result.ok)).toHaveLength(told.length)
  expect(told.filter((event) => event.type === 'delivery.cancelled')).toHaveLength(1)
  expect((await stateOf(row.id))?.state).toBe('failed')
})

test('ticked deliveries, or all that failed in a filter, are sent again at one press, and it says how many', async () => {
  const admin = await signedIn(await world.admin())
  const rows = [await delivery('dead'), await delivery('failed'), await delivery('sent')]
  await admin.post('/admin/deliveries/send-again', { id: rows.map((row) => row.id) })
  expect(admin.notice()).toBe('2 deliveries sent again.')
  expect(await Promise.all(rows.map(async (row) => (await stateOf(row.id))?.state))).toEqual([
    'pending',
    'pending',
    'sent',
  ])
  const [mine, other] = [await delivery('dead'), await delivery('dead')]
  const response = await admin.post('/admin/deliveries/send-again', {
    all: 'on',
    returnTo: `/admin/deliveries?q=${mine.user.email}`,
  })
  expect(response.headers.get('location')).toContain('/admin/deliveries?q=')
  expect(admin.notice()).toBe('1 delivery sent again.')
  expect((await stateOf(mine.id))?.state).toBe('pending')
  expect((await stateOf(other.id))?.state).toBe('dead')
  await admin.post('/admin/deliveries/send-again', { returnTo: 'https://evil.example/x' })
  expect(admin.notice()).toContain('Nothing was sent again')
})

test('the list is filtered by the beginning of an address and by days', async () => {
  const admin = await signedIn(await world.admin())
  const [mine, other] = [await delivery('dead'), await delivery('dead')]
  const begin = mine.user.email.slice(0, -8).toUpperCase()
  const found = (await admin.get(`/admin/deliveries?q=${encodeURIComponent(begin)}`)).html
  expect(found).toContain(mine.user.email)
  expect(found).not.toContain(other.user.email)
  await db
    .update(deliveries)
    .set({ createdAt: Date.UTC(2026, 0, 2, 23, 30) })
    .where(eq(deliveries.id, mine.id))
  const onDay = async (query: string) => (await admin.get(`/admin/deliveries?${query}`)).html
  expect(await onDay('from=2026-01-02&to=2026-01-02')).toContain(mine.user.email)
  expect(await onDay('from=2026-01-02&to=2026-01-02&zone=%2B01:00')).not.toContain(mine.user.email)
  expect(await onDay('from=2026-01-03&to=2026-01-03&zone=%2B01:00')).toContain(mine.user.email)
})

async function stateOf(id: Id<'dlv'>) {
  const [row] = await db.select().from(deliveries).where(eq(deliveries.id, id))
  return row
}
