import { and, eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { listApps } from '~/domain/apps/queries.server'
import { findMemberToRemove } from '~/domain/apps/queries-removal.server'
import { removeMember } from '~/domain/apps/remove-member.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import { leaveOrganization } from '~/domain/organizations/leave-organization.server'
import { apps, credentials, events, organizations, sessions, teamMembers, users } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { changeApp, changeCredential, credential } from '~test/support/credentials'
import { deliver, mailsOf } from '~test/support/notifications'
import { signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

async function cast() {
  const organization = await world.organization()
  const boss = await world.superAdmin({ organizationId: organization.id })
  const team = await world.team(organization.id)
  const member = await world.developer({ organizationId: organization.id, teamIds: [team.id] })
  return { organization, boss, team, member }
}

const plain = { rotate: false, overlap: 'now' as const }

async function ownerOf(appId: `app_${string}`) {
  const [app] = await db.select().from(apps).where(eq(apps.id, appId))
  return app?.ownerId
}

async function statesOf(ids: `crd_${string}`[]) {
  const rows = await db.select().from(credentials).where(inArray(credentials.id, ids))
  return ids.map((id) => rows.find((row) => row.id === id)?.state)
}

async function removals(userId: DeveloperActor['userId']) {
  return db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, userId), eq(events.type, 'member.removed')))
}

test('a removed member is Team member of the default organization only, signed out, and told by mail', async () => {
  const { organization, boss, member } = await cast()
  const browser = await signedIn(member)
  const ctx = contextFor(boss)
  expect(await removeMember(ctx, member.userId, plain)).toEqual({
    ok: true,
    value: { name: member.name, rotated: 0 },
  })
  const [row] = await db.select().from(users).where(eq(users.id, member.userId))
  expect(row).toMatchObject({ organizationId: 'org_default', orgRole: 'team_member', state: 'active' })
  const memberships = await db.select().from(teamMembers).where(eq(teamMembers.userId, member.userId))
  expect(memberships.map((one) => one.organizationId)).toEqual(['org_default'])
  expect(await db.select().from(sessions).where(eq(sessions.userId, member.userId))).toEqual([])
  expect((await browser.request('/dashboard/apps')).headers.get('location')).toContain('/auth/login')
  await deliver(ctx.announced[0] ?? 'evt_none')
  const [mail] = await mailsOf(ctx.announced[0] ?? 'evt_none')
  expect(mail).toMatchObject({
    recipient: member.email,
    subject: `You were removed from ${organization.name}`,
  })
})

test('apps stay with the organization and pass to the remover, personal ones too', async () => {
  const { organization, boss, member } = await cast()
  const shared = await world.app(member)
  const personal = await world.app(member, { visibility: 'personal' })
  await removeMember(contextFor(boss), member.userId, plain)
  for (const { id } of [shared, personal]) {
    const [app] = await db.select().from(apps).where(eq(apps.id, id))
    expect(app).toMatchObject({ ownerId: boss.userId, organizationId: organization.id })
  }
  const gone = { ...member, organizationId: 'org_default' as const, inDefaultOrganization: true }
  expect((await listApps(contextFor(gone), { cursor: null, direction: 'next', size: 9 })).rows).toEqual([])
})

test('the keys that the member could see are listed: own, team and organization, not personal ones of others', async () => {
  const { boss, team, member, organization } = await cast()
  const other = await world.developer({ organizationId: organization.id })
  const otherTeam = await world.team(organization.id)
  const own = await credential({ owner: member })
  await changeApp(own.appId, { visibility: 'personal' })
  const shared = await credential({ owner: other })
  const ofTeam = await credential({ owner: other })
  await changeApp(ofTeam.appId, { visibility: 'team', teamId: team.id })
  const ofOtherTeam = await credential({ owner: other })
  await changeApp(ofOtherTeam.appId, { visibility: 'team', teamId: otherTeam.id })
  const hidden = await credential({ owner: other })
  await changeApp(hidden.appId, { visibility: 'personal' })
  const ended = await credential({ owner: member, row: { state: 'revoked' } })
  const elsewhere = await credential()

  const preview = await findMemberToRemove(contextFor(boss), member.userId)
  expect(preview?.keys.map((key) => key.id).sort()).toEqual(
    [own, shared, ofTeam].map((one) => one.credentialId).sort(),
  )

  const all = [own, shared, ofTeam, ofOtherTeam, hidden, elsewhere].map((one) => one.credentialId)
  const result = await removeMember(contextFor(boss), member.userId, { rotate: true, overlap: 'day' })
  expect(result).toMatchObject({ ok: true, value: { rotated: 3 } })
  expect(await statesOf(all)).toEqual(['retiring', 'retiring', 'retiring', 'active', 'active', 'active'])
  expect(await statesOf([ended.credentialId])).toEqual(['revoked'])
  const written = await db
    .select()
    .from(events)
    .where(and(eq(events.organizationId, organization.id), eq(events.type, 'credential.rotated')))
  expect(written.map((event) => event.subjectId).sort()).toEqual(all.slice(0, 3).sort())
})

test('a super admin who is removed could see every shared key', async () => {
  const { boss, organization, team } = await cast()
  const second = await world.superAdmin({ organizationId: organization.id })
  const ofTeam = await credential({ owner: boss })
  await changeApp(ofTeam.appId, { visibility: 'team', teamId: team.id })
  const preview = await findMemberToRemove(contextFor(boss), second.userId)
  expect(preview?.keys.map((key) => key.id)).toEqual([ofTeam.credentialId])
})

test('keys that retire already live on no longer than the chosen overlap', async () => {
  const { boss, member } = await cast()
  const week = Date.now() + 7 * 86_400_000
  const old = await credential({ owner: member })
  await changeCredential(old.credentialId, { state: 'retiring', retiresAt: week })
  const ctx = contextFor(boss)
  await removeMember(ctx, member.userId, { rotate: true, overlap: 'hour' })
  const [row] = await db.select().from(credentials).where(eq(credentials.id, old.credentialId))
  expect(row).toMatchObject({ state: 'retiring', retiresAt: ctx.now + 3_600_000 })
})

test('the actor, an invited person, a stranger and people of the default organization cannot be removed', async () => {
  const { boss } = await cast()
  const stranger = await world.superAdmin()
  const invited = await world.developer({
    organizationId: boss.organizationId,
    row: { state: 'invited', passwordHash: null },
  })
  for (const userId of [boss.userId, invited.userId, stranger.userId, (await world.developer()).userId]) {
    expect(await removeMember(contextFor(boss), userId, plain)).toMatchObject({
      error: { code: 'not_found' },
    })
    expect(await removals(userId)).toEqual([])
  }
})

test('nobody is removed from a suspended organization or by somebody whose right is gone', async () => {
  const { boss, member, organization } = await cast()
  await db.update(users).set({ orgRole: 'team_member' }).where(eq(users.id, boss.userId))
  expect(await removeMember(contextFor(boss), member.userId, plain)).toMatchObject({
    error: { code: 'not_allowed' },
  })
  await db.update(users).set({ orgRole: 'super_admin' }).where(eq(users.id, boss.userId))
  await db.update(organizations).set({ state: 'suspended' }).where(eq(organizations.id, organization.id))
  expect(await removeMember(contextFor(boss), member.userId, plain)).toMatchObject({
    error: { code: 'not_allowed' },
  })
})

test('in fifty rounds of two super admins who remove each other or leave at once, one stays and one event is written', async () => {
  for (let round = 0; round < 50; round += 1) {
    const one = await world.superAdmin()
    const two = await world.superAdmin({ organizationId: one.organizationId })
    const member = await world.developer({ organizationId: one.organizationId })
    const app = await world.app(round % 2 ? one : two)
    const remove = (actor: typeof one, userId: DeveloperActor['userId']) =>
      removeMember(contextFor(actor), userId, plain)
    const leave = (actor: typeof one) => leaveOrganization(contextFor(actor))
    const results = await Promise.all(
      round % 3 === 0
        ? [remove(one, two.userId), remove(two, one.userId)]
        : round % 3 === 1
          ? [leave(one), leave(two)]
          : [leave(one), remove(one, two.userId), remove(two, one.userId), leave(two)],
    )
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    const left = await db
      .select()
      .from(users)
      .where(and(eq(users.organizationId, one.organizationId), eq(users.orgRole, 'super_admin')))
    expect(left).toHaveLength(1)
    expect(await ownerOf(app.id)).toBe(left[0]?.id)
    const told = await db
      .select()
      .from(events)
      .where(
        and(
          eq(events.organizationId, one.organizationId),
          inArray(events.type, ['member.removed', 'member.left']),
        ),
      )
    expect(told).toHaveLength(1)
    const [stays] = await db.select().from(users).where(eq(users.id, member.userId))
    expect(stays?.organizationId).toBe(one.organizationId)
  }
}, 60_000)

test('forty clicks remove a member once and rotate each key once', async () => {
  const { boss, member } = await cast()
  const old = await credential({ owner: member })
  const answers = await Promise.all(
    Array.from({ length: 40 }, () =>
      removeMember(contextFor(boss), member.userId, { rotate: true, overlap: 'now' }),
    ),
  )
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  expect(await removals(member.userId)).toHaveLength(1)
  expect(await db.select().from(credentials).where(eq(credentials.appId, old.appId))).toHaveLength(2)
})
