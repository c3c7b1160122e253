import { and, eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { OrganizationId, UserId } from '~/domain/kernel/ids'
import { moveDeveloper } from '~/domain/organizations/move-developer.server'
import { getDeveloperToMove } from '~/domain/organizations/queries-move.server'
import { accessRequests, apps, events, organizations, teamMembers, users } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { changeApp, credential } from '~test/support/credentials'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

const member = { orgRole: 'team_member', apps: 'personal' } as const

async function placeOf(userId: UserId) {
  const [user] = await db.select().from(users).where(eq(users.id, userId))
  const teams = await db.select().from(teamMembers).where(eq(teamMembers.userId, userId))
  return {
    organizationId: user?.organizationId,
    orgRole: user?.orgRole,
    teams: teams.map((row) => row.teamId),
  }
}

async function appOf(appId: `app_${string}`) {
  const [app] = await db.select().from(apps).where(eq(apps.id, appId))
  return app
}

async function colleague(
  organizationId: OrganizationId,
  teamIds: `team_${string}`[] = [],
): Promise<DeveloperActor> {
  return world.developer({ organizationId, teamIds })
}

test('one who is moved is only in the default team there, in the role that was chosen', async () => {
  const ctx = contextFor(await world.admin())
  const boss = await world.superAdmin()
  const team = await world.team(boss.organizationId)
  const person = await colleague(boss.organizationId, [team.id])
  const target = await world.organization()
  expect(
    await moveDeveloper(ctx, person.userId, { ...member, organizationId: target.id, orgRole: 'super_admin' }),
  ).toEqual({ ok: true, value: { name: person.name, organizationName: target.name } })
  expect(await placeOf(person.userId)).toEqual({
    organizationId: target.id,
    orgRole: 'super_admin',
    teams: [target.allUsersId],
  })
  const told = await db.select().from(events).where(eq(events.subjectId, person.userId))
  expect(told).toMatchObject([
    { type: 'member.moved', organizationId: boss.organizationId, data: { to: target.name } },
  ])
})

test('apps that stay pass to the member who was named, and keep their visibility', async () => {
  const ctx = contextFor(await world.admin())
  const boss = await world.superAdmin()
  const owner = await colleague(boss.organizationId)
  const target = await world.organization()
  const it = await credential({ owner })
  const personal = await world.app(owner, { visibility: 'personal' })
  expect(
    await moveDeveloper(ctx, owner.userId, {
      organizationId: target.id,
      orgRole: 'team_member',
      apps: 'pass',
      heirId: boss.userId,
    }),
  ).toMatchObject({ ok: true })
  for (const [id, visibility] of [
    [it.appId, 'organization'],
    [personal.id, 'personal'],
  ] as const)
    expect(await appOf(id)).toMatchObject({
      ownerId: boss.userId,
      organizationId: boss.organizationId,
      visibility,
    })
})

test.each([
  ['personal', 'personal'],
  ['organization', 'organization'],
] as const)(
  'apps that go along as %s are that in the new organization, with their access',
  async (fate, visibility) => {
    const ctx = contextFor(await world.admin())
    const boss = await world.superAdmin()
    const team = await world.team(boss.organizationId)
    const owner = await colleague(boss.organizationId, [team.id])
    const target = await world.organization()
    const it = await credential({ owner })
    await changeApp(it.appId, { visibility: 'team', teamId: team.id })
    const forgotten: string[] = []
    const watched = { ...ctx, forgetCredential: (id: string) => forgotten.push(id) }
    expect(
      await moveDeveloper(watched, owner.userId, { ...member, organizationId: target.id, apps: fate }),
    ).toMatchObject({ ok: true })
    expect(await appOf(it.appId)).toMatchObject({
      organizationId: target.id,
      ownerId: owner.userId,
      visibility,
      teamId: null,
    })
    const [request] = await db.select().from(accessRequests).where(eq(accessRequests.id, it.requestId))
    expect(request).toMatchObject({ organizationId: target.id, state: 'approved' })
    expect(forgotten).toEqual([it.credentialId])
  },
)

test('in the default organization apps are personal and nobody is a super admin, whatever was chosen', async () => {
  const ctx = contextFor(await world.admin())
  const boss = await world.superAdmin()
  const owner = await colleague(boss.organizationId)
  const it = await credential({ owner })
  expect(
    await moveDeveloper(ctx, owner.userId, {
      organizationId: 'org_default',
      orgRole: 'super_admin',
      apps: 'organization',
    }),
  ).toMatchObject({ ok: true })
  expect(await appOf(it.appId)).toMatchObject({ organizationId: 'org_default', visibility: 'personal' })
  expect(await placeOf(owner.userId)).toEqual({
    organizationId: 'org_default',
    orgRole: 'team_member',
    teams: ['team_default'],
  })
})

test('nobody inherits from a stranger: not in the default organization, not from another one, not a closed account', async () => {
  const ctx = contextFor(await world.admin())
  const target = await world.organization()
  const [stranger, leaver] = [await world.developer(), await world.developer()]
  const pass = (heirId: UserId, userId: UserId) =>
    moveDeveloper(ctx, userId, { organizationId: target.id, orgRole: 'team_member', apps: 'pass', heirId })
  const refused = { error: { fields: { heirId: [expect.any(String)] } } }
  expect(await pass(stranger.userId, leaver.userId)).toMatchObject(refused)
  const boss = await world.superAdmin()
  const person = await colleague(boss.organizationId)
  const closed = await world.developer({
    organizationId: boss.organizationId,
    row: { state: 'deactivated' },
  })
  for (const heirId of [stranger.userId, closed.userId, person.userId])
    expect(await pass(heirId, person.userId)).toMatchObject(refused)
  expect((await placeOf(person.userId)).organizationId).toBe(boss.organizationId)
  const choice = { search: '', chosen: null }
  expect((await getDeveloperToMove(ctx, leaver.userId, choice)).heirs).toEqual([])
  expect((await getDeveloperToMove(ctx, person.userId, choice)).heirs.map((heir) => heir.id)).toEqual([
    boss.userId,
  ])
})

test('the last super admin of an organization with members stays; alone, one may go', async () => {
  const ctx = contextFor(await world.admin())
  const boss = await world.superAdmin()
  const other = await colleague(boss.organizationId)
  const target = await world.organization()
  const move = (userId: UserId) => moveDeveloper(ctx, userId, { ...member, organizationId: target.id })
  expect(await move(boss.userId)).toMatchObject({ error: { code: 'last_super_admin' } })
  expect(await move(other.userId)).toMatchObject({ ok: true })
  expect(await move(boss.userId)).toMatchObject({ ok: true })
})

test('who has asked for an organization is decided about first; a suspended organization takes nobody', async () => {
  const ctx = contextFor(await world.admin())
  const person = await world.developer()
  const asked = await world.organization({ state: 'pending', requestedById: person.userId })
  const target = await world.organization()
  const suspended = await world.organization({ state: 'suspended' })
  expect(await moveDeveloper(ctx, person.userId, { ...member, organizationId: target.id })).toMatchObject({
    error: { code: 'conflict', message: expect.stringContaining('asked for an organization') },
  })
  await db.update(organizations).set({ state: 'rejected' }).where(eq(organizations.id, asked.id))
  for (const organizationId of [suspended.id, 'org_unknown', 'org_default'] as const)
    expect(await moveDeveloper(ctx, person.userId, { ...member, organizationId })).toMatchObject({
      error: { fields: { organizationId: [expect.any(String)] } },
    })
  expect(
    await moveDeveloper(ctx, (await world.admin()).userId, { ...member, organizationId: target.id }),
  ).toMatchObject({ error: { code: 'not_found' } })
})

test('in fifty rounds two super admins are moved out at once: one stays, and one event is written', async () => {
  const ctx = contextFor(await world.admin())
  const target = await world.organization()
  for (let round = 0; round < 50; round += 1) {
    const one = await world.superAdmin()
    const two = await world.superAdmin({ organizationId: one.organizationId })
    await colleague(one.organizationId)
    const answers = await Promise.all(
      [one, two].map(({ userId }) => moveDeveloper(ctx, userId, { ...member, organizationId: target.id })),
    )
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    const told = await db
      .select()
      .from(events)
      .where(and(eq(events.organizationId, one.organizationId), eq(events.type, 'member.moved')))
    expect(told).toHaveLength(1)
  }
})

test('of forty who move one developer to different places at once, one wins, and the apps are where the person is', async () => {
  const ctx = contextFor(await world.admin())
  const targets = await Promise.all(Array.from({ length: 4 }, () => world.organization()))
  for (let round = 0; round < 5; round += 1) {
    const boss = await world.superAdmin()
    const person = await colleague(boss.organizationId)
    const app = await world.app(person)
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        moveDeveloper(ctx, person.userId, {
          organizationId: targets[n % 4]?.id ?? 'org_unknown',
          orgRole: 'team_member',
          apps: 'organization',
        }),
      ),
    )
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    const { organizationId, teams } = await placeOf(person.userId)
    expect(targets.map((target) => target.id)).toContain(organizationId)
    expect(teams).toHaveLength(1)
    expect((await appOf(app.id))?.organizationId).toBe(organizationId)
  }
})
