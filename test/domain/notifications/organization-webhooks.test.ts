// What admins may do with the endpoints of an organization, and what its own people cannot undo.
import { and, eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { AdminActor } from '~/domain/kernel/actor'
import { pauseOrganizationWebhook } from '~/domain/notifications/pause-organization-webhook.server'
import { pauseWebhook } from '~/domain/notifications/pause-webhook.server'
import { resumeOrganizationWebhook } from '~/domain/notifications/resume-organization-webhook.server'
import { resumeWebhook } from '~/domain/notifications/resume-webhook.server'
import { testWebhook } from '~/domain/notifications/test-webhook.server'
import { webhookBody } from '~/domain/notifications/webhook-payload'
import { paths } from '~/platform/paths'
import { webhookTools } from '~/platform/webhook-tools'
import { events } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { deliver, mailsOf } from '~test/support/notifications'
import { signedIn } from '~test/support/portal'
import { endpointRow, happening, received, webhook } from '~test/support/webhooks'
import * as world from '~test/support/world'

const reason = 'Too many calls of www.evil.example'

async function scene(changes: Parameters<typeof webhook>[0] = {}) {
  const boss = await world.superAdmin()
  const { organizationId } = boss
  const at = await webhook({ organizationId, description: 'Orders', ...changes })
  const admin = await world.admin()
  const pause = (by: AdminActor = admin) =>
    pauseOrganizationWebhook(contextFor(by), organizationId, at.id, { reason })
  const resume = () => resumeOrganizationWebhook(contextFor(admin), organizationId, at.id)
  return { boss, organizationId, at, admin, pause, resume }
}

const eventsOf = (webhookId: string) =>
  db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, webhookId), inArray(events.type, ['webhook.paused', 'webhook.resumed'])))

test('of forty admins who pause at once one does, and the super admins of the organization get one mail with the reason', async () => {
  const { boss, organizationId, at, pause } = await scene()
  await world.developer({ organizationId })
  const admins = await Promise.all(Array.from({ length: 4 }, () => world.admin()))
  const results = await Promise.all(Array.from({ length: 40 }, (_, n) => pause(admins[n % 4])))
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(results.find((result) => !result.ok)).toMatchObject({ error: { code: 'already_decided' } })
  const [event, ...more] = await eventsOf(at.id)
  expect(more).toEqual([])
  if (!event) throw new Error('no event')
  expect(event).toMatchObject({
    organizationId,
    data: { owner: 'organization', reason: 'by_admin', note: reason },
  })
  // What webhooks are told has no words of people.
  expect(webhookBody(event, 'portal')).not.toContain('Too many')
  await deliver(event.id)
  const mails = await mailsOf(event.id)
  expect(mails.map((mail) => mail.recipient)).toEqual([boss.email])
  expect(mails[0]?.subject).toContain('Orders')
  expect(mails[0]?.text).toContain('Too many calls')
  expect(`${mails[0]?.html}${mails[0]?.text}`).not.toContain('www.evil.example')
  expect(mails[0]?.text).toContain(paths.dashboard.webhooks.one(at.id))
})

test('while an admin’s pause stands the organization can neither resume nor test, however many press; an admin can', async () => {
  const { boss, at, pause, resume } = await scene()
  expect(await pause()).toMatchObject({ ok: true })
  const pressed = await Promise.all(Array.from({ length: 20 }, () => resumeWebhook(contextFor(boss), at.id)))
  expect(pressed.every((result) => !result.ok && result.error.code === 'not_allowed')).toBe(true)
  expect(await testWebhook(contextFor(boss), at.id, webhookTools)).toMatchObject({
    error: { code: 'not_allowed' },
  })
  await deliver(await happening({ organizationId: boss.organizationId }))
  expect(await received(at.host)).toEqual([])

  const resumed = await Promise.all(Array.from({ length: 40 }, resume))
  expect(resumed.filter((result) => result.ok)).toHaveLength(1)
  expect(await endpointRow(at.id)).toMatchObject({ state: 'active', pausedReason: null, pausedNote: null })
  expect((await eventsOf(at.id)).map(({ type }) => type).sort()).toEqual([
    'webhook.paused',
    'webhook.resumed',
  ])
})

test('a pause that the organization had made stands again when the admin’s has ended', async () => {
  const { boss, at, pause, resume } = await scene()
  expect(await pauseWebhook(contextFor(boss), at.id)).toMatchObject({ ok: true })
  const pausedAt = (await endpointRow(at.id))?.pausedAt
  expect(await pause()).toMatchObject({ ok: true })
  expect(await resume()).toMatchObject({ ok: true })
  expect(await endpointRow(at.id)).toMatchObject({ state: 'paused', pausedReason: 'by_hand', pausedAt })
  expect(await resume()).toMatchObject({ error: { code: 'already_decided' } })
  expect(await resumeWebhook(contextFor(boss), at.id)).toMatchObject({ ok: true })
})

test('an endpoint is reached through its own organization only, and the portal’s through none', async () => {
  const { at, admin, organizationId } = await scene()
  const other = await world.organization()
  const portals = await webhook()
  const ctx = contextFor(admin)
  for (const [place, id] of [
    [other.id, at.id],
    [organizationId, portals.id],
  ] as const) {
    expect(await pauseOrganizationWebhook(ctx, place, id, { reason })).toMatchObject({
      error: { code: 'not_found' },
    })
    expect(await resumeOrganizationWebhook(ctx, place, id)).toMatchObject({ error: { code: 'not_found' } })
    const portal = await signedIn(admin)
    expect((await portal.get(paths.admin.pauseOrganizationWebhook(place, id))).status).toBe(404)
  }
  expect(await endpointRow(at.id)).toMatchObject({ state: 'active' })
  expect(await endpointRow(portals.id)).toMatchObject({ state: 'active' })
})

test('admins see address, state and failures without query or secret; the organization sees why, and no button to resume', async () => {
  const { boss, organizationId, at, admin } = await scene({
    url: 'https://receiver.hook.test/in?token=canary-query',
    failures: 3,
    failingSince: Date.now() - 60_000,
  })
  const portal = await signedIn(admin)
  const list = paths.admin.organizationWebhooks(organizationId)
  const page = await portal.get(list)
  expect(page.response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
  for (const text of ['Orders', 'https://receiver.hook.test/in', 'Failing', '3 attempts'])
    expect(page.html).toContain(text)
  const form = await portal.get(paths.admin.pauseOrganizationWebhook(organizationId, at.id))
  for (const { html } of [page, form]) expect(html).not.toMatch(/canary-query|whsec_|v1\./)

  const own = await signedIn(boss)
  const ownPage = paths.dashboard.webhooks.one(at.id)
  expect((await own.get(ownPage)).html).toContain('Send test event')
  const posted = await portal.post(paths.admin.pauseOrganizationWebhook(organizationId, at.id), { reason })
  expect(posted.headers.get('location')).toBe(list)
  const paused = (await portal.get(list)).html
  expect(paused).toContain('By an admin')
  expect(paused).toContain('Too many calls')
  const { html } = await own.get(ownPage)
  expect(html).toContain('Only an admin can resume it')
  expect(html).toContain('Too many calls')
  expect(html).not.toMatch(/Resume<|Send test event/)
  const back = await portal.post(paths.admin.resumeOrganizationWebhook(organizationId, at.id))
  expect(back.headers.get('location')).toBe(list)
})
