import { eq } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import { sessionCookie } from '~/platform/cookies'
import { users } from '~db/schema'
import { db } from '~test/support/context'
import { Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

// Real password hashes take a tenth of a second each, more on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const { password } = world

beforeEach(() =>
  world.setSettings({
    visibility: 'public',
    signInEnabled: true,
    registrationEnabled: true,
    autoApproveDevelopers: false,
    requireEmailVerification: false,
  }),
)

/** The answer to a form, and the page that it leads to. */
async function submit(
  portal: Portal,
  path: string,
  fields: Record<string, string>,
  ip = `192.0.2.${1 + Math.floor(Math.random() * 250)}`,
) {
  const response = await portal.post(path, fields, { 'cf-connecting-ip': ip })
  return {
    status: response.status,
    location: response.headers.get('location'),
    html: await response.text(),
    response,
  }
}

test('a developer logs in, lands on the catalogs, logs out, and the old cookie opens nothing', async () => {
  const person = await world.developer()
  const portal = new Portal()
  const login = await submit(portal, '/auth/login', { email: person.email, password })
  expect(login).toMatchObject({ status: 303, location: '/catalogs' })
  const cookie = login.response.headers.getSetCookie().find((one) => one.startsWith(sessionCookie)) ?? ''
  expect(cookie).toMatch(
    /^__Host-portico_session=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; Secure; SameSite=Lax$/,
  )
  const token = portal.cookies.get(sessionCookie) ?? ''
  const profile = await portal.get('/dashboard/profile')
  expect(profile.html).toContain(person.email)
  expect(profile.html).not.toContain(token)

  expect((await portal.get('/auth/logout')).path).toBe('/')
  expect((await portal.get('/dashboard/profile')).status).toBe(200)
  expect(await submit(portal, '/auth/logout', {})).toMatchObject({ status: 303, location: '/' })
  expect(portal.cookies.has(sessionCookie)).toBe(false)
  const thief = new Portal()
  thief.cookies.set(sessionCookie, token)
  expect((await thief.request('/dashboard/profile')).headers.get('location')).toContain('/auth/login')
})

test('a cookie that was planted before is dead after login', async () => {
  const person = await world.developer()
  const portal = await signedIn(person)
  const planted = portal.cookies.get(sessionCookie)
  await submit(portal, '/auth/login', { email: person.email, password })
  expect(portal.cookies.get(sessionCookie)).not.toBe(planted)
  const thief = new Portal()
  thief.cookies.set(sessionCookie, planted ?? '')
  expect((await thief.request('/dashboard/profile')).status).toBe(303)
})

test.each([
  ['/products/payments?tab=1', '/products/payments?tab=1'],
  ['//evil.test', '/catalogs'],
  ['/\\evil.test', '/catalogs'],
  ['https://evil.test', '/catalogs'],
  ['/auth/logout', '/catalogs'],
  ['/admin/users', '/catalogs'],
])('after login, returnTo=%s leads a developer to %s', async (returnTo, location) => {
  const person = await world.developer()
  expect(
    await submit(new Portal(), `/auth/login?returnTo=${encodeURIComponent(returnTo)}`, {
      email: person.email,
      password,
    }),
  ).toMatchObject({ status: 303, location })
})

test('an admin lands on the admin pages, and comes back to the one that was asked for', async () => {
  const admin = await world.admin()
  expect(await submit(new Portal(), '/auth/login', { email: admin.email, password })).toMatchObject({
    location: '/admin',
  })
  expect(
    await submit(new Portal(), '/auth/login?returnTo=%2Fadmin%2Fusers%3Fstate%3Dpending', {
      email: admin.email,
      password,
    }),
  ).toMatchObject({ location: '/admin/users?state=pending' })
  expect(
    await submit(new Portal(), '/auth/login?returnTo=%2Fcart', { email: admin.email, password }),
  ).toMatchObject({ location: '/admin' })
})

test('unknown and wrong get the same page, byte for byte but for what was typed, and the password is not in it', async () => {
  const person = await world.developer({ row: { email: 'aaaa@people.example' } })
  const deactivated = await world.developer({ row: { email: 'bbbb@people.example', state: 'deactivated' } })
  const strip = (html: string) =>
    html
      .replaceAll(/[a-z]{4}@people\.example/g, '')
      .replaceAll(/nonce[^>]*?["'][\w-]{43}\\?["']/g, '')
      .replaceAll(/\d{13}(\.\d+)?/g, '')
      .replaceAll(/[\w-]{43}/g, '')
  const pages = []
  for (const [email, typed] of [
    ['cccc@people.example', password],
    [person.email, 'not-the-password-1'],
    [deactivated.email, password],
  ] as const) {
    const page = await submit(new Portal(), '/auth/login', { email, password: typed })
    expect(page.status).toBe(401)
    expect(page.html).toContain(email)
    expect(page.html).not.toContain(typed)
    pages.push(strip(page.html))
  }
  expect(pages[1]).toBe(pages[0])
  expect(pages[2]).toBe(pages[0])
})

test('a missing field is marked, and no field of the form can be missing, doubled or odd enough for a 500', async () => {
  const empty = await submit(new Portal(), '/auth/login', {})
  expect(empty.status).toBe(422)
  expect(empty.html).toContain('Enter an email address.')
  expect(empty.html).toContain('aria-invalid="true"')
  for (const fields of [
    { email: 'x'.repeat(5000), password },
    { email: 'a@b.example', password: 'x'.repeat(5000) },
    { email: '\u0000', password: '\ud800' },
  ]) {
    expect((await submit(new Portal(), '/auth/login', fields)).status).toBeLessThan(500)
  }
  const doubled = await new Portal().post('/auth/login', { email: ['a@b.example', 'c@d.example'], password })
  expect(doubled.status).toBeLessThan(500)
})

test('a pending developer is told that an admin still has to approve', async () => {
  const person = await world.developer({ row: { state: 'pending' } })
  const page = await submit(new Portal(), '/auth/login', { email: person.email, password })
  expect(page.status).toBe(403)
  expect(page.html).toContain('An admin still has to approve')
})

test('with sign-in off the page says that the portal is disabled, and admins get in', async () => {
  await world.setSettings({ signInEnabled: false })
  expect((await new Portal().get('/auth/login')).html).toContain('This portal is disabled')
  const person = await world.developer()
  const admin = await world.admin()
  expect((await submit(new Portal(), '/auth/login', { email: person.email, password })).status).toBe(403)
  expect((await submit(new Portal(), '/auth/login', { email: admin.email, password })).location).toBe(
    '/admin',
  )
})

test('a private portal says so at its door; a hidden one keeps developers at it without going in circles', async () => {
  await world.setSettings({ visibility: 'private' })
  expect((await new Portal().get('/auth/login?reason=private')).html).toContain('This portal is private')
  const portal = await signedIn(await world.developer())
  await world.setSettings({ visibility: 'hidden' })
  const door = await portal.get('/auth/login?reason=hidden')
  expect(door.status).toBe(200)
  expect(door.html).toContain('This portal is disabled')
  expect(door.html).toContain('Log out')
})

test('too many tries answer 429 with Retry-After, as a page', async () => {
  const person = await world.developer()
  const portal = new Portal()
  for (let n = 0; n < 10; n += 1)
    await submit(portal, '/auth/login', { email: person.email, password: 'wrong' }, '203.0.113.200')
  const page = await submit(portal, '/auth/login', { email: person.email, password }, '203.0.113.200')
  expect(page.status).toBe(429)
  expect(Number(page.response.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(page.html).toContain('Too many attempts')
}, 15_000)

test('who must change the password reaches nothing else but logging out, and then goes on', async () => {
  const person = await world.developer({ row: { mustChangePassword: true } })
  const portal = new Portal()
  expect((await submit(portal, '/auth/login', { email: person.email, password })).location).toBe(
    '/auth/change-password',
  )
  expect((await portal.request('/dashboard/profile')).headers.get('location')).toBe('/auth/change-password')
  const form = await portal.get('/auth/change-password')
  expect(form.html).toContain('before you go on')
  expect(form.html).toContain('Log out')
  const fresh = 'kites over Oslo 7'
  const differs = await submit(portal, '/auth/change-password', {
    currentPassword: password,
    password: fresh,
    passwordAgain: `${fresh}!`,
  })
  expect(differs.status).toBe(422)
  expect(differs.html).toContain('The two passwords are not the same')
  expect(differs.html).not.toContain(fresh)
  const wrong = await submit(portal, '/auth/change-password', {
    currentPassword: 'wrong',
    password: fresh,
    passwordAgain: fresh,
  })
  expect(wrong.html).toContain('This is not your current password')
  const same = await submit(portal, '/auth/change-password', {
    currentPassword: password,
    password,
    passwordAgain: password,
  })
  expect(same.html).toContain('Choose a different one')
  expect(
    await submit(portal, '/auth/change-password', {
      currentPassword: password,
      password: fresh,
      passwordAgain: fresh,
    }),
  ).toMatchObject({ status: 303, location: '/catalogs' })
  expect((await portal.get('/dashboard/profile')).status).toBe(200)
})

test('a role or state that changes counts on the very next request', async () => {
  const person = await world.developer()
  const portal = await signedIn(person)
  expect((await portal.request('/dashboard/profile')).status).toBe(200)
  await db.update(users).set({ state: 'deactivated' }).where(eq(users.id, person.userId))
  expect((await portal.request('/dashboard/profile')).status).toBe(303)
})

test('the profile saves names, keeps what was typed when it fails, and links to the change of password', async () => {
  const person = await world.developer()
  const portal = await signedIn(person)
  expect((await portal.get('/dashboard/profile')).html).toContain('href="/auth/change-password"')
  const failed = await submit(portal, '/dashboard/profile', { firstName: 'Kim', lastName: '' })
  expect(failed.status).toBe(422)
  expect(failed.html).toContain('value="Kim"')
  expect(
    await submit(portal, '/dashboard/profile', {
      firstName: 'Kim',
      lastName: 'Åström',
      role: 'admin',
      organizationId: 'org_other',
    }),
  ).toMatchObject({ status: 303 })
  const [row] = await db.select().from(users).where(eq(users.id, person.userId))
  expect(row).toMatchObject({
    firstName: 'Kim',
    lastName: 'Åström',
    role: 'developer',
    organizationId: 'org_default',
  })
})
