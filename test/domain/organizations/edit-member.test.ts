import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { getDeveloperToEdit } from '~/domain/accounts/queries-user.server'
import { editMember } from '~/domain/organizations/edit-member.server'
import { getOwnMember } from '~/domain/organizations/queries-own.server'
import { events, organizations, teamMembers, users } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import * as world from '~test/support/world'

const names = { firstName: 'Ada', lastName: 'Lund' }

async function teamsOf(userId: `usr_${string}`) {
  const rows = await db.select().from(teamMembers).where(eq(teamMembers.userId, userId))
  return rows.map((row) => row.teamId).sort()
}

test('a super admin changes names, role and teams of a member; the default team always stays', async () => {
  const organization = await world.organization()
  const boss = await world.superAdmin({ organizationId: organization.id })
  const [first, second] = [await world.team(organization.id), await world.team(organization.id)]
  const member = await world.developer({ organizationId: organization.id, teamIds: [first.id] })
  const result = await editMember(contextFor(boss), member.userId, {
    ...names,
    orgRole: 'super_admin',
    teamIds: [second.id],
  })
  expect(result).toEqual({ ok: true, value: { name: 'Ada Lund' } })
  const [row] = await db.select().from(users).where(eq(users.id, member.userId))
  expect(row).toMatchObject({ ...names, orgRole: 'super_admin' })
  expect(await teamsOf(member.userId)).toEqual([organization.allUsersId, second.id].sort())
  const written = await db.select().from(events).where(eq(events.subjectId, member.userId))
  expect(written.map((event) => event.type).sort()).toEqual(['member.role_changed', 'user.changed'])
  const ticked = { [organization.allUsersId]: true, [first.id]: false, [second.id]: true }
  for (const form of [
    await getOwnMember(contextFor(boss), member.userId),
    await getDeveloperToEdit(contextFor(await world.admin()), member.userId),
  ])
    expect(Object.fromEntries(form.teams.map((team) => [team.id, team.isMember]))).toEqual(ticked)
})

test('members of another organization do not exist for a super admin; a team of another is refused', async () => {
  const boss = await world.superAdmin()
  const stranger = await world.superAdmin()
  const input = { ...names, orgRole: 'team_member' as const, teamIds: [] }
  expect(await editMember(contextFor(boss), stranger.userId, input)).toMatchObject({
    error: { code: 'not_found' },
  })
  const member = await world.developer({ organizationId: boss.organizationId })
  const foreign = await world.team(stranger.organizationId)
  expect(
    await editMember(contextFor(boss), member.userId, { ...input, teamIds: [foreign.id] }),
  ).toMatchObject({ error: { fields: { teamIds: [expect.any(String)] } } })
  expect(await teamsOf(member.userId)).toHaveLength(1)
})

test('who is no super admin any more, or of a suspended organization, changes nobody', async () => {
  const boss = await world.superAdmin()
  const member = await world.superAdmin({ organizationId: boss.organizationId })
  const input = { ...names, orgRole: 'team_member' as const, teamIds: [] }
  await db.update(users).set({ orgRole: 'team_member' }).where(eq(users.id, boss.userId))
  expect(await editMember(contextFor(boss), member.userId, input)).toMatchObject({
    error: { code: 'not_allowed' },
  })
  await db.update(users).set({ orgRole: 'super_admin' }).where(eq(users.id, boss.userId))
  await db.update(organizations).set({ state: 'suspended' }).where(eq(organizations.id, boss.organizationId))
  expect(await editMember(contextFor(boss), member.userId, input)).toMatchObject({
    error: { code: 'not_allowed' },
  })
})

test('in fifty rounds of two super admins demoting each other, one always stays and one event is written', async () => {
  for (let round = 0; round < 50; round += 1) {
    const one = await world.superAdmin()
    const two = await world.superAdmin({ organizationId: one.organizationId })
    const demote = (actor: typeof one, userId: `usr_${string}`) =>
      editMember(contextFor(actor), userId, { ...names, orgRole: 'team_member', teamIds: [] })
    const results = await Promise.all([
      demote(one, two.userId),
      demote(two, one.userId),
      demote(one, one.userId),
    ])
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    const left = await db
      .select()
      .from(users)
      .where(and(eq(users.organizationId, one.organizationId), eq(users.orgRole, 'super_admin')))
    expect(left).toHaveLength(1)
    const told = await db
      .select()
      .from(events)
      .where(and(eq(events.organizationId, one.organizationId), eq(events.type, 'member.role_changed')))
    expect(told).toHaveLength(1)
  }
})

test('an admin changes a member of any organization under the same guard', async () => {
  const admin = await world.admin()
  const boss = await world.superAdmin()
  const demote = () =>
    editMember(contextFor(admin), boss.userId, { ...names, orgRole: 'team_member', teamIds: [] })
  expect(await demote()).toMatchObject({ error: { code: 'last_super_admin' } })
  await world.superAdmin({ organizationId: boss.organizationId })
  expect(await demote()).toMatchObject({ ok: true })
})
