import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { TeamId } from '~/domain/kernel/ids'
import { createTeam } from '~/domain/organizations/create-team.server'
import { deleteTeam } from '~/domain/organizations/delete-team.server'
import { renameTeam } from '~/domain/organizations/rename-team.server'
import { setTeamMembers } from '~/domain/organizations/set-team-members.server'
import { apps, catalogAudiences, events, organizations, teamMembers, teams } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import * as world from '~test/support/world'

const nobody = { add: [], remove: [] }

async function membersOf(teamId: TeamId) {
  const rows = await db.select().from(teamMembers).where(eq(teamMembers.teamId, teamId))
  return rows.map((row) => row.userId).sort()
}

const eventsOf = (teamId: TeamId, type: (typeof events.$inferSelect)['type']) =>
  db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, teamId), eq(events.type, type)))

test('a super admin makes, renames and fills teams of their own organization only', async () => {
  const boss = await world.superAdmin()
  const member = await world.developer({ organizationId: boss.organizationId })
  const foreign = await world.organization()
  const ctx = contextFor(boss)
  // The organization that was asked for is another's: the team is made in the actor's own.
  const made = await createTeam(ctx, foreign.id, { name: 'Checkout' })
  if (!made.ok) throw new Error(made.error.message)
  const { teamId } = made.value
  const [team] = await db.select().from(teams).where(eq(teams.id, teamId))
  expect(team?.organizationId).toBe(boss.organizationId)
  expect(await renameTeam(ctx, teamId, { name: 'Payments' })).toMatchObject({ ok: true })
  expect(await setTeamMembers(ctx, teamId, { add: [member.userId], remove: [] })).toMatchObject({ ok: true })
  expect(await membersOf(teamId)).toEqual([member.userId])
  expect((await eventsOf(teamId, 'team.renamed'))[0]?.data).toEqual({ name: 'Payments', before: 'Checkout' })
  expect((await eventsOf(teamId, 'team.members_changed'))[0]?.data).toEqual({
    name: 'Payments',
    added: [member.name],
    removed: [],
  })
})

test('a team of another organization does not exist for a super admin', async () => {
  const boss = await world.superAdmin()
  const stranger = await world.superAdmin()
  const team = await world.team(stranger.organizationId)
  const ctx = contextFor(boss)
  const missing = { error: { code: 'not_found' } }
  expect(await renameTeam(ctx, team.id, { name: 'Mine' })).toMatchObject(missing)
  expect(await deleteTeam(ctx, team.id)).toMatchObject(missing)
  expect(await setTeamMembers(ctx, team.id, { add: [boss.userId], remove: [] })).toMatchObject(missing)
  expect(await db.select().from(teams).where(eq(teams.id, team.id))).toMatchObject([{ name: team.name }])
})

test('nobody of another organization gets into a team', async () => {
  const boss = await world.superAdmin()
  const stranger = await world.developer()
  const team = await world.team(boss.organizationId)
  for (const actor of [boss, await world.admin()]) {
    expect(
      await setTeamMembers(contextFor(actor), team.id, { add: [stranger.userId], remove: [] }),
    ).toMatchObject({ error: { fields: { add: [expect.any(String)] } } })
  }
  expect(await membersOf(team.id)).toEqual([])
})

test('in a suspended organization only admins change teams', async () => {
  const boss = await world.superAdmin()
  const team = await world.team(boss.organizationId)
  await db.update(organizations).set({ state: 'suspended' }).where(eq(organizations.id, boss.organizationId))
  const ctx = contextFor(boss)
  expect(await createTeam(ctx, boss.organizationId, { name: 'New' })).toMatchObject({
    error: { code: 'not_allowed' },
  })
  expect(await renameTeam(ctx, team.id, { name: 'Other' })).toMatchObject({ ok: false })
  expect(await deleteTeam(ctx, team.id)).toMatchObject({ ok: false })
  expect(await renameTeam(contextFor(await world.admin()), team.id, { name: 'Other' })).toMatchObject({
    ok: true,
  })
})

test('a name that the organization has already is refused at its field, and nothing is written', async () => {
  const ctx = contextFor(await world.admin())
  const organization = await world.organization()
  const team = await world.team(organization.id)
  expect(
    await renameTeam(ctx, team.id, { name: ` ${organization.name.toUpperCase()} ALL users` }),
  ).toMatchObject({ error: { code: 'name_taken', fields: { name: [expect.any(String)] } } })
  expect(await eventsOf(team.id, 'team.renamed')).toEqual([])
})

test('the default team can be renamed, but keeps everybody and cannot be deleted', async () => {
  const boss = await world.superAdmin()
  const [defaultTeam] = boss.teamIds
  if (!defaultTeam) throw new Error('no default team')
  for (const actor of [boss, await world.admin()]) {
    const ctx = contextFor(actor)
    expect(await deleteTeam(ctx, defaultTeam)).toMatchObject({ error: { code: 'default_protected' } })
    expect(await setTeamMembers(ctx, defaultTeam, { add: [], remove: [boss.userId] })).toMatchObject({
      error: { code: 'default_protected' },
    })
  }
  expect(await renameTeam(contextFor(boss), defaultTeam, { name: 'Everybody' })).toMatchObject({ ok: true })
  expect(await membersOf(defaultTeam)).toEqual([boss.userId])
})

test('deleting a team leaves its people in the default team, and makes apps shared with it personal', async () => {
  const boss = await world.superAdmin()
  const team = await world.team(boss.organizationId)
  const member = await world.developer({ organizationId: boss.organizationId, teamIds: [team.id] })
  const app = await world.app(member, { visibility: 'team', teamId: team.id })
  const catalog = await world.catalog('custom', { teamId: team.id })
  expect(await deleteTeam(contextFor(boss), team.id)).toEqual({ ok: true, value: { name: team.name } })
  expect(await db.select().from(teams).where(eq(teams.id, team.id))).toEqual([])
  expect(await membersOf(team.id)).toEqual([])
  const [defaultTeam] = member.teamIds
  expect(await membersOf(defaultTeam ?? 'team_none')).toContain(member.userId)
  expect(await db.select().from(apps).where(eq(apps.id, app.id))).toMatchObject([
    { visibility: 'personal', teamId: null, ownerId: member.userId },
  ])
  expect(await db.select().from(catalogAudiences).where(eq(catalogAudiences.catalogId, catalog.id))).toEqual(
    [],
  )
})

test('what is so already changes nothing and writes no event', async () => {
  const boss = await world.superAdmin()
  const team = await world.team(boss.organizationId)
  const ctx = contextFor(boss)
  expect(await setTeamMembers(ctx, team.id, nobody)).toMatchObject({ ok: true })
  expect(await setTeamMembers(ctx, team.id, { add: [], remove: [boss.userId] })).toMatchObject({ ok: true })
  expect(await renameTeam(ctx, team.id, { name: team.name })).toMatchObject({ ok: true })
  expect(ctx.announced).toEqual([])
})

test('of forty who delete, rename and fill a team at once, one deletes it, and each event is a change', async () => {
  const boss = await world.superAdmin()
  const admin = await world.admin()
  for (let round = 0; round < 5; round += 1) {
    const team = await world.team(boss.organizationId)
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => {
        const ctx = contextFor(n % 2 ? boss : admin)
        if (n % 4 === 0) return setTeamMembers(ctx, team.id, { add: [boss.userId], remove: [] })
        if (n % 4 === 1) return renameTeam(ctx, team.id, { name: `Renamed ${round} by ${n}` })
        return deleteTeam(ctx, team.id)
      }),
    )
    const deletes = answers.filter((answer, n) => n % 4 > 1 && answer.ok)
    expect(deletes).toHaveLength(1)
    expect(await eventsOf(team.id, 'team.deleted')).toHaveLength(1)
    expect((await eventsOf(team.id, 'team.members_changed')).length).toBeLessThanOrEqual(1)
    const renames = answers.filter((answer, n) => n % 4 === 1 && answer.ok)
    expect(await eventsOf(team.id, 'team.renamed')).toHaveLength(renames.length)
    expect(await membersOf(team.id)).toEqual([])
  }
})
