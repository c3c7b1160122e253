import { eq } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import { changePassword } from '~/domain/accounts/change-password.server'
import { logIn } from '~/domain/accounts/log-in.server'
import { requestPasswordReset } from '~/domain/accounts/request-password-reset.server'
import { checkResetLink, resetPassword } from '~/domain/accounts/reset-password.server'
import { verifyEmail } from '~/domain/accounts/verify-email.server'
import { events, sessions, users } from '~db/schema'
import { contextFor, db, visitor } from '~test/support/context'
import * as world from '~test/support/world'
import { quickPasswords } from './quick-passwords'

// Real password hashes take a tenth of a second each, more on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const fresh = 'kites over Oslo 7'

async function row(userId: `usr_${string}`) {
  const [user] = await db.select().from(users).where(eq(users.id, userId))
  if (!user) throw new Error('no such user')
  return user
}

/** What the mail consumer does: a token for the newest request. */
async function resetToken(userId: `usr_${string}`, now = Date.now()) {
  const { resetVersion } = await row(userId)
  return contextFor(visitor, now).tokens.issue(
    'password_reset',
    { userId, version: resetVersion, expiresAt: now + 86_400_000 },
    86_400,
  )
}

function redeem(token: string, changes: { password?: string; redemptionId?: string } = {}, now = Date.now()) {
  const password = changes.password ?? fresh
  return resetPassword(
    { ...contextFor(visitor, now), passwords: quickPasswords },
    { token, password, passwordAgain: password, redemptionId: changes.redemptionId ?? crypto.randomUUID() },
  )
}

async function typesOf(userId: string) {
  return (await db.select({ type: events.type }).from(events).where(eq(events.subjectId, userId))).map(
    (event) => event.type,
  )
}

beforeEach(() =>
  world.setSettings({
    signInEnabled: true,
    visibility: 'public',
    requireEmailVerification: false,
    passwordMinLength: 12,
  }),
)

test('asking for a reset answers the same for everybody, and only an active account gets a link', async () => {
  const active = await world.developer()
  const waiting = await world.developer({ row: { state: 'pending' } })
  for (const email of [active.email.toUpperCase(), waiting.email, 'nobody@people.example']) {
    expect(await requestPasswordReset(contextFor(visitor), { email })).toEqual({ ok: true, value: null })
  }
  expect(await typesOf(active.userId)).toEqual(['user.password_reset_requested'])
  expect((await row(active.userId)).resetVersion).toBe(1)
  expect(await typesOf(waiting.userId)).toEqual([])
  expect(await typesOf('usr_nobody')).toEqual([])
})

test('one account gets three links an hour, even from forty parallel requests; a refused one leaves the newest link alive', async () => {
  const person = await world.developer()
  const now = Date.now()
  await Promise.all(
    Array.from({ length: 40 }, () => requestPasswordReset(contextFor(visitor, now), { email: person.email })),
  )
  expect(await typesOf(person.userId)).toHaveLength(3)
  const token = await resetToken(person.userId, now)
  const elsewhere = { ...contextFor(visitor, now + 3_601_000) }
  await requestPasswordReset(
    { ...elsewhere, now: now + 1000, source: { ...elsewhere.source, ip: '192.0.2.77' } },
    { email: person.email },
  )
  expect(await checkResetLink(contextFor(visitor, now), token)).toMatchObject({ ok: true })
  await requestPasswordReset(elsewhere, { email: person.email })
  expect(await typesOf(person.userId)).toHaveLength(4)
  expect(await checkResetLink(contextFor(visitor, now), token)).toMatchObject({
    ok: false,
    error: { code: 'token_invalid' },
  })
})

test('a reset sets the password, ends every session and clears the forced change', async () => {
  const person = await world.developer({ row: { mustChangePassword: true } })
  await world.session(person.userId)
  await world.session(person.userId)
  const token = await resetToken(person.userId)
  expect(await redeem(token)).toEqual({ ok: true, value: null })
  expect(await db.select().from(sessions).where(eq(sessions.userId, person.userId))).toEqual([])
  expect(await row(person.userId)).toMatchObject({
    mustChangePassword: false,
    emailVerifiedAt: expect.any(Number),
    resetVersion: 1,
  })
  expect(await typesOf(person.userId)).toEqual(['user.password_changed'])
  expect(
    await logIn(
      { ...contextFor(visitor), passwords: quickPasswords },
      { email: person.email, password: fresh },
    ),
  ).toMatchObject({ ok: true })
  expect(await logIn(contextFor(visitor), { email: person.email, password: world.password })).toMatchObject({
    ok: false,
  })
})

test('a link works once: the same form again is fine, another one is told that it was used', async () => {
  const person = await world.developer()
  const token = await resetToken(person.userId)
  const redemptionId = crypto.randomUUID()
  expect(await redeem(token, { redemptionId })).toMatchObject({ ok: true })
  expect(await redeem(token, { redemptionId, password: 'something else 99' })).toMatchObject({ ok: true })
  expect(await redeem(token)).toMatchObject({ ok: false, error: { code: 'token_used' } })
  expect(
    await logIn(
      { ...contextFor(visitor), passwords: quickPasswords },
      { email: person.email, password: fresh },
    ),
  ).toMatchObject({ ok: true })
})

test('of forty who redeem one link at once, one sets the password', async () => {
  const person = await world.developer()
  const token = await resetToken(person.userId)
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) => redeem(token, { password: `runner number ${n} of many` })),
  )
  const winners = answers.flatMap((answer, n) => (answer.ok ? [n] : []))
  expect(winners).toHaveLength(1)
  expect(await typesOf(person.userId)).toEqual(['user.password_changed'])
  expect(
    await logIn(
      { ...contextFor(visitor), passwords: quickPasswords },
      { email: person.email, password: `runner number ${winners[0]} of many` },
    ),
  ).toMatchObject({ ok: true })
})

test('one form sent forty times at once says forty times that it worked, and works once', async () => {
  const person = await world.developer()
  const token = await resetToken(person.userId)
  const redemptionId = crypto.randomUUID()
  const answers = await Promise.all(Array.from({ length: 40 }, () => redeem(token, { redemptionId })))
  expect(answers.every((answer) => answer.ok)).toBe(true)
  expect(await typesOf(person.userId)).toEqual(['user.password_changed'])
  expect((await row(person.userId)).resetVersion).toBe(1)
})

test('a link dies with a newer one, with a changed password, with its account, and after its time', async () => {
  const dead = { ok: false, error: { code: 'token_invalid' } }
  const person = await world.developer()
  const older = await resetToken(person.userId)
  await requestPasswordReset(
    { ...contextFor(visitor), source: { ip: '192.0.2.9', country: null, userAgent: null } },
    { email: person.email },
  )
  expect(await redeem(older)).toMatchObject(dead)

  const changed = await resetToken(person.userId)
  expect(
    await changePassword(contextFor(person), {
      currentPassword: world.password,
      password: fresh,
      passwordAgain: fresh,
    }),
  ).toMatchObject({ ok: true })
  expect(await redeem(changed)).toMatchObject(dead)

  const closed = await resetToken(person.userId)
  expect(await redeem(closed, {}, Date.now() + 86_400_001)).toMatchObject(dead)
  await db.update(users).set({ state: 'deactivated' }).where(eq(users.id, person.userId))
  expect(await redeem(closed)).toMatchObject(dead)
  expect(await redeem('')).toMatchObject(dead)
  expect(await redeem('A'.repeat(43))).toMatchObject(dead)
})

test('a weak new password does not consume the link', async () => {
  const person = await world.developer()
  const token = await resetToken(person.userId)
  expect(await redeem(token, { password: 'password1234' })).toMatchObject({
    error: { fields: { password: [expect.any(String)] } },
  })
  expect(await checkResetLink(contextFor(visitor), token)).toMatchObject({ ok: true })
  expect(await redeem(token)).toMatchObject({ ok: true })
})

test('when the token store is down, the link is not called invalid', async () => {
  const ctx = contextFor(visitor)
  const down = { ...ctx, tokens: { ...ctx.tokens, read: () => Promise.reject(new Error('KV is down')) } }
  expect(
    await resetPassword(down, {
      token: 'A'.repeat(43),
      password: fresh,
      passwordAgain: fresh,
      redemptionId: crypto.randomUUID(),
    }),
  ).toMatchObject({
    ok: false,
    error: { code: 'temporarily_unavailable' },
  })
})

test('changing the password needs the current one, a different new one, and ends the other sessions only', async () => {
  const person = await world.developer({ row: { mustChangePassword: true } })
  await world.session(person.userId, { id: 'ses_own' })
  await world.session(person.userId)
  const actor = { ...person, sessionId: 'ses_own' as const }
  const change = (currentPassword: string, password: string) =>
    changePassword(contextFor(actor), { currentPassword, password, passwordAgain: password })
  expect(await change('wrong', fresh)).toMatchObject({
    error: { fields: { currentPassword: [expect.any(String)] } },
  })
  expect(await change(world.password, world.password)).toMatchObject({
    error: { fields: { password: [expect.any(String)] } },
  })
  expect(await change(world.password, 'qwertyuiop12')).toMatchObject({
    error: { fields: { password: [expect.any(String)] } },
  })
  expect(await row(person.userId)).toMatchObject({
    passwordHash: world.passwordHash,
    mustChangePassword: true,
  })
  expect(await change(world.password, fresh)).toEqual({ ok: true, value: null })
  expect(
    (await db.select().from(sessions).where(eq(sessions.userId, person.userId))).map((one) => one.id),
  ).toEqual(['ses_own'])
  expect((await row(person.userId)).mustChangePassword).toBe(false)
})

test('guessing the current password ends after ten tries', async () => {
  const person = await world.developer()
  const change = () =>
    changePassword(contextFor(person), { currentPassword: 'wrong', password: fresh, passwordAgain: fresh })
  for (let n = 0; n < 10; n += 1) expect(await change()).toMatchObject({ error: { code: 'invalid_input' } })
  expect(await change()).toMatchObject({ error: { code: 'too_many_attempts' } })
})

test('an address is confirmed by its link, once, and pressing again says so again', async () => {
  const person = await world.developer({ row: { state: 'pending' } })
  const ctx = contextFor(visitor)
  const token = await ctx.tokens.issue(
    'email_verification',
    { userId: person.userId, version: 0, expiresAt: ctx.now + 86_400_000, email: person.email },
    86_400,
  )
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => verifyEmail(contextFor(visitor), { token })),
  )
  expect(answers.every((answer) => answer.ok && answer.value.state === 'pending')).toBe(true)
  expect(await typesOf(person.userId)).toEqual(['user.email_verified'])
  expect(await verifyEmail(ctx, { token })).toMatchObject({ ok: true })
  expect(await verifyEmail(ctx, { token: 'B'.repeat(43) })).toMatchObject({
    error: { code: 'token_invalid' },
  })
})

test('a link for another address confirms nothing', async () => {
  const person = await world.developer()
  const ctx = contextFor(visitor)
  const token = await ctx.tokens.issue(
    'email_verification',
    { userId: person.userId, version: 0, expiresAt: ctx.now + 86_400_000, email: 'old@people.example' },
    86_400,
  )
  expect(await verifyEmail(ctx, { token })).toMatchObject({ error: { code: 'token_invalid' } })
  expect((await row(person.userId)).emailVerifiedAt).toBeNull()
})
