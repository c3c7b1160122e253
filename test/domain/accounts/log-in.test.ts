import { and, eq } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import { logIn } from '~/domain/accounts/log-in.server'
import { logOut } from '~/domain/accounts/log-out.server'
import { loadViewer } from '~/domain/accounts/viewer.server'
import { sha256Hex } from '~/platform/encoding'
import { events, sessions, users } from '~db/schema'
import { contextFor, db, visitor } from '~test/support/context'
import * as world from '~test/support/world'
import { quickHash, quickPasswords } from './quick-passwords'

// Real password hashes take a tenth of a second each, more on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const { password } = world
let nextIp = 1

/** From an address of its own, so that no limit of another test is met. */
function visit(now = Date.now()) {
  nextIp += 1
  const ctx = contextFor(visitor, now)
  return { ...ctx, source: { ...ctx.source, ip: `198.51.${nextIp >> 8}.${nextIp & 255}` } }
}

function quick(ctx: ReturnType<typeof visit>) {
  return { ...ctx, passwords: quickPasswords }
}

const wrong = {
  ok: false,
  error: {
    code: 'wrong_credentials',
    message: 'The email address or the password is not right. Check both and try again.',
  },
}

beforeEach(() =>
  world.setSettings({ signInEnabled: true, visibility: 'public', requireEmailVerification: false }),
)

test('the right password opens a session that lives as the settings say, of which D1 knows only the hash', async () => {
  const person = await world.developer()
  const ctx = visit()
  const result = await logIn(ctx, { email: person.email.toUpperCase(), password })
  if (!result.ok || !('token' in result.value)) throw new Error('no session')
  const { token } = result.value
  expect(result.value).toEqual({
    token: expect.stringMatching(/^[\w-]{43}$/),
    maxAgeSeconds: 2_592_000,
    role: 'developer',
    mustChangePassword: false,
  })
  const [row] = await db
    .select()
    .from(sessions)
    .where(eq(sessions.tokenHash, await sha256Hex(token)))
  expect(row).toMatchObject({
    userId: person.userId,
    idleSeconds: 604_800,
    expiresAt: ctx.now + 2_592_000_000,
    userAgent: 'vitest',
  })
  const written = await db.select().from(events).where(eq(events.subjectId, person.userId))
  expect(written.map(({ type, actorType, actorId }) => ({ type, actorType, actorId }))).toEqual([
    { type: 'user.logged_in', actorType: 'developer', actorId: person.userId },
  ])
  expect(ctx.announced).toEqual([written[0]?.id])
  expect(JSON.stringify(written)).not.toContain(token)
})

test('an admin is idle for a shorter time', async () => {
  const admin = await world.admin()
  const result = await logIn(visit(), { email: admin.email, password })
  expect(result).toMatchObject({ ok: true, value: { role: 'admin' } })
  const [row] = await db.select().from(sessions).where(eq(sessions.userId, admin.userId))
  expect(row?.idleSeconds).toBe(3600)
})

test('unknown, wrong, invited, rejected and deactivated get one and the same answer', async () => {
  expect(await logIn(visit(), { email: 'nobody@people.example', password })).toEqual(wrong)
  const active = await world.developer()
  expect(await logIn(visit(), { email: active.email, password: `${password}!` })).toEqual(wrong)
  for (const state of ['invited', 'rejected', 'deactivated'] as const) {
    const person = await world.developer({ row: { state } })
    expect(await logIn(visit(), { email: person.email, password })).toEqual(wrong)
  }
  const pending = await world.developer({ row: { state: 'pending' } })
  expect(await logIn(visit(), { email: pending.email, password: 'wrong' })).toEqual(wrong)
  expect(await db.select().from(sessions).where(eq(sessions.userId, pending.userId))).toEqual([])
})

test('the password is taken as it is: no space is trimmed, no case is forgiven', async () => {
  const person = await world.developer()
  for (const variant of [`${password} `, ` ${password}`, password.toUpperCase(), password.slice(0, -1)]) {
    expect(await logIn(visit(), { email: person.email, password: variant })).toEqual(wrong)
  }
})

test('a pending developer with the right password is told that an admin still has to approve', async () => {
  const person = await world.developer({ row: { state: 'pending' } })
  expect(await logIn(visit(), { email: person.email, password })).toMatchObject({
    ok: false,
    error: { code: 'approval_pending' },
  })
  expect(await db.select().from(sessions).where(eq(sessions.userId, person.userId))).toEqual([])
})

test('while verification is required, an unverified developer with the right password is told so and gets the mail again', async () => {
  await world.setSettings({ requireEmailVerification: true })
  const person = await world.developer()
  for (let n = 0; n < 2; n += 1) {
    expect(await logIn(visit(), { email: person.email, password })).toMatchObject({
      error: { code: 'email_not_verified' },
    })
  }
  expect(await logIn(visit(), { email: person.email, password: 'wrong' })).toEqual(wrong)
  const written = await db.select().from(events).where(eq(events.subjectId, person.userId))
  expect(written.map((event) => event.type)).toEqual(['user.verification_requested'])
  const verified = await world.developer({ row: { emailVerifiedAt: 1 } })
  expect(await logIn(visit(), { email: verified.email, password })).toMatchObject({ ok: true })
})

test('with sign-in off, or the portal hidden, developers are told so and admins still get in', async () => {
  const person = await world.developer()
  const admin = await world.admin()
  for (const off of [{ signInEnabled: false }, { signInEnabled: true, visibility: 'hidden' as const }]) {
    await world.setSettings(off)
    expect(await logIn(visit(), { email: person.email, password })).toMatchObject({
      error: { code: 'sign_in_disabled', message: 'This portal is disabled' },
    })
    expect(await logIn(visit(), { email: person.email, password: 'wrong' })).toEqual(wrong)
    expect(await logIn(visit(), { email: admin.email, password })).toMatchObject({ ok: true })
  }
})

test('the session that came with the request ends when another one opens', async () => {
  const person = await world.developer()
  const planted = await world.session(person.userId)
  expect(await logIn(visit(), { email: person.email, password }, await sha256Hex(planted))).toMatchObject({
    ok: true,
  })
  const viewer = await loadViewer(db, await sha256Hex(planted), Date.now())
  expect(viewer.actor.type).toBe('visitor')
})

test('a hash of a lower cost is replaced at login', async () => {
  const { scryptSync } = await import('node:crypto')
  const salt = Buffer.alloc(16, 9)
  const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
  const old = `$scrypt$ln=10,r=8,p=1$${text(salt)}$${text(scryptSync(password, salt, 32, { N: 1024, r: 8, p: 1 }))}`
  const person = await world.developer({ row: { passwordHash: old } })
  expect(await logIn(visit(), { email: person.email, password })).toMatchObject({ ok: true })
  const [row] = await db.select({ hash: users.passwordHash }).from(users).where(eq(users.id, person.userId))
  expect(row?.hash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/)
  expect(await logIn(visit(), { email: person.email, password })).toMatchObject({ ok: true })
})

test('ten wrong passwords on one account from one address are enough; the owner gets in from elsewhere and after the window', async () => {
  const person = await world.developer()
  const now = Date.now()
  const stranger = visit(now)
  for (let n = 0; n < 10; n += 1)
    expect(await logIn(stranger, { email: person.email, password: 'wrong' })).toEqual(wrong)
  const refused = await logIn(stranger, { email: person.email, password })
  expect(refused).toMatchObject({ ok: false, error: { code: 'too_many_attempts', retryAfterSeconds: 900 } })
  expect(await logIn(visit(now), { email: person.email, password })).toMatchObject({ ok: true })
  // Refused tries do not lengthen the window.
  for (let n = 0; n < 5; n += 1)
    await logIn({ ...stranger, now: now + 800_000 }, { email: person.email, password: 'wrong' })
  expect(await logIn({ ...stranger, now: now + 900_001 }, { email: person.email, password })).toMatchObject({
    ok: true,
  })
})

test('many addresses together cannot guess one account on, nor keep its owner out of a known place', async () => {
  const person = await world.developer()
  const now = Date.now()
  await db
    .update(users)
    .set({ passwordHash: await quickHash(password) })
    .where(eq(users.id, person.userId))
  const home = quick(visit(now))
  expect(await logIn(home, { email: person.email, password })).toMatchObject({ ok: true })
  for (let n = 0; n < 30; n += 1) await logIn(quick(visit(now)), { email: person.email, password: 'wrong' })
  expect(await logIn(quick(visit(now)), { email: person.email, password })).toMatchObject({
    error: { code: 'too_many_attempts' },
  })
  expect(await logIn(home, { email: person.email, password })).toMatchObject({ ok: true })
})

test('one address cannot try one password on many accounts; its right logins do not count', async () => {
  const ctx = quick(visit())
  const person = await world.developer()
  for (let n = 0; n < 12; n += 1)
    expect(await logIn(ctx, { email: person.email, password })).toMatchObject({ ok: true })
  for (let n = 0; n < 100; n += 1) await logIn(ctx, { email: `spray-${n}@people.example`, password })
  expect(await logIn(ctx, { email: person.email, password })).toMatchObject({
    error: { code: 'too_many_attempts' },
  })
})

test('logging out ends that session at once, writes who did, and twice is no error', async () => {
  const person = await world.developer()
  const token = await world.session(person.userId)
  const other = await world.session(person.userId)
  const ctx = contextFor(person)
  const hash = await sha256Hex(token)
  await logOut(ctx, hash)
  await logOut(ctx, hash)
  expect((await loadViewer(db, hash, Date.now())).actor.type).toBe('visitor')
  expect((await loadViewer(db, await sha256Hex(other), Date.now())).actor.type).toBe('developer')
  const written = await db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, person.userId), eq(events.type, 'user.logged_out')))
  expect(written).toHaveLength(1)
})
