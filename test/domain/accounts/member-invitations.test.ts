import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { acceptInvitation } from '~/domain/accounts/accept-invitation.server'
import { organizationInvitationsPerDay } from '~/domain/accounts/invitation'
import { inviteMember } from '~/domain/accounts/invite-member.server'
import { resendInvitation } from '~/domain/accounts/resend-invitation.server'
import { withdrawMemberInvitation } from '~/domain/accounts/withdraw-member-invitation.server'
import type { DeveloperActor, SuperAdminActor } from '~/domain/kernel/actor'
import { emailKey } from '~/domain/kernel/text'
import { editMember } from '~/domain/organizations/edit-member.server'
import { listMembers } from '~/domain/organizations/queries-members.server'
import { setTeamMembers } from '~/domain/organizations/set-team-members.server'
import {
  events,
  heldInvitations,
  invitations,
  organizations,
  outboxMails,
  teamMembers,
  users,
} from '~db/schema'
import { contextFor, db, visitor } from '~test/support/context'
import { deliver, eventOf } from '~test/support/notifications'
import * as world from '~test/support/world'

const address = () => `guest-${crypto.randomUUID().slice(0, 12)}@people.example`
const guest = (email = address()) => ({
  email,
  firstName: 'Gail',
  lastName: 'Guest',
  orgRole: 'team_member' as const,
  teamIds: [],
})

const firstPage = { search: '', page: { cursor: null, direction: 'next' as const, size: 50 } }

async function listed(actor: DeveloperActor, email: string) {
  const { rows } = await listMembers(contextFor(actor), firstPage)
  return rows.find((row) => row.email === email)
}

async function eventsOf(type: 'user.invited' | 'user.registration_repeated', subjectId: string) {
  return db
    .select()
    .from(events)
    .where(and(eq(events.type, type), eq(events.subjectId, subjectId)))
}

async function mailsTo(email: string) {
  return db.select().from(outboxMails).where(eq(outboxMails.recipient, email))
}

async function invitedInto(boss: SuperAdminActor, input = guest()) {
  const result = await inviteMember(contextFor(boss), input)
  if (!result.ok) throw new Error(result.error.message)
  return result.value.userId
}

/** An address that has an account in another organization. */
async function taken() {
  const owner = await world.superAdmin()
  return { owner, input: guest(owner.email.toUpperCase().replace('@PEOPLE.EXAMPLE', '@people.example')) }
}

test('an invitation makes an account without a password in the organization, its default team and the chosen teams', async () => {
  const organization = await world.organization()
  const boss = await world.superAdmin({ organizationId: organization.id })
  const team = await world.team(organization.id)
  const input = { ...guest(), orgRole: 'super_admin' as const, teamIds: [team.id] }
  const ctx = contextFor(boss)
  const result = await inviteMember(ctx, input)
  const userId = result.ok ? result.value.userId : 'usr_none'
  const [row] = await db.select().from(users).where(eq(users.id, userId))
  expect(row).toMatchObject({
    state: 'invited',
    passwordHash: null,
    organizationId: organization.id,
    orgRole: 'super_admin',
  })
  const memberships = await db.select().from(teamMembers).where(eq(teamMembers.userId, userId))
  expect(memberships.map((one) => one.teamId).sort()).toEqual([organization.allUsersId, team.id].sort())
  expect(await listed(boss, input.email)).toMatchObject({
    state: 'invited',
    name: 'Gail Guest',
    orgRole: 'super_admin',
    teams: [team.name],
    expiresAt: ctx.now + 7 * 86_400_000,
  })
  expect(ctx.announced).toHaveLength(1)
})

test('the mail brings a link by which the invited person joins', async () => {
  const boss = await world.superAdmin()
  const ctx = contextFor(boss)
  const input = guest()
  await inviteMember(ctx, input)
  await deliver(ctx.announced[0] ?? 'evt_none')
  const [mail] = await mailsTo(input.email)
  expect(mail?.subject).toContain(`${boss.name} invited you to`)
  const token = /auth\/invite\?token=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
  const accepted = await acceptInvitation(contextFor(visitor), {
    token,
    password: 'violet lanterns over water',
    passwordAgain: 'violet lanterns over water',
    redemptionId: 'redemption-1',
  })
  expect(accepted).toMatchObject({ ok: true })
  expect(await listed(boss, input.email)).toMatchObject({ state: 'active', expiresAt: null })
})

test('an address that has an account elsewhere gets the same answer, list entry and event, and stays where it is', async () => {
  const boss = await world.superAdmin()
  const { owner, input } = await taken()
  const before = await db.select().from(users).where(eq(users.id, owner.userId))
  const ctx = contextFor(boss)
  const held = await inviteMember(ctx, input)
  const fresh = guest()
  const free = await inviteMember(contextFor(boss), fresh)
  expect(Object.keys(held.ok ? held.value : {})).toEqual(Object.keys(free.ok ? free.value : {}))
  const [one, two] = [await listed(boss, input.email), await listed(boss, fresh.email)]
  const shape = (row: typeof one) =>
    row && { ...row, id: row.id.slice(0, 4), email: '', createdAt: 0, expiresAt: typeof row.expiresAt }
  expect(shape(one)).toEqual(shape(two))
  expect(await eventsOf('user.invited', one?.id ?? '')).toHaveLength(1)
  expect(await db.select().from(users).where(eq(users.id, owner.userId))).toEqual(before)
  expect(
    await db
      .select()
      .from(users)
      .where(eq(users.emailKey, emailKey(owner.email))),
  ).toHaveLength(1)
})

test('the owner of such an address is told by mail that the account exists, at most once an hour, and gets no invitation', async () => {
  const { owner, input } = await taken()
  for (const boss of [await world.superAdmin(), await world.superAdmin()]) {
    const ctx = contextFor(boss)
    await inviteMember(ctx, input)
    for (const id of ctx.announced) await deliver(id)
  }
  expect((await mailsTo(owner.email)).map((mail) => mail.subject)).toEqual(['You already have an account'])
  expect(await eventsOf('user.registration_repeated', owner.userId)).toHaveLength(1)
})

test('a held invitation is sent again, withdrawn, edited and refused like any other', async () => {
  const boss = await world.superAdmin()
  const heldId = await invitedInto(boss, (await taken()).input)
  const freeId = await invitedInto(boss)
  const later = Date.now() + 120_000
  const team = await world.team(boss.organizationId)
  const edit = { firstName: 'Gail', lastName: 'Guest', orgRole: 'team_member' as const, teamIds: [] }
  const answers = []
  for (const userId of [heldId, freeId]) {
    answers.push([
      (await resendInvitation(contextFor(boss), userId)).ok,
      await resendInvitation(contextFor(boss, later), userId),
      await editMember(contextFor(boss), userId, edit),
      (await setTeamMembers(contextFor(boss), team.id, { add: [userId], remove: [] })).ok,
      await withdrawMemberInvitation(contextFor(boss, later), userId),
      await withdrawMemberInvitation(contextFor(boss, later), userId),
      await resendInvitation(contextFor(boss, later), userId),
    ])
  }
  expect(answers[0]).toEqual(answers[1])
  expect(answers[0]).toMatchObject([
    false,
    { ok: true },
    { error: { code: 'not_found' } },
    false,
    { ok: true },
    { error: { code: 'not_found' } },
    { error: { code: 'not_found' } },
  ])
})

test('who is in the organization or invited into it already is named at the field', async () => {
  const boss = await world.superAdmin()
  const mate = await world.developer({ organizationId: boss.organizationId })
  expect(await inviteMember(contextFor(boss), guest(mate.email))).toMatchObject({
    error: { fields: { email: [expect.stringContaining('in your organization')] } },
  })
  for (const input of [guest(), (await taken()).input]) {
    await invitedInto(boss, input)
    expect(await inviteMember(contextFor(boss), input)).toMatchObject({
      error: { fields: { email: [expect.stringContaining('invited already')] } },
    })
  }
})

test('of forty clicks on one invitation one is sent', async () => {
  const boss = await world.superAdmin()
  for (const input of [guest(), (await taken()).input]) {
    const answers = await Promise.all(Array.from({ length: 40 }, () => inviteMember(contextFor(boss), input)))
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  }
  const sent = await db
    .select()
    .from(events)
    .where(and(eq(events.organizationId, boss.organizationId), eq(events.type, 'user.invited')))
  expect(sent).toHaveLength(2)
})

test('an organization sends a hundred invitations within a day and no more, resent ones counted', async () => {
  const boss = await world.superAdmin()
  const now = Date.now()
  const userId = await invitedInto(boss)
  for (let sent = 1; sent < organizationInvitationsPerDay; sent += 1) {
    await eventOf(
      {
        type: 'user.invited',
        subjectType: 'user',
        subjectId: 'usr_other',
        organizationId: boss.organizationId,
      },
      boss,
      now,
    )
  }
  expect(await inviteMember(contextFor(boss), guest())).toMatchObject({
    error: { code: 'too_many_attempts', retryAfterSeconds: 86_400 },
  })
  expect(await resendInvitation(contextFor(boss, now + 120_000), userId)).toMatchObject({
    error: { code: 'too_many_attempts' },
  })
  expect(await inviteMember(contextFor(boss, now + 86_400_001), guest())).toMatchObject({ ok: true })
})

test('a withdrawn invitation frees the address, and its link is dead', async () => {
  const boss = await world.superAdmin()
  const ctx = contextFor(boss)
  const input = guest()
  const result = await inviteMember(ctx, input)
  await deliver(ctx.announced[0] ?? 'evt_none')
  const [mail] = await mailsTo(input.email)
  const token = /auth\/invite\?token=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
  expect(
    await withdrawMemberInvitation(contextFor(boss), result.ok ? result.value.userId : 'usr_none'),
  ).toMatchObject({ ok: true })
  expect(await db.select().from(users).where(eq(users.email, input.email))).toEqual([])
  expect(
    await db.select().from(invitations).where(eq(invitations.organizationId, boss.organizationId)),
  ).toEqual([])
  const answer = await acceptInvitation(contextFor(visitor), {
    token,
    password: 'violet lanterns over water',
    passwordAgain: 'violet lanterns over water',
    redemptionId: 'redemption-2',
  })
  expect(answer).toMatchObject({ error: { code: 'token_invalid' } })
  expect(await inviteMember(contextFor(await world.superAdmin()), input)).toMatchObject({ ok: true })
})

test('nobody invites into the default organization, a suspended one, or with a right that is gone', async () => {
  const stranger = await world.superAdmin({ organizationId: 'org_default' })
  const suspended = await world.superAdmin()
  await db
    .update(organizations)
    .set({ state: 'suspended' })
    .where(eq(organizations.id, suspended.organizationId))
  const demoted = await world.superAdmin()
  await db.update(users).set({ orgRole: 'team_member' }).where(eq(users.id, demoted.userId))
  for (const actor of [{ ...stranger, inDefaultOrganization: true }, suspended, demoted]) {
    const input = guest()
    expect(await inviteMember(contextFor(actor), input)).toMatchObject({ error: { code: 'not_allowed' } })
    expect(await db.select().from(users).where(eq(users.email, input.email))).toEqual([])
  }
  expect(
    await db
      .select()
      .from(heldInvitations)
      .where(eq(heldInvitations.organizationId, suspended.organizationId)),
  ).toEqual([])
})

test('teams of another organization are refused, and its invitations do not exist', async () => {
  const [boss, other] = [await world.superAdmin(), await world.superAdmin()]
  const foreign = await world.team(other.organizationId)
  expect(await inviteMember(contextFor(boss), { ...guest(), teamIds: [foreign.id] })).toMatchObject({
    error: { fields: { teamIds: [expect.any(String)] } },
  })
  for (const userId of [await invitedInto(other), await invitedInto(other, (await taken()).input)]) {
    expect(await resendInvitation(contextFor(boss), userId)).toMatchObject({ error: { code: 'not_found' } })
    expect(await withdrawMemberInvitation(contextFor(boss), userId)).toMatchObject({
      error: { code: 'not_found' },
    })
    const { rows } = await listMembers(contextFor(other), firstPage)
    expect(rows.some((row) => row.id === userId)).toBe(true)
  }
})

test('in fifty rounds of inviting while the organization is suspended, nobody is invited after it', async () => {
  for (let round = 0; round < 50; round += 1) {
    const boss = await world.superAdmin()
    const input = guest()
    const suspend = () =>
      db.update(organizations).set({ state: 'suspended' }).where(eq(organizations.id, boss.organizationId))
    const invite = () => inviteMember(contextFor(boss), input)
    const [first, second] = await Promise.all(round % 2 ? [suspend(), invite()] : [invite(), suspend()])
    const answer = (round % 2 ? second : first) as Awaited<ReturnType<typeof invite>>
    const made = await db.select().from(users).where(eq(users.email, input.email))
    expect(made).toHaveLength(answer.ok ? 1 : 0)
    const told = await db
      .select()
      .from(events)
      .where(and(eq(events.organizationId, boss.organizationId), eq(events.type, 'user.invited')))
    expect(told).toHaveLength(answer.ok ? 1 : 0)
    expect(await inviteMember(contextFor(boss), guest())).toMatchObject({ error: { code: 'not_allowed' } })
  }
}, 60_000)

test('the list finds people by name and address, pages through members and invitations, and is empty for strangers', async () => {
  const boss = await world.superAdmin({ row: { createdAt: 1000 } })
  const held = (await taken()).input
  await invitedInto(boss, held)
  await invitedInto(boss, { ...guest(), lastName: 'Zebra' })
  await world.developer({ organizationId: boss.organizationId, row: { createdAt: 2000 } })
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page = await listMembers(contextFor(boss), {
      search: '',
      page: { cursor, direction: 'next', size: 1 },
    })
    seen.push(...page.rows.map((row) => row.email))
    cursor = page.next
  } while (cursor)
  expect(seen).toHaveLength(4)
  expect(new Set(seen).size).toBe(4)
  const found = async (search: string) =>
    (await listMembers(contextFor(boss), { ...firstPage, search })).rows.length
  expect(await found('zebra')).toBe(1)
  expect(await found(held.email.slice(0, 12).toUpperCase())).toBe(1)
  expect(await found('%')).toBe(0)
  expect((await listMembers(contextFor(await world.developer()), firstPage)).rows).toEqual([])
})
