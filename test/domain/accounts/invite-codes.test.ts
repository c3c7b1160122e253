import { and, eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { activateInviteCode } from '~/domain/accounts/activate-invite-code.server'
import { createInviteCode } from '~/domain/accounts/create-invite-code.server'
import { deactivateInviteCode } from '~/domain/accounts/deactivate-invite-code.server'
import { deleteInviteCode } from '~/domain/accounts/delete-invite-code.server'
import { editInviteCode } from '~/domain/accounts/edit-invite-code.server'
import { type CreateInviteCodeInput, createInviteCodeInput, lastDay } from '~/domain/accounts/invite-code'
import { lookUpInviteCode } from '~/domain/accounts/look-up-invite-code.server'
import { listInviteCodes, listTeamChoices } from '~/domain/accounts/queries-invite-codes.server'
import { registerDeveloper } from '~/domain/accounts/register-developer.server'
import { describeEvent } from '~/domain/notifications/describe-event'
import { events, inviteCodes, teamMembers, users } from '~db/schema'
import { contextFor, db, visitor } from '~test/support/context'
import * as world from '~test/support/world'
import { quickPasswords } from './quick-passwords'

vi.setConfig({ testTimeout: 120_000 })

const day = 86_400_000

async function place() {
  const organization = await world.organization()
  const team = await world.team(organization.id)
  const admin = await world.admin()
  return { organization, team, admin }
}

async function made(changes: Partial<CreateInviteCodeInput> = {}) {
  const { organization, team, admin } = await place()
  const result = await createInviteCode(contextFor(admin), {
    teamId: team.id,
    maxUses: 3,
    expiresAt: null,
    ...changes,
  })
  if (!result.ok) throw new Error(result.error.message)
  return { ...result.value, organization, team, admin }
}

const row = async (codeId: `code_${string}`) =>
  (await db.select().from(inviteCodes).where(eq(inviteCodes.id, codeId)))[0]

const eventsAbout = (subjectId: string) => db.select().from(events).where(eq(events.subjectId, subjectId))

function register(inviteCode: string, ip = crypto.randomUUID()) {
  const ctx = { ...contextFor(visitor), passwords: quickPasswords }
  return registerDeveloper(
    { ...ctx, source: { ...ctx.source, ip } },
    {
      email: `by-code-${crypto.randomUUID()}@people.example`,
      firstName: 'Noa',
      lastName: 'Berg',
      password: 'kites over Oslo 7',
      passwordAgain: 'kites over Oslo 7',
      inviteCode,
    },
  )
}

test('a code that nobody wrote is random; its event holds no more than its end', async () => {
  const { code, codeId, team, organization } = await made()
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
  expect(await row(codeId)).toMatchObject({
    uses: 0,
    maxUses: 3,
    active: true,
    expiresAt: null,
    teamId: team.id,
  })
  const [event] = await eventsAbout(codeId)
  expect(JSON.stringify(event)).not.toContain(code)
  expect(event && describeEvent(event)).toBe(
    `created the invite code “…${code.slice(-4)}” for ${team.name} of ${organization.name}`,
  )
})

test('a code of one’s own is taken as it is, once, in whatever case', async () => {
  const own = `Own.Code-${crypto.randomUUID().slice(0, 8)}`
  const { admin, team } = await made({ code: own })
  expect(
    await createInviteCode(contextFor(admin), {
      teamId: team.id,
      maxUses: 1,
      expiresAt: null,
      code: own.toUpperCase(),
    }),
  ).toMatchObject({ ok: false, error: { code: 'conflict', fields: { code: [expect.any(String)] } } })
  const unknown = await createInviteCode(contextFor(admin), {
    teamId: 'team_none',
    maxUses: 1,
    expiresAt: null,
  })
  expect(unknown).toMatchObject({ error: { fields: { teamId: [expect.any(String)] } } })
})

test.each([
  ['seven characters', { code: 'SHORT-7' }],
  ['a space', { code: 'TWO WORDS' }],
  ['no use', { maxUses: '0' }],
  ['half a use', { maxUses: '1.5' }],
  ['words for a number', { maxUses: 'many' }],
  ['too many uses', { maxUses: '100001' }],
  ['no such day', { expiresAt: '2030-02-30' }],
  ['no day at all', { expiresAt: 'tomorrow' }],
  ['no team', { teamId: undefined }],
])('a code with %s is refused', (_what, changes) => {
  const input = { teamId: 'team_1', maxUses: '5', expiresAt: '2030-12-31' }
  expect(createInviteCodeInput.safeParse(input).success).toBe(true)
  expect(createInviteCodeInput.safeParse({ ...input, ...changes }).success).toBe(false)
})

test('the last day counts in full, and a day that is past is refused', async () => {
  const end = createInviteCodeInput.parse({ teamId: 'team_1', maxUses: 1, expiresAt: '2030-12-31' }).expiresAt
  expect(end).toBe(Date.parse('2031-01-01T00:00:00Z'))
  expect(lastDay(end)).toBe('2030-12-31')
  const { admin, team } = await place()
  expect(
    await createInviteCode(contextFor(admin), { teamId: team.id, maxUses: 1, expiresAt: Date.now() - day }),
  ).toMatchObject({ error: { fields: { expiresAt: [expect.any(String)] } } })
})

test('a code places in its team and its organization and counts as approval, with and without verification', async () => {
  for (const requireEmailVerification of [false, true]) {
    await world.setSettings({
      registrationEnabled: true,
      autoApproveDevelopers: false,
      requireEmailVerification,
    })
    const { code, codeId, organization, team } = await made()
    expect(await register(code)).toEqual({
      ok: true,
      value: { state: 'active', mustVerifyEmail: requireEmailVerification },
    })
    const [user] = await db.select().from(users).where(eq(users.organizationId, organization.id))
    expect(user).toMatchObject({ state: 'active', orgRole: 'team_member', emailVerifiedAt: null })
    const teams = await db
      .select()
      .from(teamMembers)
      .where(eq(teamMembers.userId, user?.id ?? 'usr_none'))
    expect(teams.map((one) => one.teamId).sort()).toEqual([organization.allUsersId, team.id].sort())
    expect((await row(codeId))?.uses).toBe(1)
    const [event] = await db
      .select()
      .from(events)
      .where(and(eq(events.subjectId, user?.id ?? ''), eq(events.type, 'user.registered')))
    expect(event).toMatchObject({
      organizationId: organization.id,
      data: { inviteCode: `…${code.slice(-4)}` },
    })
  }
  await world.setSettings({ requireEmailVerification: false })
})

test('of forty who register with the last use of a code at once one does', async () => {
  await world.setSettings({ registrationEnabled: true, requireEmailVerification: false })
  for (let round = 0; round < 5; round += 1) {
    const { code, codeId, organization } = await made({ maxUses: 2 })
    expect(await register(code)).toMatchObject({ ok: true })
    const results = await Promise.all(Array.from({ length: 40 }, () => register(code)))
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    expect(await row(codeId)).toMatchObject({ uses: 2 })
    expect(await db.select().from(users).where(eq(users.organizationId, organization.id))).toHaveLength(2)
  }
})

test('the number of uses never falls below what was used, whoever registers at that moment', async () => {
  const { admin, code, codeId } = await made({ maxUses: 20 })
  const edit = (maxUses: number) => editInviteCode(contextFor(admin), codeId, { maxUses, expiresAt: null })
  await Promise.all([
    ...Array.from({ length: 20 }, () => register(code)),
    ...Array.from({ length: 20 }, (_, n) => edit(n + 1)),
  ])
  const after = await row(codeId)
  expect(after?.uses).toBeLessThanOrEqual(after?.maxUses ?? 0)
  const uses = after?.uses ?? 0
  expect(uses).toBeGreaterThan(0)
  const low = await edit(uses - 1)
  expect(low).toMatchObject({
    ok: false,
    error: { fields: { maxUses: [expect.stringContaining(`${uses}`)] } },
  })
  expect(await edit(uses)).toMatchObject({ ok: true })
})

test('a code that is switched off lets nobody in until it is switched on; deleted, it is gone', async () => {
  await world.setSettings({ registrationEnabled: true, requireEmailVerification: false })
  const { admin, code, codeId } = await made()
  const ctx = contextFor(admin)
  expect(await deactivateInviteCode(ctx, codeId)).toMatchObject({ ok: true })
  expect(await deactivateInviteCode(ctx, codeId)).toMatchObject({ error: { code: 'already_decided' } })
  expect(await register(code)).toMatchObject({ error: { fields: { inviteCode: [expect.any(String)] } } })
  expect(await activateInviteCode(ctx, codeId)).toMatchObject({ ok: true })
  expect(await register(code)).toMatchObject({ ok: true })
  const results = await Promise.all(
    Array.from({ length: 40 }, () => deleteInviteCode(contextFor(admin), codeId)),
  )
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(await register(code)).toMatchObject({ ok: false })
  const about = await eventsAbout(codeId)
  expect(about.map((event) => event.type).sort()).toEqual([
    'invite_code.changed',
    'invite_code.changed',
    'invite_code.created',
    'invite_code.deleted',
  ])
})

test('an end that is past may stay while the uses change', async () => {
  const { admin, codeId } = await made({ expiresAt: Date.now() + 1000 })
  const past = Date.now() - day
  await db.update(inviteCodes).set({ expiresAt: past }).where(eq(inviteCodes.id, codeId))
  const edit = (expiresAt: number | null) =>
    editInviteCode(contextFor(admin), codeId, { maxUses: 9, expiresAt })
  expect(await edit(past)).toMatchObject({ ok: true })
  expect(await edit(past - day)).toMatchObject({ error: { fields: { expiresAt: [expect.any(String)] } } })
  expect(await edit(null)).toMatchObject({ ok: true })
})

test('the link of a code tells where it leads, unless it leads nowhere or too many were tried', async () => {
  const { admin, code, codeId, organization, team } = await made()
  const from = (ip: string) => {
    const ctx = contextFor(visitor)
    return { ...ctx, source: { ...ctx.source, ip } }
  }
  const ip = `198.51.100.${crypto.randomUUID()}`
  const found = {
    usable: true,
    teamName: team.name,
    organizationName: organization.name,
    isDefaultTeam: false,
  }
  expect(await lookUpInviteCode(from(ip), code.toLowerCase())).toEqual(found)
  await deactivateInviteCode(contextFor(admin), codeId)
  expect(await lookUpInviteCode(from(ip), code)).toEqual({ usable: false })
  await activateInviteCode(contextFor(admin), codeId)
  for (let guess = 0; guess < 19; guess += 1)
    expect(await lookUpInviteCode(from(ip), `GUESS-${guess}`)).toEqual({ usable: false })
  expect(await lookUpInviteCode(from(ip), code)).toEqual(found)
  expect(await lookUpInviteCode(from(ip), 'GUESS-AGAIN')).toBeNull()
  expect(await lookUpInviteCode(from(ip), code)).toBeNull()
  expect(await lookUpInviteCode(from('192.0.2.77'), code)).toEqual(found)
})

test('the list searches codes, teams and organizations, filters by state, and pages both ways', async () => {
  const { admin, organization, team } = await place()
  const ids: string[] = []
  const facts = [
    {},
    { active: false },
    { expiresAt: 1 },
    { uses: 2, maxUses: 2 },
    { active: false, expiresAt: 1, uses: 2, maxUses: 2 },
  ]
  for (const [n, changes] of facts.entries()) {
    const code = `List-${crypto.randomUUID()}`
    const id = `code_list${crypto.randomUUID().replaceAll('-', '')}` as const
    await db.insert(inviteCodes).values({
      id,
      code,
      codeKey: code.toLowerCase(),
      organizationId: organization.id,
      teamId: team.id,
      maxUses: 2,
      createdAt: 5000 + n,
      ...changes,
    })
    ids.unshift(id)
  }
  const list = (changes: object = {}) =>
    listInviteCodes(contextFor(admin), {
      search: organization.name.toUpperCase(),
      state: null,
      page: { cursor: null, direction: 'next', size: 2 },
      ...changes,
    })
  const first = await list()
  const second = await list({ page: { cursor: first.next, direction: 'next', size: 2 } })
  const back = await list({ page: { cursor: second.previous, direction: 'previous', size: 2 } })
  expect(first.rows.map((one) => one.id)).toEqual(ids.slice(0, 2))
  expect(second.rows.map((one) => one.id)).toEqual(ids.slice(2, 4))
  expect(back.rows).toEqual(first.rows)
  for (const [state, n] of [
    ['usable', 1],
    ['inactive', 2],
    ['expired', 1],
    ['used_up', 1],
  ] as const) {
    const { rows } = await list({ state, page: { cursor: null, direction: 'next', size: 50 } })
    expect(rows.map((one) => one.state)).toEqual(Array(n).fill(state))
  }
  expect((await list({ search: team.name })).rows).toHaveLength(2)
  expect((await list({ search: `%_'";${'x'.repeat(200)}` })).rows).toEqual([])
})

test('a team of any organization is found by either name, and never more than fifty are offered', async () => {
  const { admin, organization, team } = await place()
  for (let n = 0; n < 55; n += 1) await world.team(organization.id)
  expect(await listTeamChoices(contextFor(admin), organization.name)).toMatchObject({
    teams: { length: 50 },
    more: true,
  })
  expect(await listTeamChoices(contextFor(admin), team.name.toUpperCase())).toMatchObject({
    teams: [{ id: team.id, organizationName: organization.name }],
    more: false,
  })
  const suspended = await world.organization({ state: 'suspended' })
  expect((await listTeamChoices(contextFor(admin), suspended.name)).teams).toEqual([])
})
