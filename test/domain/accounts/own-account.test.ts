import { and, eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { changePassword } from '~/domain/accounts/change-password.server'
import { confirmEmailChange } from '~/domain/accounts/confirm-email-change.server'
import { countryName, deviceName } from '~/domain/accounts/device'
import { endOtherSessions, endSession, endSessionsOf } from '~/domain/accounts/end-sessions.server'
import { getOwnData } from '~/domain/accounts/queries-own-data.server'
import { requestEmailChange } from '~/domain/accounts/request-email-change.server'
import { updateNotifications } from '~/domain/accounts/update-notifications.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { EventId } from '~/domain/kernel/ids'
import { sha256Hex } from '~/platform/encoding'
import { emailChanges, events, sessions, users } from '~db/schema'
import { contextFor, db, visitor } from '~test/support/context'
import { deliver, eventOf, mailsOf } from '~test/support/notifications'
import * as world from '~test/support/world'
import { quickPasswords } from './quick-passwords'

vi.setConfig({ testTimeout: 120_000 })

async function withSession(actor: DeveloperActor) {
  const token = await world.session(actor.userId)
  const [row] = await db
    .select()
    .from(sessions)
    .where(eq(sessions.tokenHash, await sha256Hex(token)))
  if (!row) throw new Error('no session')
  return { ...actor, sessionId: row.id }
}

const alive = async (userId: `usr_${string}`) =>
  (await db.select({ id: sessions.id }).from(sessions).where(eq(sessions.userId, userId))).map(
    (row) => row.id,
  )

const newAddress = () => `new-${crypto.randomUUID().slice(0, 8)}@people.example`

function ask(actor: DeveloperActor, email: string, currentPassword = world.password, now = Date.now()) {
  const ctx = { ...contextFor(actor, now), passwords: quickPasswords }
  return requestEmailChange(ctx, { email, currentPassword })
}

async function mailsAbout(userId: string, type: (typeof events.$inferSelect)['type']) {
  const rows = await db
    .select({ id: events.id })
    .from(events)
    .where(and(eq(events.subjectId, userId), eq(events.type, type)))
  const mails = []
  for (const { id } of rows) {
    await deliver(id as EventId)
    mails.push(...(await mailsOf(id as EventId)))
  }
  return mails
}

const tokenIn = (text: string) => /confirm-email\?token=([\w-]{43})/.exec(text)?.[1] ?? ''

test('one ends a session of one’s own, or all others; an admin all of somebody; nobody a stranger’s', async () => {
  const person = await withSession(await world.developer())
  const second = (await withSession(person)).sessionId
  const stranger = await withSession(await world.developer())
  expect(await endSession(contextFor(stranger), second)).toMatchObject({ error: { code: 'not_found' } })
  expect(await endSession(contextFor(person), second)).toEqual({ ok: true, value: { ended: 1 } })
  expect(await endSession(contextFor(person), second)).toMatchObject({ error: { code: 'not_found' } })
  await withSession(person)
  await withSession(person)
  expect(await endOtherSessions(contextFor(person))).toEqual({ ok: true, value: { ended: 2 } })
  expect(await alive(person.userId)).toEqual([person.sessionId])
  const admin = await world.admin()
  expect(await endSessionsOf(contextFor(admin), person.userId)).toMatchObject({ value: { ended: 1 } })
  expect(await alive(person.userId)).toEqual([])
  expect(await alive(stranger.userId)).toEqual([stranger.sessionId])
})

test('the new address counts once its mail is opened; the old one is told, other sessions end, earlier links die', async () => {
  const person = await withSession(await world.developer())
  const elsewhere = (await withSession(person)).sessionId
  const email = newAddress()
  expect(await ask(person, email)).toMatchObject({ ok: true })
  expect((await db.select().from(users).where(eq(users.id, person.userId)))[0]?.email).toBe(person.email)
  const [mail] = await mailsAbout(person.userId, 'user.email_change_requested')
  expect(mail?.recipient).toBe(email)
  const token = tokenIn(mail?.text ?? '')
  expect(await confirmEmailChange(contextFor(person), { token })).toMatchObject({ ok: true })
  const [user] = await db.select().from(users).where(eq(users.id, person.userId))
  expect(user).toMatchObject({ email, emailKey: email, resetVersion: 1, emailVerifiedAt: expect.any(Number) })
  expect(await alive(person.userId)).toEqual([person.sessionId])
  expect(await alive(person.userId)).not.toContain(elsewhere)
  const notices = await mailsAbout(person.userId, 'user.email_changed')
  expect(notices.map((one) => `${one.recipient}: ${one.subject}`)).toEqual([
    `${person.email}: Your email address was changed`,
  ])
  expect(await confirmEmailChange(contextFor(visitor), { token })).toMatchObject({
    error: { code: 'token_used' },
  })
})

test('a link dies when another address is asked for, the password changes, a day passes, or the account is closed', async () => {
  const now = Date.now()
  const cases: ((person: DeveloperActor) => Promise<unknown>)[] = [
    (person) => ask(person, newAddress(), world.password, now + 1000),
    (person) =>
      changePassword(
        { ...contextFor(person, now), passwords: quickPasswords },
        {
          currentPassword: world.password,
          password: 'kites over Oslo 7',
          passwordAgain: 'kites over Oslo 7',
        },
      ),
    (person) => db.update(users).set({ state: 'deactivated' }).where(eq(users.id, person.userId)),
    (person) => db.update(emailChanges).set({ expiresAt: now }).where(eq(emailChanges.userId, person.userId)),
  ]
  for (const change of cases) {
    const person = await world.developer()
    await ask(person, newAddress(), world.password, now)
    const [mail] = await mailsAbout(person.userId, 'user.email_change_requested')
    await change(person)
    expect(
      await confirmEmailChange(contextFor(visitor, now + 2000), { token: tokenIn(mail?.text ?? '') }),
    ).toMatchObject({ error: { code: 'token_invalid' } })
    expect((await db.select().from(users).where(eq(users.id, person.userId)))[0]?.email).toBe(person.email)
  }
})

test('of forty people who confirm the same address at once one gets it, and nobody fails with an error', async () => {
  const email = newAddress()
  const tokens: string[] = []
  for (let n = 0; n < 40; n += 1) {
    const person = await world.developer()
    await ask(person, email)
    const [mail] = await mailsAbout(person.userId, 'user.email_change_requested')
    tokens.push(tokenIn(mail?.text ?? ''))
  }
  const results = await Promise.all(
    tokens.map((token, n) =>
      confirmEmailChange(
        { ...contextFor(visitor), source: { ip: `198.51.100.${n}`, country: null, userAgent: null } },
        { token },
      ),
    ),
  )
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(new Set(results.flatMap((result) => (result.ok ? [] : [result.error.code])))).toEqual(
    new Set(['conflict']),
  )
})

test('a taken address gets the same answer, no link, and its owner a mail; three links an hour', async () => {
  const person = await world.developer()
  const owner = await world.developer()
  expect(await ask(person, owner.email)).toMatchObject({ ok: true })
  expect(await mailsAbout(person.userId, 'user.email_change_requested')).toEqual([])
  const told = await mailsAbout(owner.userId, 'user.registration_repeated')
  expect(told.map((mail) => mail.recipient)).toEqual([owner.email])
  expect(await ask(person, person.email.toUpperCase())).toMatchObject({
    error: { fields: { email: [expect.any(String)] } },
  })
  expect(await ask(person, newAddress(), 'wrong')).toMatchObject({
    error: { fields: { currentPassword: [expect.any(String)] } },
  })
  const results = await Promise.all(Array.from({ length: 9 }, () => ask(person, newAddress())))
  expect(results.filter((result) => result.ok)).toHaveLength(2)
})

test('who does not want mails about requests gets none, but notices that guard the account always', async () => {
  const person = await world.developer()
  await updateNotifications(contextFor(person), {
    notifyRequests: 'never',
    notifyExpiry: 'never',
  })
  const app = await world.app(person)
  const rejected = await eventOf({
    type: 'credential.expiring',
    subjectType: 'credential',
    subjectId: 'crd_1',
    appId: app.id,
    organizationId: person.organizationId,
    data: { app: app.name, credential: 'Key' },
  })
  await deliver(rejected)
  expect(await mailsOf(rejected)).toEqual([])
  const changed = await eventOf({
    type: 'user.password_changed',
    subjectType: 'user',
    subjectId: person.userId,
    data: { name: person.name, email: person.email },
  })
  await deliver(changed)
  expect(await mailsOf(changed)).toHaveLength(1)
})

test('the file of one’s own data has what was done and asked, and no hash, token or word of others', async () => {
  const person = await withSession(await world.superAdmin())
  await world.app(person, { name: 'My own app' })
  const other = await world.app(await world.superAdmin(), { name: 'Somebody else' })
  const text = JSON.stringify(await getOwnData(contextFor(person)))
  expect(text).toContain('My own app')
  expect(text).toContain(person.email)
  expect(text).not.toContain(other.name)
  const [user] = await db.select().from(users).where(eq(users.id, person.userId))
  expect(text).not.toContain(user?.passwordHash ?? 'scrypt')
  expect(text).not.toMatch(/hash|cipher|secret/i)
})

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    'Safari on iPhone',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0',
    'Edge on Windows',
  ],
  ['curl/8.5.0', 'curl'],
  ['<script>alert(1)</script>', 'Unknown device'],
  [null, 'Unknown device'],
])('the device of %s is “%s”', (userAgent, name) => {
  expect(deviceName(userAgent)).toBe(name)
})

test('a country is named by its code, and nothing is made of nonsense', () => {
  expect([
    countryName('NL'),
    countryName('XX'),
    countryName('T1'),
    countryName('nl'),
    countryName(null),
  ]).toEqual(['Netherlands', null, null, null, null])
})
