import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import type { AdminActor } from '~/domain/kernel/actor'
import { organizations, settings, users } from '~db/schema'
import { db } from '~test/support/context'
import { Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

let admin: AdminActor
let portal: Portal

beforeEach(async () => {
  admin = await world.admin()
  portal = await signedIn(admin)
})

async function stateOf(userId: `usr_${string}`) {
  return (await db.select().from(users).where(eq(users.id, userId)))[0]?.state
}

test('the overview shows what waits, with the buttons right there, in two trips to D1', async () => {
  const person = await world.developer({ row: { state: 'pending', lastName: 'Waiting-Long', createdAt: 1 } })
  const { html, response } = await portal.get('/admin')
  expect(html).toContain('Robin Waiting-Long')
  expect(html).toContain(`action="/admin/users/${person.userId}/activate"`)
  expect(html).toContain(`href="/admin/users/${person.userId}/reject"`)
  expect(response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
})

test.each([
  '/admin/users',
  '/admin/users?q=robin&state=inactive',
  '/admin/organizations',
  '/admin/organizations/new',
  '/admin/settings/general',
])('%s needs at most two trips to D1', async (path) => {
  const { status, response } = await portal.get(path)
  expect(status).toBe(200)
  expect(response.headers.get('server-timing')).toMatch(/"[12] trips"/)
})

test("an inactive user's page offers both decisions; activating says so and lets the developer in", async () => {
  const person = await world.developer({ row: { state: 'pending' } })
  const page = await portal.get(`/admin/users/${person.userId}`)
  expect(page.html).toContain('Activate developer')
  expect(page.html).toContain('Inactive: waits for approval')
  const done = await portal.post(`/admin/users/${person.userId}/activate`)
  expect({ status: done.status, to: done.headers.get('location'), notice: portal.notice() }).toEqual({
    status: 303,
    to: `/admin/users/${person.userId}`,
    notice: `${person.name} is activated`,
  })
  expect(await stateOf(person.userId)).toBe('active')
  const after = await portal.get(`/admin/users/${person.userId}`)
  expect(after.html).not.toContain('Activate developer')

  const late = await signedIn(await world.admin())
  await late.post(`/admin/users/${person.userId}/activate`)
  expect(late.notice()).toBe(`${person.name} was activated already by ${admin.name}.`)
})

test('rejecting takes a reason, which the page of the user shows', async () => {
  const person = await world.developer({ row: { state: 'pending' } })
  expect((await portal.get(`/admin/users/${person.userId}/reject`)).html).toContain('Reject registration')
  const tooLong = await portal.post(`/admin/users/${person.userId}/reject`, { reason: 'x'.repeat(501) })
  expect(tooLong.status).toBe(422)
  expect(await tooLong.text()).toContain('x'.repeat(501))
  expect(
    (await portal.post(`/admin/users/${person.userId}/reject`, { reason: 'No <b>company</b> address' }))
      .status,
  ).toBe(303)
  const page = await portal.get(`/admin/users/${person.userId}`)
  expect(page.html).toContain('Inactive: registration was not approved')
  expect(page.html).toContain('No &lt;b&gt;company&lt;/b&gt; address')
  expect((await portal.get(`/admin/users/${person.userId}/reject`)).path).toBe(
    `/admin/users/${person.userId}`,
  )
})

test('addresses of users and organizations that do not exist answer 404, whatever they look like', async () => {
  for (const path of [
    '/admin/users/usr_unknown',
    '/admin/users/org_default',
    "/admin/users/usr_'",
    '/admin/organizations/org_unknown',
    '/admin/organizations/usr_x',
    '/admin/users/usr_unknown/reject',
  ]) {
    const page = await portal.get(path)
    expect(page.status, path).toBe(404)
    expect(page.html).toContain('Page not found')
  }
  expect((await portal.post('/admin/users/usr_unknown/activate')).status).toBe(404)
  expect((await portal.post('/admin/users/usr_unknown/reject', { reason: '' })).status).toBe(404)
})

test('nobody but an admin decides', async () => {
  const person = await world.developer({ row: { state: 'pending' } })
  const superAdmin = await signedIn(await world.superAdmin())
  for (const path of [
    `/admin/users/${person.userId}/activate`,
    `/admin/users/${person.userId}/reject`,
    '/admin/organizations/new',
    '/admin/settings/general',
  ]) {
    expect((await superAdmin.post(path, { reason: '', name: 'Mine' })).status, path).toBe(404)
    expect((await new Portal().post(path, {})).headers.get('location'), path).toBe('/auth/login')
  }
  expect(await stateOf(person.userId)).toBe('pending')
})

test('the list of users searches, filters and pages by its address, and says what an empty list means', async () => {
  const mark = crypto.randomUUID().slice(0, 8)
  for (let n = 0; n < 51; n += 1)
    await world.developer({ row: { lastName: `Many${mark}`, createdAt: 5_000_000 + n } })
  const first = await portal.get(`/admin/users?q=many${mark}`)
  const next = /href="(\/admin\/users\?[^"]*after=[^"]*)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&')
  expect(next).toContain(`q=many${mark}`)
  const second = await portal.get(next ?? '')
  expect(
    second.html.match(new RegExp(`<a[^>]*href="/admin/users/usr_[^"]*"[^>]*>Robin Many${mark}`, 'g')),
  ).toHaveLength(1)
  expect((await portal.get(`/admin/users?q=many${mark}&state=pending`)).html).toContain('Nobody matches')
  expect((await portal.get('/admin/users?state=nonsense&after=%00&before=')).status).toBe(200)
}, 20_000)

test('an organization is added, a taken name is marked and kept, and its page shows team and people', async () => {
  const made = await portal.post('/admin/organizations/new', { name: 'Fabrikam Works' })
  expect(made.status).toBe(303)
  const page = await portal.get(made.headers.get('location') ?? '')
  expect(page.html).toContain('Fabrikam Works All users')
  expect(page.html).toContain('Nobody is in this organization yet')
  const taken = await portal.post('/admin/organizations/new', { name: ' fabrikam WORKS' })
  expect(taken.status).toBe(409)
  const html = await taken.text()
  expect(html).toContain('There is an organization named')
  expect(html).toContain('fabrikam WORKS')
  expect(
    await db.select().from(organizations).where(eq(organizations.nameKey, 'fabrikam works')),
  ).toHaveLength(1)
  expect((await portal.get('/admin/organizations?q=fabrikam')).html).toContain('Fabrikam Works')
  expect((await portal.post('/admin/organizations/new', { name: 'x' })).status).toBe(422)
})

test('the settings are saved as they are ticked, and a bad value keeps what was typed and changes nothing', async () => {
  const form = {
    portalName: 'Meridian',
    visibility: 'public',
    registrationEnabled: 'on',
    signInEnabled: 'on',
    requireEmailVerification: 'on',
    notificationAddress: '',
    passwordMinLength: '14',
    adminIdleMinutes: '30',
    developerIdleHours: '24',
    sessionLifetimeDays: '7',
  }
  expect((await portal.post('/admin/settings/general', form)).status).toBe(303)
  const read = async () => (await db.select().from(settings))[0]
  expect(await read()).toMatchObject({
    portalName: 'Meridian',
    registrationEnabled: true,
    autoApproveDevelopers: false,
    organizationRegistrationEnabled: false,
    notificationAddress: null,
    passwordMinLength: 14,
    adminIdleSeconds: 1800,
    developerIdleSeconds: 86_400,
    sessionLifetimeSeconds: 604_800,
  })
  const page = await portal.get('/admin/settings/general')
  expect(page.html).toContain('value="Meridian"')
  const bad = await portal.post('/admin/settings/general', {
    ...form,
    portalName: 'Other name',
    passwordMinLength: '7',
    notificationAddress: 'nonsense',
    adminIdleMinutes: '4',
    autoApproveDevelopers: 'on',
  })
  expect(bad.status).toBe(422)
  const html = await bad.text()
  expect(html).toContain('value="Other name"')
  expect(html).toContain('value="nonsense"')
  expect(html).toMatch(/<input[^>]*name="autoApproveDevelopers"[^>]*checked/)
  expect(await read()).toMatchObject({ portalName: 'Meridian', passwordMinLength: 14 })
  expect(html).toContain('Enter a whole number from 5 to 1440.')
  await world.setSettings({
    portalName: 'Developer portal',
    passwordMinLength: 12,
    adminIdleSeconds: 3600,
    developerIdleSeconds: 604_800,
    sessionLifetimeSeconds: 2_592_000,
  })
})
