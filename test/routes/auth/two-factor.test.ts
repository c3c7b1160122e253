import { eq } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import { challengeCookie, sessionCookie } from '~/platform/cookies'
import { paths } from '~/platform/paths'
import { sessions } from '~db/schema'
import { db } from '~test/support/context'
import { Portal, signedIn } from '~test/support/portal'
import { authenticator, codeAt, recoveryCode, wrongCodeAt } from '~test/support/second-factors'
import * as world from '~test/support/world'

// Real password hashes take a tenth of a second each, more on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const { password } = world
const { dashboard } = paths

beforeEach(() =>
  world.setSettings({ requireAdminTwoFactor: false, requireEmailVerification: false, signInEnabled: true }),
)

/** A browser that gave the right password, waiting for the second factor. */
async function halfway(email: string, returnTo = ''): Promise<Portal> {
  const portal = new Portal()
  await portal.post(`/auth/login${returnTo}`, { email, password })
  return portal
}

test('after the right password comes the second factor; a right code leads back to where one came from', async () => {
  const someone = await world.developer()
  const secret = await authenticator(someone)
  const portal = new Portal()
  const login = await portal.post('/auth/login?returnTo=/dashboard/apps', { email: someone.email, password })
  expect(login.status).toBe(303)
  expect(login.headers.get('location')).toBe('/auth/two-factor?returnTo=%2Fdashboard%2Fapps')
  expect(portal.cookies.has(sessionCookie)).toBe(false)
  expect(login.headers.getSetCookie().find((cookie) => cookie.startsWith(challengeCookie))).toMatch(
    /^__Host-portico_challenge=[\w-]{43}; Path=\/; Max-Age=600; HttpOnly; Secure; SameSite=Lax$/,
  )
  const page = await portal.get('/auth/two-factor?returnTo=/dashboard/apps')
  expect(page.html).toContain('Enter the code that your authenticator app shows')
  expect(page.html).not.toContain(portal.cookies.get(challengeCookie))

  const factorCode = codeAt(secret, Date.now())
  const passed = await portal.post('/auth/two-factor?returnTo=/dashboard/apps', { factorCode })
  expect(passed.status).toBe(303)
  expect(passed.headers.get('location')).toBe('/dashboard/apps')
  expect(portal.cookies.has(sessionCookie)).toBe(true)
  expect(portal.cookies.has(challengeCookie)).toBe(false)
  expect((await portal.get('/dashboard/apps')).status).toBe(200)
})

test('a wrong code is marked at its field and does not come back in the page; after five one logs in again', async () => {
  const someone = await world.developer()
  const secret = await authenticator(someone)
  const code = await recoveryCode(someone)
  const portal = await halfway(someone.email)
  const wrong = wrongCodeAt(secret, Date.now())
  const answer = await portal.post('/auth/two-factor', { factorCode: wrong })
  const html = await answer.text()
  expect(answer.status).toBe(401)
  expect(html).toContain('This code is not right.')
  expect(html).toContain('aria-invalid="true"')
  expect(html).not.toContain(wrong)
  const typo = `${code.slice(0, -1)}${code.endsWith('2') ? '3' : '2'}`
  expect(await (await portal.post('/auth/two-factor', { factorCode: typo })).text()).not.toContain(typo)
  expect((await portal.post('/auth/two-factor', {})).status).toBe(401)
  for (let n = 0; n < 2; n += 1) await portal.post('/auth/two-factor', { factorCode: wrong })
  const over = await portal.post('/auth/two-factor', { factorCode: codeAt(secret, Date.now()) })
  expect(over.headers.get('location')).toBe('/auth/login')
  expect(portal.notice()).toBe('That took too long or too many tries. Log in again.')
  expect(portal.cookies.has(challengeCookie)).toBe(false)
  expect(await db.select().from(sessions).where(eq(sessions.userId, someone.userId))).toEqual([])
})

test('a recovery code lets in once', async () => {
  const someone = await world.developer()
  await authenticator(someone)
  const factorCode = await recoveryCode(someone)
  const portal = await halfway(someone.email)
  expect((await portal.get('/auth/two-factor')).html).toContain('Use a recovery code')
  expect((await portal.get('/auth/two-factor?with=recovery')).html).toContain('Recovery code')
  expect((await portal.post('/auth/two-factor', { factorCode })).headers.get('location')).toBe('/catalogs')
  const again = await halfway(someone.email)
  expect((await again.post('/auth/two-factor', { factorCode })).status).toBe(401)
})

test('the page for the second factor is nothing to somebody who gave no password, and no way around it', async () => {
  const portal = new Portal()
  expect((await portal.request('/auth/two-factor?returnTo=/cart')).headers.get('location')).toBe(
    '/auth/login?returnTo=%2Fcart',
  )
  const someone = await world.developer()
  await authenticator(someone)
  const waiting = await halfway(someone.email)
  expect((await waiting.request('/dashboard/profile')).headers.get('location')).toContain('/auth/login')
  const token = waiting.cookies.get(challengeCookie) ?? ''
  waiting.cookies.set(sessionCookie, token)
  expect((await waiting.request('/dashboard/profile')).headers.get('location')).toContain('/auth/login')
})

test('v5.0.0-7.6.2: reading any page of the log-in opens no session', async () => {
  const someone = await world.developer()
  await authenticator(someone)
  const portal = await halfway(someone.email)
  for (const path of ['/auth/two-factor', '/auth/two-factor?with=recovery', '/auth/login', '/auth/reset']) {
    const response = await portal.request(path)
    expect(response.headers.getSetCookie().join()).not.toContain(sessionCookie)
  }
  expect(await db.select().from(sessions).where(eq(sessions.userId, someone.userId))).toEqual([])
})

test('an app is set up on the profile: password, QR code and key, a right code, recovery codes in that answer only', async () => {
  const someone = await world.developer()
  const portal = await signedIn(someone)
  expect((await portal.get(dashboard.profile)).html).toContain('Turn on')
  const begin = await portal.post(dashboard.addAuthenticator, { currentPassword: password })
  expect(begin.headers.get('location')).toBe(dashboard.confirmAuthenticator)
  const { html, response } = await portal.get(dashboard.confirmAuthenticator)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(html).toContain('<svg role="img" aria-label="QR code for your authenticator app"')
  const key = /<code>((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})<\/code>/.exec(html)?.[1] ?? ''
  const secret = key.replaceAll(' ', '')
  const wrong = await portal.post(dashboard.confirmAuthenticator, {
    factorCode: wrongCodeAt(secret, Date.now()),
  })
  expect(wrong.status).toBe(401)
  const answer = await portal.post(dashboard.confirmAuthenticator, {
    factorCode: codeAt(secret, Date.now()),
  })
  const page = await answer.text()
  expect(page.match(/([0-9a-z]{6}-){3}[0-9a-z]{6}\n/g)?.length).toBeGreaterThanOrEqual(9)
  expect(page).toContain('download="recovery-codes.txt"')
  const after = (await portal.get(dashboard.confirmAuthenticator)).html
  expect(after).toContain('There is no QR code that waits for you')
  for (const path of [dashboard.twoFactor, dashboard.profile, '/dashboard/profile/data']) {
    const shown = (await portal.get(path)).html
    expect(shown).not.toMatch(/([0-9a-z]{6}-){3}[0-9a-z]{6}/)
    expect(shown).not.toContain(secret)
    expect(shown).not.toContain(key)
  }
})

test('an admin without a second factor, where one is required, reaches nothing but enrolment and log-out', async () => {
  await world.setSettings({ requireAdminTwoFactor: true })
  const admin = await world.admin()
  const portal = await signedIn(admin)
  const closed = [
    '/',
    '/catalogs',
    '/admin',
    '/admin/users',
    '/admin/settings/general',
    '/dashboard/profile',
    '/dashboard/profile/email',
    '/auth/change-password',
    dashboard.recoveryCodes,
  ]
  for (const path of closed) {
    expect((await portal.request(path)).headers.get('location'), path).toBe(dashboard.twoFactor)
    expect((await portal.post(path)).headers.get('location') ?? '', `post ${path}`).toMatch(
      path === '/' || path === '/catalogs' || path === '/admin' || path === '/admin/users'
        ? /^$/
        : /two-factor$/,
    )
  }
  expect((await portal.get(dashboard.twoFactor)).html).toContain(
    'Admins of this portal need two-factor authentication',
  )
  await portal.post(dashboard.addAuthenticator, { currentPassword: password })
  const key = /<code>((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})<\/code>/.exec(
    (await portal.get(dashboard.confirmAuthenticator)).html,
  )?.[1]
  const answer = await portal.post(dashboard.confirmAuthenticator, {
    factorCode: codeAt(key?.replaceAll(' ', '') ?? '', Date.now()),
  })
  expect(await answer.text()).toContain('recovery-codes.txt')
  expect((await portal.get('/admin')).status).toBe(200)
})

test('such an admin can log out, changes a password first that must be changed, and developers notice nothing', async () => {
  await world.setSettings({ requireAdminTwoFactor: true })
  const portal = await signedIn(await world.admin())
  expect((await portal.post('/auth/logout')).headers.get('location')).toBe('/')
  expect(portal.cookies.has(sessionCookie)).toBe(false)
  const flagged = await signedIn(await world.admin({ mustChangePassword: true }))
  expect((await flagged.request(dashboard.twoFactor)).headers.get('location')).toBe('/auth/change-password')
  expect((await flagged.request('/auth/change-password')).status).toBe(200)
  const developer = await signedIn(await world.developer())
  expect((await developer.request('/dashboard/apps')).status).toBe(200)
})

test('v5.0.0-6.4.3: a reset of the password logs nobody in and leaves the second factor in force', async () => {
  const someone = await world.developer()
  await authenticator(someone)
  const { contextFor } = await import('~test/support/context')
  const ctx = contextFor({ type: 'visitor' as const })
  const token = await ctx.tokens.issue(
    'password_reset',
    { userId: someone.userId, version: 0, expiresAt: Date.now() + 60_000 },
    60,
  )
  const portal = new Portal()
  await portal.request(`/auth/reset/code?token=${token}`)
  const next = 'violet lanterns over water'
  const reset = await portal.post(`/auth/reset/code?token=${token}`, {
    password: next,
    passwordAgain: next,
    redemptionId: 'a-redemption',
    token,
  })
  expect(reset.headers.getSetCookie().join()).not.toContain(sessionCookie)
  const login = await portal.post('/auth/login', { email: someone.email, password: next })
  expect(login.headers.get('location')).toBe('/auth/two-factor')
  expect(portal.cookies.has(sessionCookie)).toBe(false)
})

test('an admin resets the second factor of somebody on a page of its own, and is sent away from the own account', async () => {
  const admin = await world.admin()
  const someone = await world.developer()
  await authenticator(someone)
  const portal = await signedIn(admin)
  expect((await portal.get(paths.admin.user(someone.userId))).html).toContain('Reset two-factor')
  expect((await portal.get(paths.admin.resetTwoFactor(someone.userId))).html).toContain(
    'Make sure that it is',
  )
  const done = await portal.post(paths.admin.resetTwoFactor(someone.userId))
  expect(done.headers.get('location')).toBe(paths.admin.user(someone.userId))
  expect(portal.notice()).toContain('are removed')
  const own = await portal.post(paths.admin.resetTwoFactor(admin.userId))
  expect(own.headers.get('location')).toBe(dashboard.twoFactor)
  expect((await portal.request(paths.admin.resetTwoFactor('usr_nobody'))).status).toBe(404)
  expect((await portal.post(paths.admin.resetTwoFactor('usr_nobody'))).status).toBe(404)
})
