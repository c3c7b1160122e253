import { eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { paths } from '~/platform/paths'
import { accessRequests, apps, credentials } from '~db/schema'
import { db } from '~test/support/context'
import { credential } from '~test/support/credentials'
import { type Portal, signedIn } from '~test/support/portal'
import { offer, requested } from '~test/support/requests'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

const mark = () => crypto.randomUUID().slice(0, 8)
const asAdmin = async () => signedIn(await world.admin())
const keyPattern = /prt_live_[0-9A-Za-z]{38}/
const { admin } = paths

async function trips(portal: Portal, path: string) {
  const { html, status, response } = await portal.get(path)
  expect(status, path).toBe(200)
  expect(response.headers.get('server-timing'), path).toBe('d1;desc="2 trips"')
  expect(html, path).not.toMatch(keyPattern)
  return html
}

async function appRow(appId: `app_${string}`) {
  const [row] = await db.select().from(apps).where(eq(apps.id, appId))
  return row
}

test('the list finds, filters, sorts, pages and exports, and a name is never a formula', async () => {
  const portal = await asAdmin()
  const word = mark()
  const place = await world.organization({ name: `Place ${word}`, nameKey: `place ${word}` })
  const owner = await world.superAdmin({ organizationId: place.id })
  const first = await world.app(owner, { name: `=Alpha ${word}`, nameKey: `=alpha ${word}` })
  const second = await world.app(owner, {
    name: `Beta ${word}`,
    nameKey: `beta ${word}`,
    frozenAt: 1,
    frozenBy: 'admin',
  })
  const html = await trips(portal, `${admin.apps}?q=${word}&sort=name`)
  expect(html.indexOf(first.name)).toBeLessThan(html.indexOf(second.name))
  for (const part of [owner.name, place.name, 'Frozen', 'No access', 'sort=-name', admin.app(first.id)])
    expect(html).toContain(part)
  const frozen = await trips(portal, `${admin.appsOf(place.id)}&state=frozen`)
  expect(frozen).toContain(second.name)
  expect(frozen).not.toContain(first.name)
  const csv = await (await portal.request(`${admin.exportApps}?organization=${place.id}&sort=name`)).text()
  expect(csv.split('\r\n').slice(0, 2)).toEqual([
    'Name,Owner,Owner email,Organization,Visibility,Products,Working credentials,Pending requests,Status,Created,Id',
    expect.stringContaining(
      `'=Alpha ${word},${owner.name},${owner.email},Place ${word},Organization,0,0,0,No access,`,
    ),
  ])
  for (const query of [`?q=nothing-${word}`, '?organization=org_none', `?q=${word}&state=active`])
    expect(await trips(portal, `${admin.apps}${query}`)).toContain('No app matches')
})

test('an app’s page shows whose it is, what it holds and what waits, and never a key or a way to one', async () => {
  const portal = await asAdmin()
  const it = await credential()
  const waiting = await requested(it.owner, { app: it.appId })
  const html = await trips(portal, admin.app(it.appId))
  for (const part of [
    it.owner.email,
    admin.user(it.owner.userId),
    admin.organization(it.organizationId),
    admin.accessRequest(waiting.requestId),
    admin.rotateCredential(it.appId, it.credentialId),
    'Today',
    'This month',
    'Only the app’s developers can reveal its key.',
  ])
    expect(html).toContain(part)
  expect(html).not.toContain('/reveal')
  for (const path of [
    admin.user(it.owner.userId),
    admin.organization(it.organizationId),
    admin.accessRequest(waiting.requestId),
  ])
    expect(await trips(portal, path), path).toContain(admin.app(it.appId))
  expect((await portal.request(admin.app('app_none'))).status).toBe(404)
  // The developers' own pages are no way in for admins.
  const reveal = await portal.post(paths.dashboard.revealCredential(it.appId, it.credentialId))
  expect(reveal.status).toBe(404)
})

test('an admin edits, freezes, unfreezes and deletes an app by forms that ask first', async () => {
  const portal = await asAdmin()
  const it = await credential()
  const name = `Renamed ${mark()}`
  for (const path of [admin.editApp(it.appId), admin.freezeApp(it.appId), admin.deleteApp(it.appId)])
    await trips(portal, path)
  await portal.post(admin.editApp(it.appId), {
    name,
    description: 'Told',
    visibility: 'personal',
    redirectUrls: 'https://app.example/back',
  })
  expect(await appRow(it.appId)).toMatchObject({
    name,
    description: 'Told',
    visibility: 'personal',
    redirectUrls: ['https://app.example/back'],
  })
  const bad = await portal.post(admin.editApp(it.appId), { name: 'x', redirectUrls: 'http://evil.example' })
  expect(bad.status).toBe(422)
  await portal.post(admin.freezeApp(it.appId), { reason: 'Too many calls' })
  expect(portal.notice()).toBe(`${name} is frozen`)
  const page = await trips(portal, admin.app(it.appId))
  expect(page).toContain('This app is frozen')
  expect(page).toContain('Too many calls')
  await portal.post(admin.unfreezeApp(it.appId))
  expect((await appRow(it.appId))?.frozenAt).toBeNull()
  const untyped = await portal.post(admin.deleteApp(it.appId))
  expect(untyped.status).toBe(422)
  expect(await untyped.text()).toContain('the name of the app')
  const done = await portal.post(admin.deleteApp(it.appId), { confirmation: name })
  expect(done.headers.get('location')).toBe(admin.apps)
  expect(await appRow(it.appId)).toBeUndefined()
})

test('an admin rotates and revokes a key, and no answer holds the new one', async () => {
  const portal = await asAdmin()
  const it = await credential()
  await trips(portal, admin.rotateCredential(it.appId, it.credentialId))
  const rotated = await portal.post(admin.rotateCredential(it.appId, it.credentialId), { overlap: 'day' })
  expect(rotated.status).toBe(303)
  expect(await rotated.text()).not.toMatch(keyPattern)
  expect([...portal.cookies.values()].join()).not.toContain('prt_live')
  const keys = await db.select().from(credentials).where(eq(credentials.appId, it.appId))
  expect(keys.map((key) => key.state).sort()).toEqual(['active', 'retiring'])
  const fresh = keys.find((key) => key.state === 'active')?.id ?? ''
  expect(await trips(portal, admin.app(it.appId))).toContain(
    'The old key has not been used since the rotation',
  )
  await trips(portal, admin.revokeCredential(it.appId, fresh))
  await portal.post(admin.revokeCredential(it.appId, fresh))
  expect(portal.notice()).toContain('Key revoked')
  // A key is found under its own app alone.
  const other = await world.app(it.owner)
  expect((await portal.post(admin.revokeCredential(other.id, it.credentialId))).status).toBe(404)
})

test('a new app: the developer is found and chosen, the app is made, and its credential is added', async () => {
  const portal = await asAdmin()
  const owner = await world.superAdmin()
  const of = await offer('custom')
  const found = await trips(portal, `${admin.newApp()}?search=${owner.email.slice(0, 14)}`)
  expect(found).toContain(admin.newApp(owner.userId))
  expect(await trips(portal, `${admin.newApp()}?search=nobody-${mark()}`)).toContain('No active developer')
  expect(await trips(portal, admin.newApp(owner.userId))).toContain(`value="${owner.userId}"`)
  const name = `Made ${mark()}`
  const made = await portal.post(admin.newApp(), { ownerId: owner.userId, name, visibility: 'organization' })
  const path = made.headers.get('location') ?? ''
  const appId = path.split('/').at(-1) as `app_${string}`
  expect(await appRow(appId)).toMatchObject({ name, ownerId: owner.userId })
  expect(await trips(portal, path)).toContain('This app holds no credential')
  const form = await trips(portal, admin.addCredential(appId, of.catalog.id))
  expect(form).toContain(of.product.name)
  expect(form).toContain(of.manual.name)
  const empty = await portal.post(admin.addCredential(appId), { catalogId: of.catalog.id })
  expect(empty.status).toBe(422)
  expect(await empty.text()).toContain('Choose at least one product.')
  const added = await portal.post(admin.addCredential(appId), {
    submissionId: crypto.randomUUID(),
    catalogId: of.catalog.id,
    productIds: of.product.id,
    planId: of.manual.id,
  })
  expect(added.headers.get('location')).toBe(admin.app(appId))
  const page = await trips(portal, admin.app(appId))
  expect(page).toContain(of.product.name)
  expect(page).toContain('approved access to')
  expect(await db.select().from(accessRequests).where(eq(accessRequests.appId, appId))).toMatchObject([
    { state: 'approved' },
  ])
})

test('the menu and the palette lead to the pages of apps, teams, invite codes, products, plans and catalogs', async () => {
  const portal = await asAdmin()
  const html = await trips(portal, admin.home)
  const found = await (await portal.request(paths.search('admin:'))).text()
  for (const path of [
    admin.apps,
    admin.organizations,
    admin.teams,
    admin.inviteCodes,
    admin.products,
    admin.plans,
    admin.catalogs,
  ]) {
    expect(html).toContain(`href="${path}"`)
    expect(found).toContain(`"${path}"`)
  }
})
