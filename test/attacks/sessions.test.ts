// Sessions end when they must: after a reset, a closed account, a demotion, a login; and time ends them too.
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import { sessionCookie } from '~/platform/cookies'
import { sessions, users } from '~db/schema'
import { freshPassword, newAddress, openPortal } from '~test/support/attacks'
import { contextFor, db, visitor } from '~test/support/context'
import { credential } from '~test/support/credentials'
import { Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

beforeEach(openPortal)

async function opens(portal: Portal, path = '/dashboard/profile'): Promise<boolean> {
  const response = await portal.request(path)
  await response.body?.cancel()
  return response.status === 200
}

async function three(user: { userId: `usr_${string}` }) {
  return [await signedIn(user), await signedIn(user), await signedIn(user)]
}

test('a reset ends all three sessions at once', async () => {
  const person = await world.developer()
  const portals = await three(person)
  const ctx = contextFor(visitor)
  const token = await ctx.tokens.issue(
    'password_reset',
    { userId: person.userId, version: 0, expiresAt: ctx.now + 86_400_000 },
    86_400,
  )
  const mailbox = new Portal()
  await mailbox.request(`/auth/reset/code?token=${token}`)
  const done = await mailbox.post('/auth/reset/code', {
    redemptionId: crypto.randomUUID(),
    password: freshPassword,
    passwordAgain: freshPassword,
  })
  expect(done.status).toBe(303)
  // Who reset is not logged in by it.
  expect(mailbox.cookies.has(sessionCookie)).toBe(false)
  for (const portal of portals) expect(await opens(portal)).toBe(false)
})

test('closing an account ends all three sessions and the keys of its personal apps on the next call', async () => {
  const person = await world.developer()
  const granted = await credential({ owner: person })
  const gateway = () =>
    new Portal().request(`${granted.base}/ping`, { headers: { 'x-api-key': granted.key } })
  expect((await gateway()).status).toBe(200)
  const portals = await three(person)
  for (const portal of portals) expect(await opens(portal)).toBe(true)
  const admin = await signedIn(await world.admin())
  expect((await admin.post(`/admin/users/${person.userId}/deactivate`, { reason: 'gone' })).status).toBe(303)
  for (const portal of portals) expect(await opens(portal)).toBe(false)
  expect((await gateway()).status).toBe(403)
})

test('who is demoted loses the pages of the role on the next request, in every session', async () => {
  const admin = await world.admin()
  const portals = await three(admin)
  for (const portal of portals) expect(await opens(portal, '/admin/users')).toBe(true)
  await db
    .update(users)
    .set({ role: 'developer', organizationId: 'org_default', orgRole: 'team_member' })
    .where(eq(users.id, admin.userId))
  for (const portal of portals) expect((await portal.request('/admin/users')).status).toBe(404)
})

test.each([
  ['of somebody else', async () => world.session((await world.developer()).userId)],
  ['that was never given out', async () => 'A'.repeat(43)],
  ['of nonsense', async () => 'attacker'],
  ['that is empty', async () => ''],
])('a session cookie %s that was planted before is worth nothing after the login', async (_name, plant) => {
  const person = await world.developer()
  const planted = await plant()
  const portal = new Portal()
  portal.cookies.set(sessionCookie, planted)
  const response = await portal.post(
    '/auth/login',
    { email: person.email, password: world.password },
    { 'cf-connecting-ip': newAddress() },
  )
  expect(response.status).toBe(303)
  const own = portal.cookies.get(sessionCookie)
  expect(own).toMatch(/^[\w-]{43}$/)
  expect(own).not.toBe(planted)
  const thief = new Portal()
  thief.cookies.set(sessionCookie, planted)
  expect(await opens(thief)).toBe(false)
  expect(await opens(portal)).toBe(true)
})

test('of two cookies of that name the browser’s own host wins nothing: an unknown first one is a visitor', async () => {
  const person = await world.developer()
  const token = await world.session(person.userId)
  const portal = new Portal()
  const response = await portal.request('/dashboard/profile', {
    headers: { cookie: `${sessionCookie}=attacker; ${sessionCookie}=${token}` },
  })
  expect(response.status).toBe(303)
})

test('logging in again kills the session that one came with', async () => {
  const person = await world.developer()
  const portal = await signedIn(person)
  const before = portal.cookies.get(sessionCookie) ?? ''
  await portal.post(
    '/auth/login',
    { email: person.email, password: world.password },
    { 'cf-connecting-ip': newAddress() },
  )
  const thief = new Portal()
  thief.cookies.set(sessionCookie, before)
  expect(await opens(thief)).toBe(false)
  expect(await db.select().from(sessions).where(eq(sessions.userId, person.userId))).toHaveLength(1)
})
