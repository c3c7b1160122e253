import { eq } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import { registerDeveloper } from '~/domain/accounts/register-developer.server'
import { newId } from '~/domain/kernel/ids'
import { events, inviteCodes, teamMembers, users } from '~db/schema'
import { contextFor, db, visitor } from '~test/support/context'
import * as world from '~test/support/world'
import { quickPasswords } from './quick-passwords'

// Real password hashes take a tenth of a second each, more on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const password = 'kites over Oslo 7'

function input(changes: Partial<Parameters<typeof registerDeveloper>[1]> = {}) {
  const email = `new-${crypto.randomUUID().slice(0, 8)}@people.example`
  return { email, firstName: 'Noa', lastName: 'Berg', password, passwordAgain: password, ...changes }
}

/** Each test comes from an address of its own, so that no limit of another one is met. */
function visit(now = Date.now()) {
  const ctx = contextFor(visitor, now)
  return {
    ...ctx,
    passwords: quickPasswords,
    source: {
      ...ctx.source,
      ip: `2001:db8:${(Math.random() * 65535) | 0}:${(Math.random() * 65535) | 0}::1`,
    },
  }
}

async function userOf(email: string) {
  const [row] = await db.select().from(users).where(eq(users.emailKey, email.toLowerCase()))
  return row
}

async function eventsOf(subjectId: string) {
  return db.select().from(events).where(eq(events.subjectId, subjectId)).orderBy(events.id)
}

async function inviteCode(changes: Partial<typeof inviteCodes.$inferInsert> = {}) {
  const organization = await world.organization()
  const team = await world.team(organization.id)
  const code = `CODE-${crypto.randomUUID().slice(0, 8)}`
  const id = newId('code', Date.now())
  await db.insert(inviteCodes).values({
    id,
    code,
    codeKey: code.toLowerCase(),
    organizationId: organization.id,
    teamId: team.id,
    maxUses: 1,
    createdAt: Date.now(),
    ...changes,
  })
  return { id, code, organization, team }
}

beforeEach(() =>
  world.setSettings({
    registrationEnabled: true,
    autoApproveDevelopers: false,
    requireEmailVerification: false,
    passwordMinLength: 12,
  }),
)

test('a new developer waits for approval in the default organization and its default team', async () => {
  const ctx = visit()
  const one = input()
  expect(await registerDeveloper(ctx, one)).toEqual({
    ok: true,
    value: { state: 'pending', mustVerifyEmail: false },
  })
  const user = await userOf(one.email)
  expect(user).toMatchObject({
    role: 'developer',
    state: 'pending',
    organizationId: 'org_default',
    orgRole: 'team_member',
    emailVerifiedAt: null,
  })
  expect(user?.passwordHash).not.toContain(password)
  const memberships = await db
    .select()
    .from(teamMembers)
    .where(eq(teamMembers.userId, user?.id ?? 'usr_'))
  expect(memberships.map((row) => row.teamId)).toEqual(['team_default'])
  const written = await eventsOf(user?.id ?? '')
  expect(written.map((event) => event.type)).toEqual(['user.registered'])
  expect(written[0]?.data).toEqual({ name: 'Noa Berg', email: one.email, state: 'pending' })
  expect(ctx.announced).toEqual(written.map((event) => event.id))
  expect(JSON.stringify(written)).not.toContain(password)
})

test('with auto-approve on a new developer is active at once', async () => {
  await world.setSettings({ autoApproveDevelopers: true })
  const one = input()
  expect(await registerDeveloper(visit(), one)).toEqual({
    ok: true,
    value: { state: 'active', mustVerifyEmail: false },
  })
  expect((await userOf(one.email))?.state).toBe('active')
})

test('with email verification on, a second event asks for the mail', async () => {
  await world.setSettings({ requireEmailVerification: true })
  const one = input()
  expect(await registerDeveloper(visit(), one)).toEqual({
    ok: true,
    value: { state: 'pending', mustVerifyEmail: true },
  })
  const user = await userOf(one.email)
  expect((await eventsOf(user?.id ?? '')).map((event) => event.type).sort()).toEqual([
    'user.registered',
    'user.verification_requested',
  ])
})

test('with registration off nobody registers, not even with an invite code', async () => {
  await world.setSettings({ registrationEnabled: false })
  const { code } = await inviteCode()
  for (const one of [input(), input({ inviteCode: code })]) {
    expect(await registerDeveloper(visit(), one)).toMatchObject({
      ok: false,
      error: { code: 'registration_disabled', message: 'Registration is not allowed' },
    })
    expect(await userOf(one.email)).toBeUndefined()
  }
})

test('a taken address gets the answer of a new one; its owner is told, but not again within the hour', async () => {
  const owner = await world.developer({
    row: { email: `owner-${crypto.randomUUID().slice(0, 8)}@people.example` },
  })
  const now = Date.now()
  const fresh = await registerDeveloper(visit(now), input())
  for (const at of [now, now + 1000, now + 3_500_000]) {
    expect(await registerDeveloper(visit(at), input({ email: owner.email.toUpperCase() }))).toEqual(fresh)
  }
  expect((await eventsOf(owner.userId)).map((event) => event.type)).toEqual(['user.registration_repeated'])
  await registerDeveloper(visit(now + 3_700_000), input({ email: owner.email }))
  expect(await eventsOf(owner.userId)).toHaveLength(2)
  expect(await userOf(owner.email)).toMatchObject({
    id: owner.userId,
    passwordHash: world.passwordHash,
    firstName: 'Robin',
  })
})

test('forty registrations of one address in different cases make one user and one event', async () => {
  const base = `race-${crypto.randomUUID().slice(0, 8)}@people.example`
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      registerDeveloper(
        visit(),
        input({ email: n % 3 === 0 ? base.toUpperCase() : n % 3 === 1 ? base : ` ${base} ` }),
      ),
    ),
  )
  expect(answers.every((answer) => answer.ok)).toBe(true)
  const rows = await db.select().from(users).where(eq(users.emailKey, base))
  expect(rows).toHaveLength(1)
  const registered = (await eventsOf(rows[0]?.id ?? '')).filter((event) => event.type === 'user.registered')
  expect(registered).toHaveLength(1)
})

test('a weak password is refused at its field, and nothing is written', async () => {
  const one = input({ password: 'password1234' })
  expect(await registerDeveloper(visit(), one)).toMatchObject({
    ok: false,
    error: { code: 'invalid_input', fields: { password: [expect.stringContaining('guess')] } },
  })
  expect(await userOf(one.email)).toBeUndefined()
})

test('an invite code counts as approval and places the developer in its team and organization', async () => {
  const { id, code, organization, team } = await inviteCode()
  const one = input({ inviteCode: ` ${code.toLowerCase()} ` })
  expect(await registerDeveloper(visit(), one)).toEqual({
    ok: true,
    value: { state: 'active', mustVerifyEmail: false },
  })
  const user = await userOf(one.email)
  expect(user).toMatchObject({ state: 'active', organizationId: organization.id, orgRole: 'team_member' })
  const memberships = await db
    .select()
    .from(teamMembers)
    .where(eq(teamMembers.userId, user?.id ?? 'usr_'))
  expect(memberships.map((row) => row.teamId).sort()).toEqual([organization.allUsersId, team.id].sort())
  expect((await db.select().from(inviteCodes).where(eq(inviteCodes.id, id)))[0]?.uses).toBe(1)
})

test.each([
  ['unknown', null],
  ['used up', { uses: 1 }],
  ['switched off', { active: false }],
  ['expired', { expiresAt: 1000 }],
] as const)('an invite code that is %s is refused at its field', async (_name, changes) => {
  const code = changes === null ? 'NO-SUCH-CODE' : (await inviteCode(changes)).code
  const one = input({ inviteCode: code })
  expect(await registerDeveloper(visit(), one)).toMatchObject({
    ok: false,
    error: { fields: { inviteCode: [expect.any(String)] } },
  })
  expect(await userOf(one.email)).toBeUndefined()
})

test('a taken address does not use an invite code up', async () => {
  const owner = await world.developer()
  const { id, code } = await inviteCode()
  expect(await registerDeveloper(visit(), input({ email: owner.email, inviteCode: code }))).toEqual({
    ok: true,
    value: { state: 'active', mustVerifyEmail: false },
  })
  expect((await db.select().from(inviteCodes).where(eq(inviteCodes.id, id)))[0]?.uses).toBe(0)
})

test('forty people with one code of three uses: three get in', async () => {
  const { id, code, organization } = await inviteCode({ maxUses: 3 })
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => registerDeveloper(visit(), input({ inviteCode: code }))),
  )
  expect(answers.filter((answer) => answer.ok)).toHaveLength(3)
  expect((await db.select().from(inviteCodes).where(eq(inviteCodes.id, id)))[0]?.uses).toBe(3)
  expect(await db.select().from(users).where(eq(users.organizationId, organization.id))).toHaveLength(3)
})

test('guessing invite codes from one address ends after twenty', async () => {
  const ctx = visit()
  for (let guess = 0; guess < 20; guess += 1) {
    expect(await registerDeveloper(ctx, input({ inviteCode: `GUESS-${guess}` }))).toMatchObject({
      error: { code: 'invalid_input' },
    })
  }
  const { code } = await inviteCode()
  expect(await registerDeveloper(ctx, input({ inviteCode: code }))).toMatchObject({
    error: { code: 'too_many_attempts', retryAfterSeconds: expect.any(Number) },
  })
})

test('a hundred registrations from one address are enough for a quarter of an hour', async () => {
  const now = Date.now()
  const ctx = visit(now)
  const weak = () => registerDeveloper(ctx, input({ password: 'password1234' }))
  for (let n = 0; n < 100; n += 1) await weak()
  expect(await weak()).toMatchObject({ error: { code: 'too_many_attempts' } })
  expect(await registerDeveloper({ ...ctx, now: now + 901_000 }, input())).toMatchObject({ ok: true })
})
