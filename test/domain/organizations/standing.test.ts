import { and, eq, inArray } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { newId, type OrganizationId } from '~/domain/kernel/ids'
import { nameKey } from '~/domain/kernel/text'
import { approveOrganization } from '~/domain/organizations/approve-organization.server'
import { deleteOrganization } from '~/domain/organizations/delete-organization.server'
import { getOrganizationDeletion } from '~/domain/organizations/queries-deletion.server'
import { renameOrganization } from '~/domain/organizations/rename-organization.server'
import { restoreOrganization } from '~/domain/organizations/restore-organization.server'
import { suspendOrganization } from '~/domain/organizations/suspend-organization.server'
import {
  accessRequests,
  apps,
  catalogAudiences,
  credentials,
  events,
  invitations,
  inviteCodes,
  organizations,
  teamMembers,
  teams,
  users,
} from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { credential } from '~test/support/credentials'
import { askWorker, origin } from '~test/support/portal'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

const call = (base: string, key: string) =>
  askWorker(`${origin}${base}/things`, { headers: { authorization: `Bearer ${key}` } })

async function answer(base: string, key: string): Promise<string> {
  const response = await call(base, key)
  if (response.ok) return 'passes'
  return ((await response.json()) as { code: string }).code
}

const eventsOf = (organizationId: OrganizationId, ...types: (typeof events.$inferSelect)['type'][]) =>
  db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, organizationId), inArray(events.type, types)))
    .orderBy(events.createdAt)

async function stateOf(organizationId: OrganizationId) {
  const [row] = await db.select().from(organizations).where(eq(organizations.id, organizationId))
  return row?.state ?? 'deleted'
}

test('every credential of a suspended organization is refused from the next call on, and works again once restored', async () => {
  const admin = await world.admin()
  const [ctx, later] = [contextFor(admin), contextFor(admin, Date.now() + 5)]
  const owner = await world.superAdmin()
  const keys = [await credential({ owner }), await credential({ owner })]
  const other = await credential()
  const answers = () => Promise.all([...keys, other].map((it) => answer(it.base, it.key)))
  expect(await answers()).toEqual(['passes', 'passes', 'passes'])
  expect(await suspendOrganization(ctx, owner.organizationId, { reason: 'Abuse' })).toMatchObject({
    ok: true,
  })
  expect(await answers()).toEqual(['organization_suspended', 'organization_suspended', 'passes'])
  expect(await restoreOrganization(later, owner.organizationId)).toMatchObject({ ok: true })
  expect(await answers()).toEqual(['passes', 'passes', 'passes'])
  const written = await eventsOf(owner.organizationId, 'organization.suspended', 'organization.restored')
  expect(written.map((event) => event.data.reason ?? null)).toEqual(['Abuse', null])
})

test('suspending asks the database for no list of keys, however many there are', async () => {
  const ctx = contextFor(await world.admin())
  const owner = await world.superAdmin()
  const app = await world.app(owner)
  await db.run(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000)
    insert into credentials (id, app_id, type, state, name, secret_hash, hint, show_once, created_at)
    select 'crd_many' || i, '${app.id}', 'api_key', 'active', 'Key', 'many-' || i, 'abcd', 0, 1 from n`)
  const forgotten: string[] = []
  const watched = { ...ctx, forgetCredential: () => forgotten.push('one') }
  expect(await suspendOrganization(watched, owner.organizationId, { reason: '' })).toMatchObject({ ok: true })
  expect(forgotten).toEqual([])
  const refused = await credential({ owner })
  expect(await answer(refused.base, refused.key)).toBe('organization_suspended')
})

test('of forty who suspend at once one does, and the others are told by whom', async () => {
  const admins = await Promise.all([world.admin(), world.admin()])
  for (let round = 0; round < 5; round += 1) {
    const { id } = await world.organization()
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        suspendOrganization(contextFor(admins[n % 2] ?? admins[0]), id, { reason: '' }),
      ),
    )
    expect(answers.filter((one) => one.ok)).toHaveLength(1)
    expect(answers.find((one) => !one.ok)).toMatchObject({
      error: { code: 'already_decided', message: expect.stringContaining('decided by Robin') },
    })
    expect(await eventsOf(id, 'organization.suspended')).toHaveLength(1)
  }
})

test('the default organization is neither suspended nor deleted, but can be renamed', async () => {
  const ctx = contextFor(await world.admin())
  const protectedError = { error: { code: 'default_protected' } }
  expect(await suspendOrganization(ctx, 'org_default', { reason: '' })).toMatchObject(protectedError)
  expect(
    await deleteOrganization(ctx, 'org_default', { confirmation: 'Default organization' }),
  ).toMatchObject(protectedError)
  expect(await renameOrganization(ctx, 'org_default', { name: 'Everybody' })).toMatchObject({ ok: true })
  expect(await renameOrganization(ctx, 'org_default', { name: 'Default organization' })).toMatchObject({
    ok: true,
  })
})

test('a new name is unique without regard to case; the default team follows until it has a name of its own', async () => {
  const ctx = contextFor(await world.admin())
  const [one, two] = [await world.organization(), await world.organization()]
  expect(await renameOrganization(ctx, one.id, { name: ` ${two.name.toUpperCase()}` })).toMatchObject({
    error: { code: 'name_taken', fields: { name: [expect.any(String)] } },
  })
  const teamName = async () => (await db.select().from(teams).where(eq(teams.id, one.allUsersId)))[0]?.name
  expect(await renameOrganization(ctx, one.id, { name: `${one.name} Ltd` })).toMatchObject({ ok: true })
  expect(await teamName()).toBe(`${one.name} Ltd All users`)
  await db.update(teams).set({ name: 'Crew', nameKey: 'crew' }).where(eq(teams.id, one.allUsersId))
  await renameOrganization(ctx, one.id, { name: `${one.name} Inc` })
  expect(await teamName()).toBe('Crew')
})

test('a super admin renames their own organization, whichever they ask for, while it is active', async () => {
  const boss = await world.superAdmin()
  const other = await world.organization()
  const name = `Renamed ${crypto.randomUUID().slice(0, 8)}`
  expect(await renameOrganization(contextFor(boss), other.id, { name })).toMatchObject({ ok: true })
  const [row] = await db.select().from(organizations).where(eq(organizations.id, boss.organizationId))
  expect(row?.name).toBe(name)
  await db.update(organizations).set({ state: 'suspended' }).where(eq(organizations.id, boss.organizationId))
  expect(await renameOrganization(contextFor(boss), other.id, { name: 'Again' })).toMatchObject({
    error: { code: 'conflict' },
  })
})

test('deleting moves people and apps into the default organization and ends everything else', async () => {
  const ctx = contextFor(await world.admin())
  const owner = await world.superAdmin()
  const { organizationId } = owner
  const team = await world.team(organizationId)
  const member = await world.developer({ organizationId, teamIds: [team.id] })
  const invited = await world.developer({ organizationId, row: { state: 'invited', passwordHash: null } })
  const shared = await credential({ owner })
  const teamApp = await world.app(member, { visibility: 'team', teamId: team.id })
  const catalog = await world.catalog('custom', { organizationId })
  await world.catalog('custom', { teamId: team.id })
  await db.insert(invitations).values({
    id: 'inv_doomed',
    userId: invited.userId,
    organizationId,
    state: 'open',
    expiresAt: Date.now() + 1000,
    createdAt: Date.now(),
  })
  await db.insert(inviteCodes).values({
    id: 'code_doomed',
    code: 'DOOMED',
    codeKey: 'doomed',
    organizationId,
    teamId: team.id,
    maxUses: 5,
    createdAt: Date.now(),
  })
  const preview = await getOrganizationDeletion(ctx, organizationId)
  expect(preview).toMatchObject({
    members: 3,
    teams: 2,
    apps: 2,
    workingKeys: 1,
    appsThatStop: 0,
    openRequests: 0,
    openInvitations: 1,
    inviteCodes: 1,
    isStopped: false,
    blockedBy: null,
  })
  expect(preview.catalogs).toHaveLength(2)

  expect(await deleteOrganization(ctx, organizationId, { confirmation: 'something else' })).toMatchObject({
    error: { fields: { confirmation: [expect.any(String)] } },
  })
  expect(await stateOf(organizationId)).toBe('active')
  expect(
    await deleteOrganization(ctx, organizationId, { confirmation: preview.name.toUpperCase() }),
  ).toMatchObject({ ok: true })

  const people = await db
    .select()
    .from(users)
    .where(inArray(users.id, [owner.userId, member.userId, invited.userId]))
  for (const person of people)
    expect(person).toMatchObject({ organizationId: 'org_default', orgRole: 'team_member' })
  expect(people.find((person) => person.id === invited.userId)?.resetVersion).toBe(1)
  expect(
    (await db.select().from(teamMembers).where(eq(teamMembers.userId, member.userId))).map(
      (row) => row.teamId,
    ),
  ).toEqual(['team_default'])
  for (const appId of [shared.appId, teamApp.id]) {
    const [app] = await db.select().from(apps).where(eq(apps.id, appId))
    expect(app).toMatchObject({
      organizationId: 'org_default',
      visibility: 'personal',
      teamId: null,
      frozenAt: null,
    })
  }
  const [request] = await db.select().from(accessRequests).where(eq(accessRequests.id, shared.requestId))
  expect(request).toMatchObject({ organizationId: 'org_default', state: 'approved' })
  expect(await answer(shared.base, shared.key)).toBe('passes')
  expect(await db.select().from(teams).where(eq(teams.organizationId, organizationId))).toEqual([])
  expect(await db.select().from(inviteCodes).where(eq(inviteCodes.id, 'code_doomed'))).toEqual([])
  expect(await db.select().from(catalogAudiences).where(eq(catalogAudiences.catalogId, catalog.id))).toEqual(
    [],
  )
  const [invitation] = await db.select().from(invitations).where(eq(invitations.id, 'inv_doomed'))
  expect(invitation).toMatchObject({ state: 'withdrawn', organizationId: null })
  expect(await eventsOf(organizationId, 'organization.deleted')).toMatchObject([
    { data: { name: preview.name } },
  ])
})

test('deleting a suspended organization does not set its keys free', async () => {
  const ctx = contextFor(await world.admin())
  const it = await credential()
  await suspendOrganization(ctx, it.organizationId, { reason: '' })
  const { name } = await getOrganizationDeletion(ctx, it.organizationId)
  expect(await deleteOrganization(ctx, it.organizationId, { confirmation: name })).toMatchObject({ ok: true })
  expect(await answer(it.base, it.key)).toBe('app_frozen')
  expect(await db.select().from(credentials).where(eq(credentials.id, it.credentialId))).toMatchObject([
    { state: 'active' },
  ])
})

test('one that waits for a decision is decided about before it can be deleted', async () => {
  const ctx = contextFor(await world.admin())
  const { id, name } = await world.organization({ state: 'pending' })
  expect((await getOrganizationDeletion(ctx, id)).blockedBy).toBe('pending')
  expect(await deleteOrganization(ctx, id, { confirmation: name })).toMatchObject({
    error: { code: 'already_decided' },
  })
  expect(await stateOf(id)).toBe('pending')
})

test('of forty who approve, suspend, rename and delete at once each decision is made once, with one event', async () => {
  const ctxOf = await Promise.all([world.admin(), world.admin()])
  for (let round = 0; round < 10; round += 1) {
    const requester = await world.developer()
    const [id, name] = [newId('org', Date.now()), `Asked for ${crypto.randomUUID()}`]
    await db.insert(organizations).values({
      id,
      name,
      nameKey: nameKey(name),
      state: 'pending',
      requestedById: requester.userId,
      createdAt: Date.now(),
    })
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => {
        const ctx = contextFor(ctxOf[n % 2] ?? ctxOf[0])
        if (n % 4 === 0) return approveOrganization(ctx, id, { name })
        if (n % 4 === 1) return suspendOrganization(ctx, id, { reason: '' })
        if (n % 4 === 2) return restoreOrganization(ctx, id)
        return deleteOrganization(ctx, id, { confirmation: name })
      }),
    )
    const won = (kind: number) => answers.filter((one, n) => n % 4 === kind && one.ok).length
    expect(won(0)).toBe(1)
    expect(won(3)).toBeLessThanOrEqual(1)
    expect(await eventsOf(id, 'organization.approved')).toHaveLength(1)
    expect(await eventsOf(id, 'organization.suspended')).toHaveLength(won(1))
    expect(await eventsOf(id, 'organization.restored')).toHaveLength(won(2))
    expect(await eventsOf(id, 'organization.deleted')).toHaveLength(won(3))
    const [person] = await db.select().from(users).where(eq(users.id, requester.userId))
    expect(person?.organizationId).toBe(won(3) ? 'org_default' : id)
    expect(await stateOf(id)).toBe(won(3) ? 'deleted' : won(1) > won(2) ? 'suspended' : 'active')
  }
})
