// The bell: what is new to whoever is logged in, on every page, at the price of a few index rows.
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { countLabel, mostNew, quietMails } from '~/domain/accounts/bell'
import { loadViewer } from '~/domain/accounts/viewer.server'
import { notDelivered } from '~/domain/notifications/delivery-name'
import { mailKinds } from '~/domain/notifications/notifications'
import { sha256Hex } from '~/platform/encoding'
import { paths } from '~/platform/paths'
import { deliveries, events, users } from '~db/schema'
import { db } from '~test/support/context'
import { countedReads } from '~test/support/counted-reads'
import { deliver, eventOf } from '~test/support/notifications'
import { Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

/** What the bell says, or null where there is none. */
function bell(html: string): string | null {
  const found = /title="Notifications"[^>]*>([\s\S]*?)<\/a>/.exec(html)
  return found?.[1] ? found[1].replace(/<[^>]*>/g, ' ') : null
}

async function roleChanged(user: { userId: `usr_${string}`; name: string }, at = Date.now() + 1000) {
  const eventId = await eventOf(
    {
      type: 'member.role_changed',
      subjectType: 'user',
      subjectId: user.userId,
      data: { name: user.name, role: 'super_admin', before: 'team_member' },
    },
    undefined,
    at,
  )
  await deliver(eventId)
  await db.update(deliveries).set({ createdAt: at }).where(eq(deliveries.eventId, eventId))
}

test('what the portal told a developer is counted on every page, listed with its place, and read at a press', async () => {
  const user = await world.developer()
  const portal = await signedIn(user)
  expect(bell((await portal.get(paths.catalogs)).html)).not.toMatch(/\d/)
  await roleChanged(user, Date.now() - 5)
  await eventOf({ type: 'user.password_reset_requested', subjectType: 'user', subjectId: user.userId })
  await db.update(users).set({ createdAt: 1 }).where(eq(users.id, user.userId))
  for (const path of [paths.catalogs, paths.dashboard.profile])
    expect(bell((await portal.get(path)).html)).toMatch(/1\s+new/)
  const list = await portal.get(paths.dashboard.notificationList)
  expect(list.response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
  expect(list.html).toContain(`changed the role of ${user.name}`)
  const until = /name="until" value="(\d+)"/.exec(list.html)?.[1] ?? ''
  await portal.post(paths.dashboard.seeNotifications, { until })
  const after = await portal.get(paths.dashboard.notificationList)
  expect(bell(after.html)).not.toMatch(/\d/)
  expect(after.html).not.toContain('Mark all as read')
  expect(after.html).toContain(`changed the role of ${user.name}`)
})

test('what waits for a daily digest is told at once here, and the digest itself is not', async () => {
  const user = await world.developer({ row: { createdAt: 1 } })
  const portal = await signedIn(user)
  await roleChanged(user, Date.now() - 5)
  await db.update(deliveries).set({ channel: 'digest' }).where(eq(deliveries.recipientKey, user.userId))
  await deliver(
    await eventOf({
      ...{ type: 'digest.collected', subjectType: 'user', subjectId: user.userId },
      data: { count: 1, deliveries: [] },
    }),
  )
  expect(bell((await portal.get(paths.catalogs)).html)).toMatch(/1\s+new/)
  expect((await portal.get(paths.dashboard.notificationList)).html).toContain(
    `changed the role of ${user.name}`,
  )
})

test('what came after the list was loaded stays new, and reading never goes back', async () => {
  const user = await world.developer({ row: { createdAt: 1 } })
  const portal = await signedIn(user)
  const loaded = Date.now() - 1000
  await roleChanged(user, loaded + 500)
  await portal.post(paths.dashboard.seeNotifications, { until: String(loaded) })
  expect(bell((await portal.get(paths.catalogs)).html)).toMatch(/1\s+new/)
  await portal.post(paths.dashboard.seeNotifications, { until: String(Date.now() + 1e9) })
  await portal.post(paths.dashboard.seeNotifications, { until: 'nonsense' })
  const [row] = await db.select().from(users).where(eq(users.id, user.userId))
  expect(row?.notificationsSeenAt).toBeGreaterThan(loaded)
  expect(row?.notificationsSeenAt).toBeLessThanOrEqual(Date.now())
})

test('an admin is told of what waits for a decision and of what failed, and of nobody else’s news', async () => {
  const admin = await world.admin({ createdAt: 1 })
  const portal = await signedIn(admin)
  const pending = await world.developer({ row: { state: 'pending', firstName: 'Wanda' } })
  const told = await world.developer()
  await roleChanged(told)
  await db.update(deliveries).set({ state: 'dead' }).where(eq(deliveries.recipientKey, told.userId))
  expect(bell((await portal.get(paths.admin.users)).html)).toMatch(/2\s+new/)
  const { html } = await portal.get(paths.dashboard.notificationList)
  expect(html).toContain('Wanda')
  expect(html).toContain(paths.admin.user(pending.userId))
  expect(html).toContain('Not delivered: Role changed')
  const toWebhook = notDelivered({ channel: 'webhook', template: 'webhook.tested' })
  expect(toWebhook).toBe('Not delivered to a webhook: Webhook tested')
  expect(bell((await (await signedIn(await world.developer())).get(paths.catalogs)).html)).not.toMatch(/\d/)
})

test('a visitor has no bell', async () => {
  expect(bell((await new Portal().get(paths.catalogs)).html)).toBeNull()
  expect((await new Portal().request(paths.dashboard.notificationList)).status).toBe(303)
})

test('thousands of news are "99+", and the number costs no more than a hundred rows of an index', async () => {
  const user = await world.developer({ row: { createdAt: 1 } })
  const token = await world.session(user.userId)
  const one = await eventOf({ type: 'user.activated', subjectType: 'user', subjectId: user.userId })
  const [event] = await db.select().from(events).where(eq(events.id, one))
  await env.DB.prepare(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)
      insert into events (id, type, actor_type, actor_label, subject_type, subject_id, data, request_id, created_at, planned_at)
      select 'evt_many' || i, 'member.role_changed', 'system', 'Portico', 'user', ?, '{}', 'r', ? + i, 1 from n`,
  )
    .bind(user.userId, event?.createdAt ?? 0)
    .run()
  await env.DB.prepare(
    `insert into deliveries (id, event_id, channel, recipient_key, template, state, next_attempt_at, created_at)
      select 'dlv_' || id, id, 'email', subject_id, 'member_role_changed', 'sent', 1, created_at from events where id like 'evt_many%'`,
  ).run()
  const { db: counted, read } = countedReads()
  const viewer = await loadViewer(counted, await sha256Hex(token), Date.now())
  expect(countLabel(viewer.news)).toBe('99+')
  expect(read).toMatchObject({ trips: 1 })
  expect(read.rows).toBeLessThan(2 * mostNew + 100)
  expect([0, 1, 99, 100, 5000].map(countLabel)).toEqual(['0', '1', '99', '99+', '99+'])
})

test('the mails that the bell leaves out are mails that there are', () => {
  for (const template of quietMails) expect(Object.keys(mailKinds)).toContain(template)
})
