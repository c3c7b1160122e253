import { and, eq, inArray } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { beginAuthenticator } from '~/domain/accounts/begin-authenticator.server'
import { confirmAuthenticator } from '~/domain/accounts/confirm-authenticator.server'
import { findWaitingSecret, getSecondFactors } from '~/domain/accounts/queries-second-factor.server'
import { readRecoveryCode } from '~/domain/accounts/recovery-code'
import { removeAuthenticator } from '~/domain/accounts/remove-authenticator.server'
import { replaceRecoveryCodes } from '~/domain/accounts/replace-recovery-codes.server'
import { resetTwoFactor } from '~/domain/accounts/reset-two-factor.server'
import { loadViewer } from '~/domain/accounts/viewer.server'
import type { UserActor } from '~/domain/kernel/actor'
import type { UserId } from '~/domain/kernel/ids'
import { sha256Hex } from '~/platform/encoding'
import { events, passkeys, recoveryCodes, sessions, twoFactorSecrets, users } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { authenticator, codeAt, passkey, recoveryCode, wrongCodeAt } from '~test/support/second-factors'
import * as world from '~test/support/world'
import { quickHash, quickPasswords } from './quick-passwords'

vi.setConfig({ testTimeout: 120_000 })

const { password } = world

function as<A extends UserActor>(actor: A, now = Date.now()) {
  return { ...contextFor(actor, now), passwords: quickPasswords }
}

async function quick<A extends UserActor>(actor: A): Promise<A> {
  await db
    .update(users)
    .set({ passwordHash: await quickHash(password) })
    .where(eq(users.id, actor.userId))
  return actor
}

/** Somebody logged in twice: here, and elsewhere. */
async function signedInTwice(actor: UserActor) {
  const tokens = [await world.session(actor.userId), await world.session(actor.userId)]
  const [here] = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(eq(sessions.tokenHash, await sha256Hex(tokens[0] ?? '')))
  if (!here) throw new Error('no session')
  return { ...actor, sessionId: here.id }
}

async function factorEventsOf(userId: UserId) {
  const rows = await db
    .select({ type: events.type, data: events.data })
    .from(events)
    .where(
      and(
        eq(events.subjectId, userId),
        inArray(events.type, ['user.two_factor_changed', 'user.factor_changed']),
      ),
    )
    .orderBy(events.createdAt, events.id)
  return rows
}

async function sessionIdsOf(userId: UserId) {
  const rows = await db.select({ id: sessions.id }).from(sessions).where(eq(sessions.userId, userId))
  return rows.map((row) => row.id)
}

test('an app is set up with the password and a right code; ten recovery codes come once, and other sessions end', async () => {
  for (const someone of [await world.developer(), await world.admin()]) {
    const actor = await signedInTwice(await quick(someone))
    const ctx = as(actor)
    expect(await beginAuthenticator(ctx, { currentPassword: password })).toEqual({ ok: true, value: null })
    const secret = (await findWaitingSecret(ctx)) ?? ''
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(await getSecondFactors(ctx)).toMatchObject({ on: false, recoveryCodes: 0 })

    expect(await confirmAuthenticator(ctx, { factorCode: wrongCodeAt(secret, ctx.now) })).toMatchObject({
      error: { code: 'wrong_credentials', fields: { factorCode: [expect.stringContaining('not right')] } },
    })
    const code = codeAt(secret, ctx.now)
    const result = await confirmAuthenticator(ctx, {
      factorCode: ` ${code.slice(0, 3)} ${code.slice(3)} `,
    })
    if (!result.ok) throw new Error(result.error.message)
    const codes = result.value.recoveryCodes ?? []
    expect(new Set(codes).size).toBe(10)
    for (const one of codes) expect(one).toMatch(/^([0-9a-hjkmnp-tv-z]{6}-){3}[0-9a-hjkmnp-tv-z]{6}$/)
    expect(await getSecondFactors(ctx)).toMatchObject({ on: true, appSince: ctx.now, recoveryCodes: 10 })
    expect(await findWaitingSecret(ctx)).toBeNull()
    expect(await sessionIdsOf(actor.userId)).toEqual([actor.sessionId])
    const [session] = await db.select().from(sessions).where(eq(sessions.id, actor.sessionId))
    expect(session?.secondFactorAt).toBe(ctx.now)
    expect(await factorEventsOf(actor.userId)).toEqual([
      {
        type: 'user.two_factor_changed',
        data: { name: actor.name, email: actor.email, factor: 'authenticator app', enabled: true },
      },
    ])
    expect(ctx.announced).toHaveLength(1)
  }
})

test('secret and recovery codes are at rest only sealed and as hashes', async () => {
  const actor = await quick(await world.developer())
  const ctx = as(actor)
  await beginAuthenticator(ctx, { currentPassword: password })
  const secret = (await findWaitingSecret(ctx)) ?? ''
  const result = await confirmAuthenticator(ctx, { factorCode: codeAt(secret, ctx.now) })
  const codes = (result.ok && result.value.recoveryCodes) || []
  const [row] = await db.select().from(twoFactorSecrets).where(eq(twoFactorSecrets.userId, actor.userId))
  expect(row?.secretCipher).toMatch(/^v1\./)
  await expect(ctx.vault.open(row?.secretCipher ?? '', 'two_factor_secrets/usr_another')).rejects.toThrow()
  const stored = await db.select().from(recoveryCodes).where(eq(recoveryCodes.userId, actor.userId))
  expect(stored.map((one) => one.codeHash).sort()).toEqual((await Promise.all(codes.map(sha256Hex))).sort())
  const everything = JSON.stringify([await db.select().from(events), row, stored])
  for (const hidden of [secret, ...codes]) expect(everything).not.toContain(hidden)
})

test('v5.0.0-7.5.1: without the right password nothing about second factors changes', async () => {
  const actor = await quick(await world.developer())
  const wrongPassword = { error: { fields: { currentPassword: [expect.any(String)] } } }
  const ctx = as(actor)
  expect(await beginAuthenticator(ctx, { currentPassword: 'wrong' })).toMatchObject(wrongPassword)
  expect(await findWaitingSecret(ctx)).toBeNull()
  const secret = await authenticator(actor)
  const input = { currentPassword: 'wrong', factorCode: codeAt(secret, ctx.now) }
  expect(await removeAuthenticator(ctx, input)).toMatchObject(wrongPassword)
  expect(await replaceRecoveryCodes(ctx, input)).toMatchObject(wrongPassword)
  expect(await getSecondFactors(ctx)).toMatchObject({ on: true, recoveryCodes: 0 })
})

test('v5.0.0-7.5.1: nor without the second factor, a used one included', async () => {
  const actor = await quick(await world.developer())
  const secret = await authenticator(actor)
  const ctx = as(actor)
  for (const factorCode of [undefined, '', 'nonsense', wrongCodeAt(secret, ctx.now)]) {
    const input = { currentPassword: password, factorCode }
    expect(await removeAuthenticator(ctx, input)).toMatchObject({ ok: false })
    expect(await replaceRecoveryCodes(ctx, input)).toMatchObject({ ok: false })
  }
  const factorCode = codeAt(secret, ctx.now)
  expect(await replaceRecoveryCodes(ctx, { currentPassword: password, factorCode })).toMatchObject({
    ok: true,
  })
  expect(await removeAuthenticator(ctx, { currentPassword: password, factorCode })).toMatchObject({
    error: { fields: { factorCode: [expect.stringContaining('has been used')] } },
  })
  expect(await getSecondFactors(ctx)).toMatchObject({ on: true, recoveryCodes: 10 })
})

test('turning two-factor off takes the recovery codes along, ends other sessions and is told', async () => {
  const actor = await signedInTwice(await quick(await world.developer()))
  await authenticator(actor)
  await recoveryCode(actor)
  const code = await recoveryCode(actor)
  const ctx = as(actor)
  expect(await removeAuthenticator(ctx, { currentPassword: password, factorCode: code })).toEqual({
    ok: true,
    value: { on: false },
  })
  expect(await getSecondFactors(ctx)).toMatchObject({ on: false, appSince: null, recoveryCodes: 0 })
  expect(await sessionIdsOf(actor.userId)).toEqual([actor.sessionId])
  expect(await factorEventsOf(actor.userId)).toMatchObject([
    { type: 'user.two_factor_changed', data: { enabled: false } },
  ])
})

test('with a passkey two-factor stays on when the app goes, and recovery codes live on', async () => {
  const actor = await quick(await world.developer())
  const secret = await authenticator(actor)
  await passkey(actor)
  await recoveryCode(actor)
  const ctx = as(actor)
  expect(
    await removeAuthenticator(ctx, { currentPassword: password, factorCode: codeAt(secret, ctx.now) }),
  ).toEqual({ ok: true, value: { on: true } })
  expect(await getSecondFactors(ctx)).toMatchObject({ on: true, appSince: null, recoveryCodes: 1 })
  expect(await factorEventsOf(actor.userId)).toMatchObject([
    { type: 'user.factor_changed', data: { change: 'removed', factor: 'authenticator app' } },
  ])
})

test('new recovery codes replace all old ones, and only those that are new work', async () => {
  const actor = await quick(await world.developer())
  await authenticator(actor)
  const old = await recoveryCode(actor)
  const ctx = as(actor)
  const result = await replaceRecoveryCodes(ctx, { currentPassword: password, factorCode: old })
  if (!result.ok) throw new Error(result.error.message)
  const [first = ''] = result.value.recoveryCodes
  expect(await getSecondFactors(ctx)).toMatchObject({ recoveryCodes: 10 })
  expect(await replaceRecoveryCodes(ctx, { currentPassword: password, factorCode: old })).toMatchObject({
    ok: false,
  })
  expect(await replaceRecoveryCodes(ctx, { currentPassword: password, factorCode: first })).toMatchObject({
    ok: true,
  })
})

test('of forty who confirm one QR code at once exactly one is shown recovery codes, and they are the ones that count', async () => {
  const actor = await quick(await world.developer())
  const ctx = as(actor)
  await beginAuthenticator(ctx, { currentPassword: password })
  const factorCode = codeAt((await findWaitingSecret(ctx)) ?? '', ctx.now)
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      confirmAuthenticator(
        { ...as(actor, ctx.now), source: { ...ctx.source, ip: `192.0.2.${n}` } },
        { factorCode },
      ),
    ),
  )
  const won = answers.filter((answer) => answer.ok)
  expect(won).toHaveLength(1)
  expect(await factorEventsOf(actor.userId)).toHaveLength(1)
  const codes = (won[0]?.ok && won[0].value.recoveryCodes) || []
  const stored = await db.select().from(recoveryCodes).where(eq(recoveryCodes.userId, actor.userId))
  expect(stored.map((one) => one.codeHash).sort()).toEqual((await Promise.all(codes.map(sha256Hex))).sort())
})

test('of forty who use one recovery code for new ones at once exactly one gets them', async () => {
  const actor = await quick(await world.developer())
  await authenticator(actor)
  const factorCode = await recoveryCode(actor)
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      replaceRecoveryCodes(
        { ...as(actor), source: { ip: `192.0.2.${n}`, country: null, userAgent: null } },
        { currentPassword: password, factorCode },
      ),
    ),
  )
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  expect(await getSecondFactors(as(actor))).toMatchObject({ recoveryCodes: 10 })
})

test('a QR code that was not confirmed is good for fifteen minutes, and asking again makes another secret', async () => {
  const actor = await quick(await world.developer())
  const ctx = as(actor)
  await beginAuthenticator(ctx, { currentPassword: password })
  const first = await findWaitingSecret(ctx)
  await beginAuthenticator(ctx, { currentPassword: password })
  const second = (await findWaitingSecret(ctx)) ?? ''
  expect(second).not.toBe(first)
  const late = as(actor, ctx.now + 15 * 60_000)
  expect(await findWaitingSecret(late)).toBeNull()
  expect(await confirmAuthenticator(late, { factorCode: codeAt(second, late.now) })).toMatchObject({
    error: { code: 'conflict' },
  })
})

test('an app that is on cannot be set up over', async () => {
  const actor = await quick(await world.developer())
  await authenticator(actor)
  expect(await beginAuthenticator(as(actor), { currentPassword: password })).toMatchObject({
    error: { code: 'conflict' },
  })
})

test('where admins need a second factor, an admin cannot remove the last one; a developer can', async () => {
  await world.setSettings({ requireAdminTwoFactor: true })
  const admin = await quick(await world.admin())
  const code = await recoveryCode(admin)
  await authenticator(admin)
  expect(await removeAuthenticator(as(admin), { currentPassword: password, factorCode: code })).toMatchObject(
    { error: { code: 'in_use', message: expect.stringContaining('Admins of this portal') } },
  )
  expect(await getSecondFactors(as(admin))).toMatchObject({ on: true, recoveryCodes: 1, required: true })
  await passkey(admin)
  expect(await removeAuthenticator(as(admin), { currentPassword: password, factorCode: code })).toMatchObject(
    { ok: true, value: { on: true } },
  )
  const developer = await quick(await world.developer())
  const secret = await authenticator(developer)
  expect(
    await removeAuthenticator(as(developer), {
      currentPassword: password,
      factorCode: codeAt(secret, Date.now()),
    }),
  ).toMatchObject({ ok: true })
  await world.setSettings({ requireAdminTwoFactor: false })
})

test('an admin resets the factors of somebody else: all of them go, every session ends, and it is told once', async () => {
  const admin = await world.admin()
  const someone = await world.developer()
  await authenticator(someone)
  await passkey(someone)
  await recoveryCode(someone)
  const token = await world.session(someone.userId)
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => resetTwoFactor(contextFor(admin), someone.userId)),
  )
  expect(answers.filter((answer) => answer.ok)).toEqual([{ ok: true, value: { name: someone.name } }])
  expect((await loadViewer(db, await sha256Hex(token), Date.now())).actor.type).toBe('visitor')
  for (const table of [twoFactorSecrets, passkeys, recoveryCodes])
    expect(await db.select().from(table).where(eq(table.userId, someone.userId))).toEqual([])
  expect(await factorEventsOf(someone.userId)).toMatchObject([
    { type: 'user.two_factor_changed', data: { enabled: false, name: someone.name, email: someone.email } },
  ])
})

test('an admin resets neither the own factors nor those of nobody', async () => {
  const admin = await world.admin()
  await authenticator(admin)
  expect(await resetTwoFactor(contextFor(admin), admin.userId)).toMatchObject({
    error: { code: 'not_allowed' },
  })
  expect(await resetTwoFactor(contextFor(admin), 'usr_nobody')).toMatchObject({
    error: { code: 'not_found' },
  })
  const without = await world.developer()
  expect(await resetTwoFactor(contextFor(admin), without.userId)).toMatchObject({
    error: { code: 'already_decided' },
  })
  expect(await getSecondFactors(as(admin))).toMatchObject({ on: true })
})

test.each([
  ['ABCDEF-GHJKMN-PQRSTV-WXYZ01', 'abcdef-ghjkmn-pqrstv-wxyz01'],
  [' abcdefghjkmnpqrstvwxyz01 ', 'abcdef-ghjkmn-pqrstv-wxyz01'],
  ['abcdef ghjkmn pqrstv wxyzol', 'abcdef-ghjkmn-pqrstv-wxyz01'],
  ['abcdef-ghjkmn-pqrstv-wxyz0', null],
  ['abcdef-ghjkmn-pqrstv-wxyzu1', null],
  ['', null],
])('the recovery code %j reads as %j', (typed, read) => {
  expect(readRecoveryCode(typed)).toBe(read)
})
