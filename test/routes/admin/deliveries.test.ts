import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Id } from '~/domain/kernel/ids'
import { sendDeliveryAgain } from '~/domain/notifications/send-delivery-again.server'
import { deliveries, events } from '~db/schema'
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
  const response = await admin.post(`/admin/deliveries/${dead.id}/send-again`, { state: 'dead' })
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

async function stateOf(id: Id<'dlv'>) {
  const [row] = await db.select().from(deliveries).where(eq(deliveries.id, id))
  return row
}
