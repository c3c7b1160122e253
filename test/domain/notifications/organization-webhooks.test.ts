// What admins may do with the endpoints of an organization, and what its own people cannot undo.
import { and, eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { AdminActor } from '~/domain/kernel/actor'
import { addWebhook } from '~/domain/notifications/add-webhook.server'
import { deleteWebhook } from '~/domain/notifications/delete-webhook.server'
import { editWebhook } from '~/domain/notifications/edit-webhook.server'
import { pauseOrganizationWebhook } from '~/domain/notifications/pause-organization-webhook.server'
import { pauseWebhook } from '~/domain/notifications/pause-webhook.server'
import { resumeOrganizationWebhook } from '~/domain/notifications/resume-organization-webhook.server'
import { resumeWebhook } from '~/domain/notifications/resume-webhook.server'
import { testWebhook } from '~/domain/notifications/test-webhook.server'
import type { WebhookInput } from '~/domain/notifications/webhook'
import { webhookBody } from '~/domain/notifications/webhook-payload'
import { paths } from '~/platform/paths'
import { webhookTools } from '~/platform/webhook-tools'
import { events, webhookEndpoints } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { interleaved } from '~test/support/interleaving'
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
    .orderBy(events.id)

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

test('the super admins hear from a mail that an admin has resumed their endpoint, and whether it goes on', async () => {
  const { boss, organizationId, at, pause, resume } = await scene()
  await world.developer({ organizationId })
  const told = async () => {
    const [event] = (await eventsOf(at.id)).filter(({ type }) => type === 'webhook.resumed').slice(-1)
    if (!event) throw new Error('no event')
    expect(webhookBody(event, 'portal')).not.toContain('by_admin')
    await deliver(event.id)
    return mailsOf(event.id)
  }
  await pause()
  await resume()
  const [mail, ...more] = await told()
  expect([mail?.recipient, more]).toEqual([boss.email, []])
  expect(mail?.subject).toBe('An admin resumed the webhook Orders')
  expect(mail?.text).toContain('Events are sent to it again.')
  expect(mail?.text).toContain(paths.dashboard.webhooks.one(at.id))
  await pauseWebhook(contextFor(boss), at.id)
  await pause()
  await resume()
  expect((await told())[0]?.text).toContain('that pause stands again')
  // Who resumes it themselves needs no mail.
  await resumeWebhook(contextFor(boss), at.id)
  expect(await told()).toEqual([])
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

const to = (url: string): WebhookInput => ({ url, description: 'Orders', events: 'all', eventTypes: [] })

test('what an admin stopped is not deleted, pointed elsewhere or sent to through another endpoint, until it is resumed', async () => {
  const { boss, at, pause, resume } = await scene({ url: 'https://receiver.hook.test/in?a=1' })
  const ctx = contextFor(boss)
  const other = await addWebhook(ctx, to('https://other.hook.test/in'))
  if (!other.ok) throw new Error(other.error.message)
  await pause()
  expect(await deleteWebhook(ctx, at.id)).toMatchObject({ error: { code: 'not_allowed' } })
  const spellings = [
    'https://receiver.hook.test/in?a=1',
    'https://RECEIVER.hook.test:443/in/',
    'https://receiver.hook.test./%69n?b=2',
  ]
  for (const url of spellings) {
    const refused = { error: { fields: { url: [expect.stringContaining('Ask them to resume it')] } } }
    expect(await addWebhook(ctx, to(url)), url).toMatchObject(refused)
    expect(await editWebhook(ctx, other.value.webhookId, to(url)), url).toMatchObject(refused)
  }
  for (const url of ['https://elsewhere.hook.test/in', spellings[1] ?? ''])
    expect(await editWebhook(ctx, at.id, to(url)), url).toMatchObject({
      error: { fields: { url: [expect.stringContaining('Its address stays')] } },
    })
  expect(await editWebhook(ctx, at.id, { ...to(spellings[0] ?? ''), description: 'Renamed' })).toMatchObject({
    ok: true,
  })
  // Another path is another receiver, and another organization another matter.
  expect(await addWebhook(ctx, to('https://receiver.hook.test/out'))).toMatchObject({ ok: true })
  const stranger = contextFor(await world.superAdmin())
  expect(await addWebhook(stranger, to(spellings[0] ?? ''))).toMatchObject({ ok: true })
  const own = await signedIn(boss)
  expect((await own.get(paths.dashboard.webhooks.one(at.id))).html).not.toContain('>Delete<')
  await own.post(paths.dashboard.webhooks.remove(at.id))
  expect(own.notice()).toContain('once an admin has resumed it')

  await resume()
  expect(await addWebhook(ctx, to(spellings[1] ?? ''))).toMatchObject({ ok: true })
  expect(await deleteWebhook(ctx, at.id)).toMatchObject({ ok: true })
})

test('who adds or changes an endpoint at the moment of a stop does not get round it', async () => {
  const url = 'https://moment.hook.test/in'
  for (const change of ['add', 'edit']) {
    const { boss, pause } = await scene({ url })
    const other = await addWebhook(contextFor(boss), to('https://other.hook.test/in'))
    if (!other.ok) throw new Error(other.error.message)
    const ctx = interleaved(contextFor(boss), 'before', pause)
    const result =
      change === 'add'
        ? await addWebhook(ctx, to(url))
        : await editWebhook(ctx, other.value.webhookId, to(url))
    expect(result, change).toMatchObject({
      error: { fields: { url: [expect.stringContaining('Ask them to resume it')] } },
    })
  }
})

test('of forty that delete, move and add while an admin stops an endpoint, none gets round the stop', async () => {
  const url = 'https://race.hook.test/in'
  const { boss, organizationId, at, pause } = await scene({ url })
  const ctx = contextFor(boss)
  const steps = Array.from({ length: 40 }, (_, n) => {
    if (n === 0) return pause()
    if (n % 3 === 0) return deleteWebhook(ctx, at.id)
    return n % 3 === 1
      ? editWebhook(ctx, at.id, to('https://race.hook.test/elsewhere'))
      : addWebhook(ctx, to(url))
  })
  const results = await Promise.all(steps)
  const rows = await db
    .select()
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.organizationId, organizationId))
  const stop = rows.find(({ id }) => id === at.id)
  // Whoever came first has acted; a stop that was made stands, and what was added after it goes elsewhere.
  expect(results[0]?.ok).toBe(stop?.pausedReason === 'by_admin')
  for (const result of await Promise.all([deleteWebhook(ctx, at.id), addWebhook(ctx, to(stop?.url ?? url))]))
    if (stop) expect(result.ok).toBe(false)
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
