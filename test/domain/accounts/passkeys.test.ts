import { and, eq, inArray } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import { addPasskey } from '~/domain/accounts/add-passkey.server'
import { beginPasskey } from '~/domain/accounts/begin-passkey.server'
import { beginPasskeyLogIn } from '~/domain/accounts/begin-passkey-log-in.server'
import { beginPasskeyProof } from '~/domain/accounts/begin-passkey-proof.server'
import { logIn } from '~/domain/accounts/log-in.server'
import { logInWithPasskey } from '~/domain/accounts/log-in-with-passkey.server'
import { findChallenge } from '~/domain/accounts/login-challenge.server'
import { passSecondFactor } from '~/domain/accounts/pass-second-factor.server'
import { getSecondFactors } from '~/domain/accounts/queries-second-factor.server'
import { removePasskey } from '~/domain/accounts/remove-passkey.server'
import type { UserActor } from '~/domain/kernel/actor'
import type { UserId } from '~/domain/kernel/ids'
import { events, passkeys, sessions, users } from '~db/schema'
import { contextFor, db, visitor } from '~test/support/context'
import { authenticator, passkey, recoveryCode } from '~test/support/second-factors'
import { enrolledAuthenticator, softwareAuthenticator } from '~test/support/software-authenticator'
import * as world from '~test/support/world'
import { quickHash, quickPasswords } from './quick-passwords'

vi.setConfig({ testTimeout: 120_000 })

const { password } = world

function as<A extends UserActor>(actor: A, now = Date.now()) {
  return { ...contextFor(actor, now), passwords: quickPasswords }
}

function visit(now = Date.now()) {
  return { ...contextFor(visitor, now), passwords: quickPasswords }
}

async function quick<A extends UserActor>(actor: A): Promise<A> {
  await db
    .update(users)
    .set({ passwordHash: await quickHash(password) })
    .where(eq(users.id, actor.userId))
  return actor
}

async function sessionsOf(userId: UserId) {
  return db.select().from(sessions).where(eq(sessions.userId, userId))
}

async function question() {
  const asked = await beginPasskeyLogIn(visit())
  if (!asked.ok) throw new Error(asked.error.message)
  return asked.value
}

async function enrolmentOf(actor: UserActor) {
  const asked = await beginPasskey(as(actor), { currentPassword: password })
  if (!asked.ok) throw new Error(asked.error.message)
  return asked.value
}

const refused = { ok: false, error: { code: 'wrong_credentials' } }

beforeEach(() =>
  world.setSettings({
    signInEnabled: true,
    visibility: 'public',
    requireEmailVerification: false,
    requireAdminTwoFactor: false,
  }),
)

test('a passkey is added with the password; the first second factor brings recovery codes and ends other sessions', async () => {
  const someone = await quick(await world.developer())
  await world.session(someone.userId)
  const asked = await enrolmentOf(someone)
  const device = await softwareAuthenticator(someone.userId)
  const ctx = as(someone)
  const result = await addPasskey(ctx, asked.challengeToken, {
    name: 'Work laptop',
    passkeyToken: await device.make(asked.challenge),
  })
  expect(result).toMatchObject({ ok: true, value: { recoveryCodes: expect.any(Array) } })
  expect(await getSecondFactors(ctx)).toMatchObject({
    on: true,
    appSince: null,
    recoveryCodes: 10,
    passkeys: [{ name: 'Work laptop', lastUsedAt: null }],
  })
  const [row] = await db.select().from(passkeys).where(eq(passkeys.userId, someone.userId))
  expect(row).toMatchObject({
    credentialId: device.credentialId,
    publicKey: device.publicKey,
    signCount: 0,
    transports: ['internal'],
    backedUp: false,
  })
  expect(await sessionsOf(someone.userId)).toEqual([])
  const second = await enrolmentOf(someone)
  expect(second.known).toEqual([{ id: device.credentialId, transports: ['internal'] }])
  const other = await softwareAuthenticator(someone.userId)
  expect(
    await addPasskey(as(someone), second.challengeToken, {
      name: 'Phone',
      passkeyToken: await other.make(second.challenge),
    }),
  ).toEqual({ ok: true, value: { recoveryCodes: null } })
  const written = await db
    .select({ type: events.type, data: events.data })
    .from(events)
    .where(
      and(
        eq(events.subjectId, someone.userId),
        inArray(events.type, ['user.two_factor_changed', 'user.factor_changed']),
      ),
    )
    .orderBy(events.createdAt)
  expect(written).toMatchObject([
    { type: 'user.two_factor_changed', data: { enabled: true, factor: 'passkey', passkey: 'Work laptop' } },
    { type: 'user.factor_changed', data: { change: 'added', passkey: 'Phone' } },
  ])
})

test('v5.0.0-7.5.1: without the right password there is no challenge to make a passkey for', async () => {
  const someone = await quick(await world.developer())
  expect(await beginPasskey(as(someone), { currentPassword: 'wrong' })).toMatchObject({
    error: { fields: { currentPassword: [expect.any(String)] } },
  })
})

test('an enrolment counts once, for the person who asked, in time, and only if the device verified its owner', async () => {
  const someone = await quick(await world.developer())
  const stranger = await world.developer()
  const device = await softwareAuthenticator(someone.userId)
  const asked = await enrolmentOf(someone)
  const add = async (ctx: ReturnType<typeof as<UserActor>>, passkeyToken: string) =>
    (await addPasskey(ctx, asked.challengeToken, { name: 'Laptop', passkeyToken })).ok
  const right = await device.make(asked.challenge)
  expect(await add(as(stranger), right)).toBe(false)
  expect(await add(as(someone, Date.now() + 300_001), right)).toBe(false)
  for (const lies of [
    { origin: 'https://evil.example' },
    { rpId: 'evil.example' },
    { challenge: 'another' },
    { flags: 0x01 },
  ])
    expect(await add(as(someone), await device.make(asked.challenge, lies))).toBe(false)
  for (const nonsense of ['', 'null', '[]', '{}', '{"id":1}', `${'['.repeat(9000)}`])
    expect(await add(as(someone), nonsense)).toBe(false)
  const answers = await Promise.all(Array.from({ length: 40 }, () => add(as(someone), right)))
  expect(answers.filter(Boolean)).toHaveLength(1)
  expect(await db.select().from(passkeys).where(eq(passkeys.userId, someone.userId))).toHaveLength(1)
})

test('a passkey logs in without a password, as both factors at once', async () => {
  for (const someone of [await world.developer(), await world.admin()]) {
    const device = await enrolledAuthenticator(someone)
    const asked = await question()
    expect(asked.known).toEqual([])
    const ctx = visit()
    const result = await logInWithPasskey(ctx, asked.challengeToken, {
      passkeyToken: await device.sign(asked.challenge),
    })
    expect(result).toMatchObject({ ok: true, value: { role: someone.type } })
    expect(await sessionsOf(someone.userId)).toMatchObject([{ secondFactorAt: ctx.now }])
    const [row] = await db.select().from(passkeys).where(eq(passkeys.id, device.passkeyId))
    expect(row).toMatchObject({ signCount: 1, lastUsedAt: ctx.now })
  }
})

test('an answer that lies about anything opens nothing', async () => {
  const someone = await world.developer()
  const other = await world.developer()
  const device = await enrolledAuthenticator(someone)
  const asked = await question()
  const answers = await Promise.all([
    ...[
      { origin: 'https://evil.example' },
      { origin: 'http://portal.test' },
      { rpId: 'evil.example' },
      { challenge: 'another' },
      { flags: 0x01 },
      { flags: 0x04 },
      { userHandle: other.userId },
      { userHandle: '' },
    ].map((lies) => device.sign(asked.challenge, lies)),
    // A stranger's key under the right id.
    softwareAuthenticator(someone.userId).then(async (forger) =>
      (await forger.sign(asked.challenge)).replaceAll(forger.credentialId, device.credentialId),
    ),
    // A passkey that the portal does not know.
    softwareAuthenticator(someone.userId).then((unknown) => unknown.sign(asked.challenge)),
  ])
  for (const passkeyToken of [...answers, '', '{}', 'null'])
    expect(await logInWithPasskey(visit(), asked.challengeToken, { passkeyToken })).toMatchObject(refused)
  const right = await device.sign(asked.challenge)
  expect(await logInWithPasskey(visit(), null, { passkeyToken: right })).toMatchObject(refused)
  expect(
    await logInWithPasskey(visit(Date.now() + 300_001), asked.challengeToken, { passkeyToken: right }),
  ).toMatchObject(refused)
  expect(await sessionsOf(someone.userId)).toEqual([])
  expect(await logInWithPasskey(visit(), asked.challengeToken, { passkeyToken: right })).toMatchObject({
    ok: true,
  })
})

test('a counter that does not count on is a copy of the passkey, and is refused', async () => {
  const someone = await world.developer()
  const device = await enrolledAuthenticator(someone, { signCount: 7 })
  for (const [signCount, allowed] of [
    [6, false],
    [7, false],
    [0, false],
    [8, true],
  ] as const) {
    const asked = await question()
    const passkeyToken = await device.sign(asked.challenge, { signCount })
    expect((await logInWithPasskey(visit(), asked.challengeToken, { passkeyToken })).ok).toBe(allowed)
  }
})

test('of forty who send one answer of a passkey at once exactly one gets in, even if it does not count', async () => {
  const someone = await world.developer()
  const device = await enrolledAuthenticator(someone)
  const asked = await question()
  const passkeyToken = await device.sign(asked.challenge, { signCount: 0 })
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => logInWithPasskey(visit(), asked.challengeToken, { passkeyToken })),
  )
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  expect(await sessionsOf(someone.userId)).toHaveLength(1)
})

test('closed accounts and a closed portal stay closed to passkeys', async () => {
  const someone = await world.developer()
  const device = await enrolledAuthenticator(someone)
  const attempt = async () => {
    const asked = await question()
    return logInWithPasskey(visit(), asked.challengeToken, {
      passkeyToken: await device.sign(asked.challenge),
    })
  }
  await world.setSettings({ signInEnabled: false })
  expect(await attempt()).toMatchObject({ error: { code: 'sign_in_disabled' } })
  await world.setSettings({ signInEnabled: true })
  for (const state of ['deactivated', 'rejected'] as const) {
    await db.update(users).set({ state }).where(eq(users.id, someone.userId))
    expect(await attempt()).toMatchObject(refused)
  }
  expect(await sessionsOf(someone.userId)).toEqual([])
})

test('v5.0.0-6.3.3: a passkey is asked for after the password, as a second factor', async () => {
  const someone = await quick(await world.developer())
  const device = await enrolledAuthenticator(someone)
  const ctx = visit()
  const result = await logIn(ctx, { email: someone.email, password })
  if (!result.ok || !('challengeToken' in result.value)) throw new Error('no challenge')
  const { challengeToken } = result.value
  const challenge = await findChallenge(ctx, challengeToken)
  expect(challenge).toMatchObject({
    hasApp: false,
    passkeys: [{ id: device.credentialId, transports: ['internal'] }],
  })
  const passkeyToken = await device.sign(challenge?.challenge ?? '')
  // An answer to this question does not log in without the password's challenge.
  expect(await logInWithPasskey(ctx, challengeToken, { passkeyToken })).toMatchObject(refused)
  const stranger = await enrolledAuthenticator(await world.developer())
  expect(
    await passSecondFactor(ctx, challengeToken, {
      passkeyToken: await stranger.sign(challenge?.challenge ?? ''),
    }),
  ).toMatchObject(refused)
  expect(await passSecondFactor(ctx, challengeToken, { passkeyToken })).toMatchObject({ ok: true })
  expect(await passSecondFactor(ctx, challengeToken, { passkeyToken })).toMatchObject({
    error: { code: 'token_invalid' },
  })
})

test('removing a passkey needs password and factor; with the last one two-factor is off', async () => {
  const someone = await quick(await world.developer())
  const device = await enrolledAuthenticator(someone)
  await recoveryCode(someone)
  const ctx = as(someone)
  const asked = await beginPasskeyProof(ctx)
  if (!asked.ok) throw new Error(asked.error.message)
  const { challengeToken, challenge } = asked.value
  const passkeyToken = await device.sign(challenge)
  const remove = (currentPassword: string, token: string | undefined) =>
    removePasskey(ctx, device.passkeyId, { currentPassword, passkeyToken: token }, challengeToken)
  expect(await remove('wrong', passkeyToken)).toMatchObject({ ok: false })
  expect(await remove(password, undefined)).toMatchObject({ ok: false })
  const stranger = await world.developer()
  expect(
    await removePasskey(
      as(stranger),
      device.passkeyId,
      { currentPassword: password, passkeyToken },
      challengeToken,
    ),
  ).toMatchObject({ error: { code: 'not_found' } })
  expect(await remove(password, passkeyToken)).toEqual({ ok: true, value: { on: false, name: 'Laptop' } })
  expect(await getSecondFactors(ctx)).toMatchObject({ on: false, passkeys: [], recoveryCodes: 0 })
})

test('an admin who must have a second factor cannot remove the last one, not even by removing two at once', async () => {
  await world.setSettings({ requireAdminTwoFactor: true })
  const admin = await quick(await world.admin())
  const first = await passkey(admin)
  const second = await passkey(admin)
  const codes = [await recoveryCode(admin), await recoveryCode(admin)]
  const answers = await Promise.all(
    [first, second].map((id, n) =>
      removePasskey(as(admin), id, { currentPassword: password, factorCode: codes[n] }, null),
    ),
  )
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  expect(answers.find((answer) => !answer.ok)).toMatchObject({ error: { code: 'in_use' } })
  expect(await getSecondFactors(as(admin))).toMatchObject({ on: true, required: true })
  await authenticator(admin)
  const last = (await getSecondFactors(as(admin))).passkeys[0]
  if (!last) throw new Error('no passkey left')
  const left = answers[0]?.ok ? codes[1] : codes[0]
  expect(
    await removePasskey(as(admin), last.id, { currentPassword: password, factorCode: left }, null),
  ).toMatchObject({ ok: true, value: { on: true } })
})
