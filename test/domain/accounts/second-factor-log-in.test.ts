import { and, eq } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import { deleteExpiredSessions } from '~/domain/accounts/delete-expired-sessions.server'
import { logIn } from '~/domain/accounts/log-in.server'
import { findChallenge } from '~/domain/accounts/login-challenge.server'
import { passSecondFactor } from '~/domain/accounts/pass-second-factor.server'
import { type Id, newId } from '~/domain/kernel/ids'
import { sha256Hex } from '~/platform/encoding'
import { events, loginChallenges, recoveryCodes, sessions, users } from '~db/schema'
import { contextFor, db, system, visitor } from '~test/support/context'
import { authenticator, codeAt, recoveryCode, wrongCodeAt } from '~test/support/second-factors'
import * as world from '~test/support/world'
import { quickHash, quickPasswords } from './quick-passwords'

vi.setConfig({ testTimeout: 120_000 })

const { password } = world
let nextIp = 1

/** From an address of its own, so that no limit of another test is met. */
function visit(now: number) {
  nextIp += 1
  const ctx = contextFor(visitor, now)
  return {
    ...ctx,
    passwords: quickPasswords,
    source: { ...ctx.source, ip: `198.18.${nextIp >> 8}.${nextIp & 255}` },
  }
}

async function person() {
  const someone = await world.developer()
  await db
    .update(users)
    .set({ passwordHash: await quickHash(password) })
    .where(eq(users.id, someone.userId))
  return { ...someone, secret: await authenticator(someone) }
}

/** The token of the step after the right password. */
async function challengeOf(someone: { email: string }, ctx: ReturnType<typeof visit>): Promise<string> {
  const result = await logIn(ctx, { email: someone.email, password })
  if (!result.ok || !('challengeToken' in result.value)) throw new Error('no challenge')
  return result.value.challengeToken
}

async function sessionsOf(userId: Id<'usr'>) {
  return db.select().from(sessions).where(eq(sessions.userId, userId))
}

beforeEach(() =>
  world.setSettings({ signInEnabled: true, visibility: 'public', requireEmailVerification: false }),
)

test('v5.0.0-6.3.3: with two-factor on, the right password alone opens no session; with a code it does, and the session says so', async () => {
  const someone = await person()
  const now = Date.now()
  const ctx = visit(now)
  const token = await challengeOf(someone, ctx)
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(await sessionsOf(someone.userId)).toEqual([])
  const [row] = await db.select().from(loginChallenges).where(eq(loginChallenges.userId, someone.userId))
  expect(row).toMatchObject({ tokenHash: await sha256Hex(token), purpose: 'second_factor' })

  const passed = await passSecondFactor(ctx, token, { factorCode: codeAt(someone.secret, now) })
  expect(passed).toMatchObject({ ok: true, value: { role: 'developer' } })
  expect(await sessionsOf(someone.userId)).toMatchObject([{ secondFactorAt: now, authenticatedAt: now }])
  const [event] = await db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, someone.userId), eq(events.type, 'user.logged_in')))
  expect(event?.data).toMatchObject({ factor: 'authenticator app' })
})

test('a wrong password of an account with two-factor gets the answer of any wrong password', async () => {
  const someone = await person()
  const plain = await world.developer()
  const answers = [
    await logIn(visit(Date.now()), { email: someone.email, password: 'wrong' }),
    await logIn(visit(Date.now()), { email: plain.email, password: 'wrong' }),
  ]
  expect(answers[0]).toEqual(answers[1])
  expect(await db.select().from(loginChallenges).where(eq(loginChallenges.userId, someone.userId))).toEqual(
    [],
  )
})

test('a wrong code is told so and opens nothing; after five the challenge is over and the password is asked for again', async () => {
  const someone = await person()
  const now = Date.now()
  const ctx = visit(now)
  const token = await challengeOf(someone, ctx)
  const wrong = wrongCodeAt(someone.secret, now)
  for (let n = 0; n < 5; n += 1) {
    expect(await passSecondFactor(ctx, token, { factorCode: wrong })).toMatchObject({
      ok: false,
      error: { code: 'wrong_credentials', fields: { factorCode: [expect.stringContaining('not right')] } },
    })
  }
  expect(await findChallenge(ctx, token)).toBeNull()
  expect(await passSecondFactor(ctx, token, { factorCode: codeAt(someone.secret, now) })).toMatchObject({
    error: { code: 'token_invalid' },
  })
  expect(await sessionsOf(someone.userId)).toEqual([])
})

test('v5.0.0-6.5.1: a code that opened a session opens no second one, not even in a challenge of its own', async () => {
  const someone = await person()
  const now = Date.now()
  const factorCode = codeAt(someone.secret, now)
  const first = visit(now)
  expect(await passSecondFactor(first, await challengeOf(someone, first), { factorCode })).toMatchObject({
    ok: true,
  })
  const second = visit(now)
  expect(await passSecondFactor(second, await challengeOf(someone, second), { factorCode })).toMatchObject({
    error: { code: 'wrong_credentials', fields: { factorCode: [expect.stringContaining('has been used')] } },
  })
  const next = visit(now + 30_000)
  expect(
    await passSecondFactor(next, await challengeOf(someone, next), {
      factorCode: codeAt(someone.secret, now + 30_000),
    }),
  ).toMatchObject({ ok: true })
})

test('v5.0.0-6.5.1: of forty who show one code at once, each after the right password, exactly one gets in', async () => {
  const someone = await person()
  const now = Date.now()
  const tokens = await fortyChallenges(someone.userId, now)
  const factorCode = codeAt(someone.secret, now)
  const answers = await Promise.all(
    tokens.map(({ ctx, token }) => passSecondFactor(ctx, token, { factorCode })),
  )
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  expect(await sessionsOf(someone.userId)).toHaveLength(1)
})

test('v5.0.0-6.5.1: of forty who show one recovery code at once exactly one gets in, and it never works again', async () => {
  const someone = await person()
  const code = await recoveryCode(someone)
  const now = Date.now()
  const tokens = await fortyChallenges(someone.userId, now)
  const answers = await Promise.all(
    tokens.map(({ ctx, token }) => passSecondFactor(ctx, token, { factorCode: code.toUpperCase() })),
  )
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  expect(await sessionsOf(someone.userId)).toHaveLength(1)
  const [row] = await db.select().from(recoveryCodes).where(eq(recoveryCodes.userId, someone.userId))
  expect(row?.usedAt).toBe(now)
  const later = visit(now)
  expect(
    await passSecondFactor(later, await challengeOf(someone, later), { factorCode: code }),
  ).toMatchObject({ error: { fields: { factorCode: [expect.stringContaining('has been used')] } } })
})

test('v5.0.0-6.5.5: a code is taken in its thirty seconds and ten around them, and a challenge for ten minutes', async () => {
  const someone = await person()
  const begin = Math.ceil(Date.now() / 30_000) * 30_000
  const code = codeAt(someone.secret, begin)
  for (const at of [begin - 10_001, begin + 40_000]) {
    const ctx = visit(at)
    expect(await passSecondFactor(ctx, await challengeOf(someone, ctx), { factorCode: code })).toMatchObject({
      error: { code: 'wrong_credentials' },
    })
  }
  const ctx = visit(begin)
  const token = await challengeOf(someone, ctx)
  expect(
    await passSecondFactor({ ...ctx, now: begin + 600_000 }, token, {
      factorCode: codeAt(someone.secret, begin + 600_000),
    }),
  ).toMatchObject({ error: { code: 'token_invalid' } })
  const inTime = visit(begin + 39_000)
  expect(
    await passSecondFactor(inTime, await challengeOf(someone, inTime), { factorCode: code }),
  ).toMatchObject({ ok: true })
  await deleteExpiredSessions(contextFor(system, begin + 1_300_000))
  expect(await db.select().from(loginChallenges).where(eq(loginChallenges.userId, someone.userId))).toEqual(
    [],
  )
})

test('a challenge dies when the password changes, when the account is closed, and is nobody else’s', async () => {
  const someone = await person()
  const now = Date.now()
  const ctx = visit(now)
  const factorCode = codeAt(someone.secret, now)
  const token = await challengeOf(someone, ctx)
  await db
    .update(users)
    .set({ passwordHash: await quickHash('another one entirely') })
    .where(eq(users.id, someone.userId))
  expect(await passSecondFactor(ctx, token, { factorCode })).toMatchObject({
    error: { code: 'token_invalid' },
  })
  await db
    .update(users)
    .set({ passwordHash: await quickHash(password) })
    .where(eq(users.id, someone.userId))
  const again = await challengeOf(someone, ctx)
  await db.update(users).set({ state: 'deactivated' }).where(eq(users.id, someone.userId))
  expect(await passSecondFactor(ctx, again, { factorCode })).toMatchObject({
    error: { code: 'wrong_credentials' },
  })
  const other = await person()
  const theirs = await challengeOf(other, ctx)
  expect(await passSecondFactor(ctx, theirs, { factorCode })).toMatchObject({ ok: false })
  expect(await passSecondFactor(ctx, null, { factorCode })).toMatchObject({
    error: { code: 'token_invalid' },
  })
  expect(await sessionsOf(someone.userId)).toEqual([])
})

test('v5.0.0-6.6.3: whoever has the password cannot guess codes on: twenty in a quarter of an hour from anywhere, with however many log-ins', async () => {
  const someone = await person()
  const now = Date.now()
  const factorCode = wrongCodeAt(someone.secret, now)
  const codes: string[] = []
  for (let n = 0; n < 25; n += 1) {
    const ctx = visit(now)
    const answer = await passSecondFactor(ctx, await challengeOf(someone, ctx), { factorCode })
    codes.push(answer.ok ? 'in' : answer.error.code)
  }
  expect(codes.filter((code) => code === 'wrong_credentials')).toHaveLength(20)
  expect(codes.slice(20)).toEqual(Array(5).fill('too_many_attempts'))
  // The right password does not clear what it was counted for.
  const stranger = visit(now)
  expect(
    await passSecondFactor(stranger, await challengeOf(someone, stranger), {
      factorCode: codeAt(someone.secret, now),
    }),
  ).toMatchObject({ error: { code: 'too_many_attempts', retryAfterSeconds: 900 } })
  // A recovery code cannot be guessed, so it is the owner.
  const code = await recoveryCode(someone)
  expect(
    await passSecondFactor(stranger, await challengeOf(someone, stranger), { factorCode: code }),
  ).toMatchObject({ ok: true })
})

test('the tries of the password stay counted until the second factor is shown', async () => {
  const someone = await person()
  const now = Date.now()
  const ctx = visit(now)
  for (let n = 0; n < 10; n += 1) await challengeOf(someone, ctx)
  expect(await logIn(ctx, { email: someone.email, password })).toMatchObject({
    error: { code: 'too_many_attempts' },
  })
  const home = visit(now)
  for (let n = 0; n < 12; n += 1) {
    const at = now + n * 30_000
    const there = { ...home, now: at }
    const token = await challengeOf(someone, there)
    expect(await passSecondFactor(there, token, { factorCode: codeAt(someone.secret, at) })).toMatchObject({
      ok: true,
    })
  }
})

/** Forty challenges, each from an address that the account knows: no limit decides between them. */
async function fortyChallenges(userId: Id<'usr'>, now: number) {
  const [row] = await db.select({ hash: users.passwordHash }).from(users).where(eq(users.id, userId))
  return Promise.all(
    Array.from({ length: 40 }, async () => {
      const token = crypto.randomUUID()
      await db.insert(loginChallenges).values({
        tokenHash: await sha256Hex(token),
        purpose: 'second_factor',
        userId,
        passwordHash: row?.hash ?? null,
        expiresAt: now + 60_000,
        createdAt: now,
      })
      const ctx = visit(now)
      await db.insert(events).values({
        id: newId('evt', now),
        type: 'user.logged_in',
        actorType: 'developer',
        actorLabel: 'Robin',
        subjectType: 'user',
        subjectId: userId,
        data: {},
        requestId: 'test',
        ip: ctx.source.ip,
        createdAt: now,
      })
      return { ctx, token }
    }),
  )
}
