import { eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { paths } from '~/platform/paths'
import { apps, organizations } from '~db/schema'
import { db } from '~test/support/context'
import { changeApp, credential } from '~test/support/credentials'
import { type Portal, signedIn } from '~test/support/portal'
import { requested } from '~test/support/requests'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

const { dashboard } = paths

async function trips(portal: Portal, path: string) {
  const { html, status, response } = await portal.get(path)
  expect(status, path).toBe(200)
  expect(response.headers.get('server-timing'), path).toMatch(/"[12] trips"/)
  return html
}

async function appRow(appId: `app_${string}`) {
  const [row] = await db.select().from(apps).where(eq(apps.id, appId))
  return row
}

test('freezing asks first and for a reason; the page then says so, and one button lets the app go on', async () => {
  const it = await credential()
  const portal = await signedIn(it.owner)
  expect(await trips(portal, dashboard.app(it.appId))).toContain(dashboard.freezeApp(it.appId))
  expect(await trips(portal, dashboard.freezeApp(it.appId))).toContain('with the same limits')
  const frozen = await portal.post(dashboard.freezeApp(it.appId), { reason: 'A key leaked' })
  expect(frozen.headers.get('location')).toBe(dashboard.app(it.appId))
  const html = await trips(portal, dashboard.app(it.appId))
  for (const part of ['This app is frozen', 'A key leaked', `action="${dashboard.unfreezeApp(it.appId)}"`])
    expect(html).toContain(part)
  expect(await trips(portal, dashboard.apps)).toContain('Frozen')
  const again = await portal.request(dashboard.freezeApp(it.appId))
  expect(again.headers.get('location')).toBe(dashboard.app(it.appId))
  await portal.post(dashboard.unfreezeApp(it.appId))
  expect(portal.notice()).toContain('its keys work again')
  expect(await trips(portal, dashboard.app(it.appId))).not.toContain('This app is frozen')
})

test('what an admin froze shows no button, and a form sent anyway is told why not', async () => {
  const it = await credential()
  await changeApp(it.appId, { frozenAt: Date.now(), frozenBy: 'admin' })
  const portal = await signedIn(it.owner)
  const html = await trips(portal, dashboard.app(it.appId))
  expect(html).toContain('An administrator of the portal froze it')
  expect(html).not.toContain(dashboard.unfreezeApp(it.appId))
  await portal.post(dashboard.unfreezeApp(it.appId))
  expect(portal.notice()).toContain('Ask them to unfreeze it')
  expect((await appRow(it.appId))?.frozenAt).not.toBeNull()
})

test('the switch of an organization is on its page, and every page of the dashboard says that it is on', async () => {
  const boss = await world.superAdmin()
  const member = await world.developer({ organizationId: boss.organizationId })
  const portal = await signedIn(boss)
  expect(await trips(portal, dashboard.organization)).toContain(dashboard.freezeOrganization)
  await trips(portal, dashboard.freezeOrganization)
  await portal.post(dashboard.freezeOrganization)
  const said = 'super admin unfreezes them'
  const asMember = await signedIn(member)
  for (const path of [dashboard.apps, dashboard.users, dashboard.organization, dashboard.profile]) {
    expect(await trips(portal, path), path).toContain(said)
    expect(await trips(asMember, path), path).toContain(said)
  }
  expect(await trips(asMember, dashboard.organization)).not.toContain(dashboard.unfreezeOrganization)
  expect(
    await trips(await signedIn(await world.admin()), paths.admin.organization(boss.organizationId)),
  ).toContain('All apps are frozen by a super admin')
  await portal.post(dashboard.unfreezeOrganization)
  const [row] = await db.select().from(organizations).where(eq(organizations.id, boss.organizationId))
  expect(row?.frozenAt).toBeNull()
  expect(await trips(portal, dashboard.apps)).not.toContain(said)
})

test('deleting says what stops, asks for the name where keys work, and leads back to the list', async () => {
  const it = await credential()
  const waiting = await requested(it.owner, { app: it.appId })
  const portal = await signedIn(it.owner)
  const html = await trips(portal, dashboard.deleteApp(it.appId))
  expect(html).toContain('1 key stops')
  expect(html).toContain('1 open access request is')
  expect(html).toContain('name="confirmation"')
  const wrong = await portal.post(dashboard.deleteApp(it.appId), { confirmation: 'Another' })
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('the name of the app')
  const { name } = (await appRow(it.appId)) ?? { name: '' }
  const done = await portal.post(dashboard.deleteApp(it.appId), { confirmation: name })
  expect(done.headers.get('location')).toBe(dashboard.apps)
  expect((await portal.request(dashboard.app(it.appId))).status).toBe(404)
  expect(waiting.state).toBe('pending')
  const bare = await world.app(it.owner)
  expect(await trips(portal, dashboard.deleteApp(bare.id))).not.toContain('name="confirmation"')
})

test('an app is given to a member who is found by name; the form names nobody else', async () => {
  const boss = await world.superAdmin()
  const { organizationId } = boss
  const owner = await world.developer({ organizationId })
  const heir = await world.developer({ organizationId })
  const stranger = await world.developer()
  const app = await world.app(owner)
  const portal = await signedIn(owner)
  const html = await trips(portal, dashboard.transferApp(app.id))
  expect(html).toContain(heir.email)
  expect(html).not.toContain(stranger.email)
  expect(html).not.toContain(`value="${owner.userId}"`)
  const found = await trips(portal, `${dashboard.transferApp(app.id)}?search=${heir.email.slice(0, 15)}`)
  expect(found).toContain(heir.email)
  expect(found).not.toContain(boss.email)
  for (const userId of ['', stranger.userId]) {
    expect((await portal.post(dashboard.transferApp(app.id), { userId })).status).toBe(422)
  }
  const done = await portal.post(dashboard.transferApp(app.id), { userId: heir.userId })
  expect(done.headers.get('location')).toBe(dashboard.apps)
  expect((await appRow(app.id))?.ownerId).toBe(heir.userId)
  // Not the owner any more: the app is shared, but no longer to give away.
  expect((await portal.request(dashboard.transferApp(app.id))).status).toBe(404)
  expect(await trips(portal, dashboard.app(app.id))).not.toContain(dashboard.transferApp(app.id))
})
