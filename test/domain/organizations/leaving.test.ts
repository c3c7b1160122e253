import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { inviteMember } from '~/domain/accounts/invite-member.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import { handOverOrganization } from '~/domain/organizations/hand-over-organization.server'
import { leaveOrganization } from '~/domain/organizations/leave-organization.server'
import { accessRequests, apps, events, organizations, teamMembers, users } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { credential } from '~test/support/credentials'
import { deliver, mailsOf } from '~test/support/notifications'
import * as world from '~test/support/world'

async function userRow(userId: DeveloperActor['userId']) {
  const [row] = await db.select().from(users).where(eq(users.id, userId))
  return row
}

async function appRow(appId: `app_${string}`) {
  const [row] = await db.select().from(apps).where(eq(apps.id, appId))
  return row
}

test('whoever leaves is Team member of the default organization only; the apps pass to the super admin of longest standing', async () => {
  const { id } = await world.organization()
  await world.superAdmin({ organizationId: id, row: { createdAt: 3000 } })
  const eldest = await world.superAdmin({ organizationId: id, row: { createdAt: 2000 } })
  await world.developer({ organizationId: id, row: { createdAt: 1000 } })
  const leaver = await world.developer({ organizationId: id })
  const shared = await world.app(leaver)
  const personal = await world.app(leaver, { visibility: 'personal' })
  const ctx = contextFor(leaver)
  expect(await leaveOrganization(ctx)).toEqual({ ok: true, value: null })
  expect(await userRow(leaver.userId)).toMatchObject({
    organizationId: 'org_default',
    orgRole: 'team_member',
  })
  const memberships = await db.select().from(teamMembers).where(eq(teamMembers.userId, leaver.userId))
  expect(memberships.map((one) => one.organizationId)).toEqual(['org_default'])
  for (const app of [shared, personal]) {
    expect(await appRow(app.id)).toMatchObject({ ownerId: eldest.userId, organizationId: id })
  }
  const [event] = await db
    .select()
    .from(events)
    .where(eq(events.id, ctx.announced[0] ?? 'evt_none'))
  expect(event).toMatchObject({ type: 'member.left', organizationId: id, actorId: leaver.userId })
})

test('the last super admin stays while there are members or invitations, real or held', async () => {
  const owner = await world.superAdmin()
  const person = { firstName: 'Gail', lastName: 'Guest', orgRole: 'team_member' as const, teamIds: [] }
  for (const others of [
    (boss: typeof owner) => world.developer({ organizationId: boss.organizationId }),
    (boss: typeof owner) =>
      inviteMember(contextFor(boss), { ...person, email: `g-${crypto.randomUUID()}@people.example` }),
    (boss: typeof owner) => inviteMember(contextFor(boss), { ...person, email: owner.email }),
  ]) {
    const boss = await world.superAdmin()
    await others(boss)
    expect(await leaveOrganization(contextFor(boss))).toMatchObject({ error: { code: 'last_super_admin' } })
    expect(await userRow(boss.userId)).toMatchObject({ organizationId: boss.organizationId })
  }
})

test('who is alone may leave, and the apps come along as personal ones with their access', async () => {
  const boss = await world.superAdmin()
  const key = await credential({ owner: boss })
  expect(await leaveOrganization(contextFor(boss))).toMatchObject({ ok: true })
  expect(await appRow(key.appId)).toMatchObject({
    ownerId: boss.userId,
    organizationId: 'org_default',
    visibility: 'personal',
    teamId: null,
  })
  const [request] = await db.select().from(accessRequests).where(eq(accessRequests.id, key.requestId))
  expect(request).toMatchObject({ organizationId: 'org_default', state: 'approved' })
})

test('there is nothing to leave in the default organization', async () => {
  const stranger = await world.developer()
  expect(await leaveOrganization(contextFor(stranger))).toMatchObject({ error: { code: 'not_found' } })
  expect(await db.select().from(events).where(eq(events.subjectId, stranger.userId))).toEqual([])
})

test('handing over makes the other super admin and oneself team member, and tells the other by mail', async () => {
  const boss = await world.superAdmin()
  const next = await world.developer({ organizationId: boss.organizationId })
  const ctx = contextFor(boss)
  expect(await handOverOrganization(ctx, { userId: next.userId })).toEqual({
    ok: true,
    value: { name: next.name },
  })
  expect(await userRow(boss.userId)).toMatchObject({ orgRole: 'team_member' })
  expect(await userRow(next.userId)).toMatchObject({ orgRole: 'super_admin' })
  const sent = []
  for (const id of ctx.announced) {
    await deliver(id)
    sent.push(...(await mailsOf(id)))
  }
  expect(sent.map((mail) => mail.recipient)).toEqual([next.email])
})

test('nobody takes over who is not an active member of the organization', async () => {
  const boss = await world.superAdmin()
  const stranger = await world.developer()
  const closed = await world.developer({
    organizationId: boss.organizationId,
    row: { state: 'deactivated' },
  })
  const invited = await world.developer({
    organizationId: boss.organizationId,
    row: { state: 'invited', passwordHash: null },
  })
  for (const userId of [stranger.userId, closed.userId, invited.userId, boss.userId]) {
    expect(await handOverOrganization(contextFor(boss), { userId })).toMatchObject({
      error: { fields: { userId: [expect.any(String)] } },
    })
  }
  expect(await userRow(boss.userId)).toMatchObject({ orgRole: 'super_admin' })
})

test('in fifty rounds of handing over to two members at once, while one of them leaves, exactly one super admin remains', async () => {
  for (let round = 0; round < 50; round += 1) {
    const boss = await world.superAdmin()
    const { organizationId } = boss
    const one = await world.developer({ organizationId })
    const two = await world.developer({ organizationId })
    const results = await Promise.all([
      handOverOrganization(contextFor(boss), { userId: one.userId }),
      round % 2 ? leaveOrganization(contextFor(one)) : leaveOrganization(contextFor(boss)),
      handOverOrganization(contextFor(boss), { userId: two.userId }),
    ])
    const handed = [results[0], results[2]].filter((result) => result.ok)
    expect(handed).toHaveLength(1)
    const left = await db
      .select()
      .from(users)
      .where(and(eq(users.organizationId, organizationId), eq(users.orgRole, 'super_admin')))
    expect(left).toHaveLength(1)
    expect([one.userId, two.userId]).toContain(left[0]?.id)
    const told = await db
      .select()
      .from(events)
      .where(and(eq(events.organizationId, organizationId), eq(events.type, 'member.role_changed')))
    expect(told).toHaveLength(2)
  }
}, 60_000)

test('a suspended organization is left but not handed over', async () => {
  const boss = await world.superAdmin()
  const mate = await world.developer({ organizationId: boss.organizationId })
  await db.update(organizations).set({ state: 'suspended' }).where(eq(organizations.id, boss.organizationId))
  expect(await handOverOrganization(contextFor(boss), { userId: mate.userId })).toMatchObject({ ok: false })
  expect(await leaveOrganization(contextFor(mate))).toMatchObject({ ok: true })
})
