// OWASP ASVS 5.0, chapter V7 (sessions), levels 1 and 2. docs/security.md leads from each requirement to its test.
import * as build from 'virtual:remix/server-build'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import { newSessionToken } from '~/domain/accounts/session-token'
import { loadViewer } from '~/domain/accounts/viewer.server'
import { sessionCookie } from '~/platform/cookies'
import { sha256Hex } from '~/platform/encoding'
import { emailChanges, sessions, settings, users } from '~db/schema'
import { freshPassword, newAddress, openPortal } from '~test/support/attacks'
import { contextFor, db, visitor } from '~test/support/context'
import { credential } from '~test/support/credentials'
import { Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

beforeEach(openPortal)

const documents = import.meta.glob<string>('/docs/*.md', { query: '?raw', import: 'default', eager: true })
const sources = import.meta.glob<string>('/app/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
})

async function opens(cookie: string): Promise<boolean> {
  const portal = new Portal()
  portal.cookies.set(sessionCookie, cookie)
  const response = await portal.request('/dashboard/profile')
  await response.body?.cancel()
  return response.status === 200
}

async function logIn(email: string, portal = new Portal()): Promise<string> {
  const response = await portal.post(
    '/auth/login',
    { email, password: world.password },
    { 'cf-connecting-ip': newAddress() },
  )
  expect(response.status).toBe(303)
  return portal.cookies.get(sessionCookie) ?? ''
}

const alive = async (token: string, at: number) =>
  (await loadViewer(db, await sha256Hex(token), at)).actor.type !== 'visitor'

test('v5.0.0-7.1.1: idle and absolute lifetimes are documented as they are set in a new portal', async () => {
  const [row] = await db.select().from(settings)
  expect(row).toMatchObject({
    adminIdleSeconds: 3600,
    developerIdleSeconds: 7 * 86_400,
    sessionLifetimeSeconds: 30 * 86_400,
  })
  expect(documents['/docs/security.md']).toMatch(/1 hour[^.]*7 days[^.]*30 days/)
})

test('v5.0.0-7.2.1: a forged, changed or shortened session cookie opens nothing', async () => {
  const token = await world.session((await world.developer()).userId)
  expect(await opens(token)).toBe(true)
  const [row] = await db
    .select()
    .from(sessions)
    .where(eq(sessions.tokenHash, await sha256Hex(token)))
  const changed = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
  for (const cookie of [
    changed,
    token.slice(0, -1),
    `${token}A`,
    token.toUpperCase(),
    '',
    'null',
    row?.tokenHash ?? '',
    row?.id ?? '',
    'A'.repeat(43),
  ])
    expect(await opens(cookie), cookie).toBe(false)
})

test('v5.0.0-7.2.2: each login gets a token of its own, and no static key works in its place', async () => {
  const person = await world.developer()
  const first = await logIn(person.email)
  const second = await logIn(person.email)
  expect(first).not.toBe(second)
  const granted = await credential({ owner: person })
  expect(await opens(granted.key)).toBe(false)
})

test('v5.0.0-7.2.3: a token is 256 random bits, of which the database holds the hash', async () => {
  const tokens = new Set(Array.from({ length: 1000 }, newSessionToken))
  expect(tokens.size).toBe(1000)
  for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/)
  const bits = [...tokens].map((token) => atob(token.replaceAll('-', '+').replaceAll('_', '/')))
  for (const bytes of bits) expect(bytes.length).toBe(32)
  const text = sources['/app/domain/accounts/session-token.ts'] ?? ''
  expect(text).toContain('crypto.getRandomValues(new Uint8Array(32))')
  expect(text).not.toMatch(/randomUUID|Math\.random/)
})

test('v5.0.0-7.2.4: logging in, and logging in again, gives a new token and ends the one that came along', async () => {
  const person = await world.developer()
  const portal = new Portal()
  portal.cookies.set(sessionCookie, 'A'.repeat(43))
  const first = await logIn(person.email, portal)
  const second = await logIn(person.email, portal)
  expect(new Set(['A'.repeat(43), first, second]).size).toBe(3)
  expect([await opens(first), await opens(second)]).toEqual([false, true])
})

test('v5.0.0-7.3.1: a session that nobody uses ends after its idle time, an admin’s sooner', async () => {
  const now = Date.now()
  for (const [user, idle] of [
    [await world.developer(), 7 * 86_400],
    [await world.admin(), 3600],
  ] as const) {
    const token = await logIn(user.email)
    const [row] = await db.select().from(sessions).where(eq(sessions.userId, user.userId))
    expect(row?.idleSeconds).toBe(idle)
    const seen = row?.lastSeenAt ?? now
    expect(await alive(token, seen + idle * 1000 - 1000)).toBe(true)
    // It was just seen: the idle time begins anew, and ends a second late.
    expect(await alive(token, seen + 2 * idle * 1000 - 2000)).toBe(true)
    expect(await alive(token, seen + 4 * idle * 1000)).toBe(false)
  }
})

test('v5.0.0-7.3.2: a session in use all the time ends at its absolute lifetime', async () => {
  const admin = await world.admin()
  const now = Date.now()
  const lifetime = 12 * 3_600_000
  const token = await world.session(admin.userId, {
    createdAt: now,
    lastSeenAt: now,
    expiresAt: now + lifetime,
  })
  for (let at = now; at < now + lifetime; at += 20 * 60_000) expect(await alive(token, at)).toBe(true)
  expect(await alive(token, now + lifetime - 1)).toBe(true)
  expect(await alive(token, now + lifetime)).toBe(false)
  expect(await alive(token, now + lifetime + 1000)).toBe(false)
})

test('v5.0.0-7.4.1: logging out ends the session in the database: the copied cookie is refused at once', async () => {
  const person = await world.developer()
  const portal = new Portal()
  const token = await logIn(person.email, portal)
  const other = await logIn(person.email)
  expect(await opens(token)).toBe(true)
  await portal.post('/auth/logout')
  expect([await opens(token), await opens(other)]).toEqual([false, true])
})

test('v5.0.0-7.4.2: a closed or deleted account has no session any more', async () => {
  const admin = await signedIn(await world.admin())
  for (const act of ['deactivate', 'delete']) {
    const person = await world.developer()
    const token = await world.session(person.userId)
    expect(await opens(token)).toBe(true)
    const done = await admin.post(`/admin/users/${person.userId}/${act}`, {
      reason: '',
      confirmation: person.email,
    })
    expect(done.status, act).toBe(303)
    expect(await opens(token), act).toBe(false)
    expect(await db.select().from(sessions).where(eq(sessions.userId, person.userId))).toEqual([])
  }
})

test('v5.0.0-7.4.3: a changed password ends the other sessions, a reset ends all', async () => {
  const person = await world.developer()
  const [own, two, three] = [await logIn(person.email), await logIn(person.email), await logIn(person.email)]
  const portal = new Portal()
  portal.cookies.set(sessionCookie, own)
  const form = { currentPassword: world.password, password: freshPassword, passwordAgain: freshPassword }
  expect((await portal.post('/auth/change-password', form)).status).toBe(303)
  expect([await opens(own), await opens(two), await opens(three)]).toEqual([true, false, false])
  const ctx = contextFor(visitor)
  const [row] = await db.select().from(users).where(eq(users.id, person.userId))
  const payload = { userId: person.userId, version: row?.resetVersion ?? 0, expiresAt: ctx.now + 86_400_000 }
  const mailbox = new Portal()
  await mailbox.request(`/auth/reset/code?token=${await ctx.tokens.issue('password_reset', payload, 86_400)}`)
  const again = {
    redemptionId: crypto.randomUUID(),
    password: 'another 99 kites',
    passwordAgain: 'another 99 kites',
  }
  expect((await mailbox.post('/auth/reset/code', again)).status).toBe(303)
  expect(await opens(own)).toBe(false)
})

const routes = Object.values(build.routes).flatMap((route) => (route ? [route] : []))

test('v5.0.0-7.4.4: every page of who is signed in offers to log out', async () => {
  const address = (route: { path?: string | undefined; parentId?: string | undefined }): string => {
    const parent = routes.find((other) => other.id === route.parentId)
    return `${parent ? address(parent) : ''}${route.path ? `/${route.path}` : ''}`
  }
  const paths = routes
    .filter((route) => route.module.default && !/root|layout|^routes\/dev\//.test(route.id))
    .map((route) => address(route) || '/')
    .filter((path) => !path.includes(':') && !/^\/(auth|setup|unsubscribe)/.test(path))
  expect(paths.length).toBeGreaterThan(12)
  for (const user of [await world.developer(), await world.admin()]) {
    const portal = await signedIn(user)
    for (const path of paths) {
      const response = await portal.request(path)
      if (response.status !== 200) continue
      expect(await response.text(), path).toContain('action="/auth/logout"')
    }
  }
})

test('v5.0.0-7.4.5: an admin ends the sessions of one user, and of all when an account is closed', async () => {
  const person = await world.developer()
  const tokens = [await world.session(person.userId), await world.session(person.userId)]
  const bystander = await world.session((await world.developer()).userId)
  const admin = await signedIn(await world.admin())
  expect((await admin.post(`/admin/users/${person.userId}/end-sessions`)).status).toBe(303)
  for (const token of tokens) expect(await opens(token)).toBe(false)
  expect(await opens(bystander)).toBe(true)
})

test('v5.0.0-7.5.1: the address is not changed, nor the account deleted, without the password', async () => {
  const person = await world.developer()
  const portal = await signedIn(person)
  const email = `new-${crypto.randomUUID().slice(0, 8)}@people.example`
  for (const currentPassword of ['', 'not the password 1']) {
    expect((await portal.post('/dashboard/profile/email', { email, currentPassword })).status).toBe(422)
    expect(
      (await portal.post('/dashboard/profile/delete', { confirmation: person.email, currentPassword }))
        .status,
    ).toBe(422)
  }
  expect(await db.select().from(emailChanges).where(eq(emailChanges.userId, person.userId))).toEqual([])
  const [row] = await db.select().from(users).where(eq(users.id, person.userId))
  expect(row).toMatchObject({ email: person.email, state: 'active' })
  expect(
    (await portal.post('/dashboard/profile/email', { email, currentPassword: world.password })).status,
  ).toBe(303)
})

test('v5.0.0-7.5.2: users see their sessions and end one or all others', async () => {
  const person = await world.developer()
  const portal = await signedIn(person)
  const two = await world.session(person.userId, {
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  })
  const three = await world.session(person.userId)
  const { html } = await portal.get('/dashboard/profile')
  expect(html).toContain('Firefox on Linux')
  for (const token of [two, three]) expect(html).not.toContain(token)
  const [row] = await db
    .select()
    .from(sessions)
    .where(eq(sessions.tokenHash, await sha256Hex(two)))
  expect((await portal.post(`/dashboard/profile/sessions/${row?.id}/end`)).status).toBe(303)
  expect([await opens(two), await opens(three)]).toEqual([false, true])
  expect((await portal.post('/dashboard/profile/sessions/end-others')).status).toBe(303)
  expect(await opens(three)).toBe(false)
  expect((await portal.request('/dashboard/profile')).status).toBe(200)
})

test('v5.0.0-7.6.2: opening a mailed link, or using it, opens no session', async () => {
  const person = await world.developer({ row: { state: 'invited', passwordHash: null } })
  const ctx = contextFor(visitor)
  const payload = { userId: person.userId, version: 0, expiresAt: ctx.now + 86_400_000, email: person.email }
  for (const [purpose, path] of [
    ['password_reset', '/auth/reset/code'],
    ['invitation', '/auth/invite'],
    ['email_verification', '/auth/verify'],
    ['email_change', '/auth/confirm-email'],
  ] as const) {
    const token = await ctx.tokens.issue(purpose, payload, 86_400)
    const portal = new Portal()
    await portal.get(`${path}?token=${token}`)
    await portal.get(path)
    await portal.post(path, {
      redemptionId: crypto.randomUUID(),
      password: freshPassword,
      passwordAgain: freshPassword,
    })
    expect(portal.cookies.has(sessionCookie), path).toBe(false)
  }
  const opening = Object.keys(sources).filter(
    (file) => /sessionCookieHeader\(/.test(sources[file] ?? '') && !file.endsWith('/cookies.ts'),
  )
  for (const file of opening) {
    const loader = /export async function loader[\s\S]*?\n}\n/.exec(sources[file] ?? '')?.[0] ?? ''
    expect(loader, file).not.toContain('sessionCookieHeader')
  }
  expect(await db.select().from(sessions).where(eq(sessions.userId, person.userId))).toEqual([])
})
