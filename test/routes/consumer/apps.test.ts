import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { approveAccessRequest } from '~/domain/access-requests/approve-access-request.server'
import { rejectAccessRequest } from '~/domain/access-requests/reject-access-request.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import { paths } from '~/platform/paths'
import { accessRequests, credentials, events } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { Portal, signedIn } from '~test/support/portal'
import { granted, requested } from '~test/support/requests'
import * as world from '~test/support/world'

const keyPattern = /prt_live_[0-9A-Za-z]{38}/

async function withKey(actor: DeveloperActor, changes: Parameters<typeof world.app>[1] = {}) {
  const app = await world.app(actor, changes)
  const access = await granted(actor, { app: app.id })
  const [credential] = await db.select().from(credentials).where(eq(credentials.appId, app.id))
  if (!credential) throw new Error('no credential')
  return { ...access, app, credential }
}

test('the dashboard leads to My apps, which says what to do when there is none', async () => {
  const portal = await signedIn(await world.superAdmin())
  const { html, path, response } = await portal.get(paths.dashboard.home)
  expect(path).toBe(paths.dashboard.apps)
  expect(html).toContain('No apps yet')
  expect(html).toContain('href="/catalogs"')
  expect(response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
})

test('an app’s page shows access, base URL, curl, limits and activity in two trips, and no key', async () => {
  const actor = await world.superAdmin()
  const { app, of, credential } = await withKey(actor)
  const portal = await signedIn(actor)
  const { html, response } = await portal.get(paths.dashboard.app(app.id))
  expect(response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(html).toContain(`https://portal.test/gateway/${of.product.slug}/main`)
  expect(html).toContain('curl -H')
  expect(html).toContain(credential.hint)
  expect(html).toContain('Portico approved access to')
  expect(html).toContain('This month')
  expect(html).not.toMatch(keyPattern)
  for (const secret of [credential.secretHash, credential.secretCipher ?? ''])
    expect(html).not.toContain(secret)
})

test('asking to reveal shows a form first; the answer holds the key, is never stored, and is told in the activity', async () => {
  const actor = await world.superAdmin()
  const { app, credential } = await withKey(actor)
  const portal = await signedIn(actor)
  const reveal = paths.dashboard.revealCredential(app.id, credential.id)
  const before = await portal.get(reveal)
  expect(before.response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
  expect(before.html).toContain('Reveal')
  expect(before.html).not.toMatch(keyPattern)
  const answer = await portal.post(reveal)
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
  const [key = ''] = keyPattern.exec(await answer.text()) ?? []
  expect(key.slice(-4)).toBe(credential.hint)
  const page = await portal.get(paths.dashboard.app(app.id))
  expect(page.html).toContain(`revealed the key ending in ${credential.hint}`)
  expect(page.html).not.toContain(key)
  expect(JSON.stringify(await db.select().from(events).where(eq(events.appId, app.id)))).not.toContain(key)
  expect([...portal.cookies.values()].join()).not.toContain(key)
})

test('revoking asks first, then the key is gone from the page and cannot be revealed', async () => {
  const actor = await world.superAdmin()
  const { app, credential } = await withKey(actor)
  const portal = await signedIn(actor)
  const revoke = paths.dashboard.revokeCredential(app.id, credential.id)
  const asked = await portal.get(revoke)
  expect(asked.html).toContain('Calls with this key fail within seconds')
  expect(asked.response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
  expect((await portal.post(revoke)).headers.get('location')).toBe(paths.dashboard.app(app.id))
  expect(portal.notice()).toContain('Key revoked. Refused here from')
  expect((await portal.post(revoke)).status).toBe(303)
  expect(portal.notice()).toBe('This key has already been revoked.')
  const reveal = await portal.post(paths.dashboard.revealCredential(app.id, credential.id))
  expect(reveal.status).toBe(409)
  expect(await reveal.text()).not.toMatch(keyPattern)
  expect((await portal.get(paths.dashboard.app(app.id))).html).toContain('This app has no access yet')
})

test('a pending request can be withdrawn; a rejected one shows its reason', async () => {
  const actor = await world.superAdmin()
  const app = await world.app(actor)
  const waiting = await requested(actor, { app: app.id })
  const refused = await requested(actor, { app: app.id })
  await rejectAccessRequest(contextFor(await world.admin()), refused.requestId, {
    reason: 'Please add a <privacy> page.',
  })
  const portal = await signedIn(actor)
  const { html } = await portal.get(paths.dashboard.app(app.id))
  expect(html).toContain('Waiting for approval')
  expect(html).toContain('Please add a &lt;privacy&gt; page.')
  expect(html).toContain(paths.dashboard.withdrawRequest(waiting.requestId))
  expect(html).not.toContain(paths.dashboard.withdrawRequest(refused.requestId))
  expect(
    (await portal.post(paths.dashboard.withdrawRequest(waiting.requestId))).headers.get('location'),
  ).toBe(paths.dashboard.app(app.id))
  expect(
    (await db.select().from(accessRequests).where(eq(accessRequests.id, waiting.requestId)))[0]?.state,
  ).toBe('withdrawn')
})

test('a withdrawal that comes too late says who decided', async () => {
  const actor = await world.superAdmin()
  const { requestId } = await requested(actor)
  const admin = await world.admin()
  await approveAccessRequest(contextFor(admin), requestId)
  const portal = await signedIn(actor)
  await portal.post(paths.dashboard.withdrawRequest(requestId))
  expect(portal.notice()).toBe(`This request was already approved by ${admin.name}.`)
})

test('for everybody else an app and its keys do not exist: other organizations, colleagues of a personal app, admins', async () => {
  const organization = await world.organization()
  const owner = await world.developer({ organizationId: organization.id })
  const { app, credential } = await withKey(owner, { visibility: 'personal' })
  const waiting = await requested(owner, { app: app.id })
  const others = [
    await world.superAdmin(),
    await world.developer(),
    await world.developer({ organizationId: organization.id }),
    await world.admin(),
  ]
  for (const other of others) {
    const portal = await signedIn(other)
    for (const path of [
      paths.dashboard.app(app.id),
      paths.dashboard.revealCredential(app.id, credential.id),
      paths.dashboard.revokeCredential(app.id, credential.id),
    ]) {
      const { status, html } = await portal.get(path)
      expect(status).toBe(404)
      expect(html).not.toContain(app.name)
    }
    for (const path of [
      paths.dashboard.revealCredential(app.id, credential.id),
      paths.dashboard.revokeCredential(app.id, credential.id),
      paths.dashboard.withdrawRequest(waiting.requestId),
    ]) {
      expect((await portal.post(path)).status).toBe(404)
    }
    expect((await portal.get(paths.dashboard.apps)).html).not.toContain(app.name)
  }
  expect((await db.select().from(credentials).where(eq(credentials.id, credential.id)))[0]).toEqual(
    credential,
  )
  expect(
    (await db.select().from(accessRequests).where(eq(accessRequests.id, waiting.requestId)))[0]?.state,
  ).toBe('pending')
})

test('a super admin sees a member’s personal app and may revoke, but its keys stay hidden', async () => {
  const organization = await world.organization()
  const owner = await world.developer({ organizationId: organization.id })
  const { app, credential } = await withKey(owner, { visibility: 'personal' })
  const portal = await signedIn(await world.superAdmin({ organizationId: organization.id }))
  const { html } = await portal.get(paths.dashboard.app(app.id))
  expect(html).toContain(`only ${owner.name} can see its keys`)
  expect(html).not.toContain(paths.dashboard.revealCredential(app.id, credential.id))
  expect((await portal.post(paths.dashboard.revealCredential(app.id, credential.id))).status).toBe(404)
  expect((await portal.post(paths.dashboard.revokeCredential(app.id, credential.id))).status).toBe(303)
})

test('a credential under the address of another app does not exist', async () => {
  const actor = await world.superAdmin()
  const { credential } = await withKey(actor)
  const other = await world.app(actor)
  const portal = await signedIn(actor)
  expect((await portal.post(paths.dashboard.revealCredential(other.id, credential.id))).status).toBe(404)
  expect((await portal.get(paths.dashboard.revokeCredential(other.id, credential.id))).status).toBe(404)
})

test('nonsense in an address is 404, and a look at an address for forms leads to My apps', async () => {
  const portal = await signedIn(await world.superAdmin())
  for (const path of [
    '/dashboard/apps/app_',
    '/dashboard/apps/%00',
    '/dashboard/apps/usr_1',
    '/dashboard/apps/app_1/credentials/x/reveal',
  ]) {
    expect((await portal.get(path)).status).toBe(404)
  }
  expect((await portal.request(paths.dashboard.withdrawRequest('req_1'))).headers.get('location')).toBe(
    paths.dashboard.apps,
  )
  expect((await new Portal().request(paths.dashboard.apps)).headers.get('location')).toContain('/auth/login')
})
