import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { NewApp } from '~/domain/apps/app'
import { createApp } from '~/domain/apps/create-app.server'
import { canManageApp, canSeeApp, canSeeSecrets } from '~/domain/apps/policy'
import { listApps } from '~/domain/apps/queries.server'
import { appsWithOpenSecrets, visibleApps } from '~/domain/apps/visibility.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import { apps, teamMembers, users } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import * as world from '~test/support/world'

const fresh: NewApp = {
  name: 'An app',
  description: '',
  visibility: 'organization',
  teamId: null,
  redirectUrls: [],
}

async function cast() {
  const organization = await world.organization()
  const team = await world.team(organization.id)
  const owner = await world.developer({ organizationId: organization.id })
  return {
    organization,
    team,
    owner,
    teammate: await world.developer({ organizationId: organization.id, teamIds: [team.id] }),
    colleague: await world.developer({ organizationId: organization.id }),
    boss: await world.superAdmin({ organizationId: organization.id }),
    stranger: await world.superAdmin(),
    personal: await world.app(owner, { visibility: 'personal' }),
    shared: await world.app(owner, { visibility: 'team', teamId: team.id }),
    open: await world.app(owner, { visibility: 'organization' }),
  }
}

test('who sees which app, and whose secrets, is one policy: in words here, in code and as SQL the same', async () => {
  const { personal, shared, open, ...people } = await cast()
  const expected: [DeveloperActor, string[], string[]][] = [
    [people.owner, ['personal', 'shared', 'open'], ['personal', 'shared', 'open']],
    [people.teammate, ['shared', 'open'], ['shared', 'open']],
    [people.colleague, ['open'], ['open']],
    [people.boss, ['personal', 'shared', 'open'], ['shared', 'open']],
    [people.stranger, [], []],
  ]
  const all = { personal, shared, open }
  for (const [actor, seen, secrets] of expected) {
    for (const [name, { id }] of Object.entries(all)) {
      const [row] = await db.select().from(apps).where(eq(apps.id, id))
      if (!row) throw new Error('no app')
      const inSql = async (condition: ReturnType<typeof visibleApps>) =>
        (
          await db
            .select({ id: apps.id })
            .from(apps)
            .where(and(eq(apps.id, id), condition))
        ).length === 1
      expect(canSeeApp(actor, row)).toBe(seen.includes(name))
      expect(canManageApp(actor, row)).toBe(seen.includes(name))
      expect(await inSql(visibleApps(actor))).toBe(seen.includes(name))
      expect(canSeeSecrets(actor, row)).toBe(secrets.includes(name))
      expect(await inSql(appsWithOpenSecrets(actor))).toBe(secrets.includes(name))
    }
  }
})

test('admins see every app and no secret', async () => {
  const { personal } = await cast()
  const [row] = await db.select().from(apps).where(eq(apps.id, personal.id))
  const admin = await world.admin()
  expect(row && [canSeeApp(admin, row), canSeeSecrets(admin, row)]).toEqual([true, false])
})

test('strangers in the default organization share nothing, whatever an app says or whoever they are', async () => {
  const owner = await world.developer()
  const app = await world.app(owner, { visibility: 'organization' })
  for (const stranger of [
    await world.developer(),
    await world.developer({ row: { orgRole: 'super_admin' } }),
  ]) {
    const found = await db
      .select()
      .from(apps)
      .where(and(eq(apps.id, app.id), visibleApps(stranger)))
    expect(found).toEqual([])
  }
})

test('what was loaded at the start of a request does not outlive a change: team left, role lost, moved away, deactivated', async () => {
  const { team, teammate, boss, colleague, owner, personal, shared, open } = await cast()
  const sees = async (actor: DeveloperActor, id: `app_${string}`) =>
    (
      await db
        .select({ id: apps.id })
        .from(apps)
        .where(and(eq(apps.id, id), visibleApps(actor)))
    ).length === 1
  expect([
    await sees(teammate, shared.id),
    await sees(boss, personal.id),
    await sees(colleague, open.id),
    await sees(owner, personal.id),
  ]).toEqual([true, true, true, true])
  await db
    .delete(teamMembers)
    .where(and(eq(teamMembers.userId, teammate.userId), eq(teamMembers.teamId, team.id)))
  await db.update(users).set({ orgRole: 'team_member' }).where(eq(users.id, boss.userId))
  await db.delete(teamMembers).where(eq(teamMembers.userId, colleague.userId))
  await db.update(users).set({ organizationId: 'org_default' }).where(eq(users.id, colleague.userId))
  await db.update(users).set({ state: 'deactivated' }).where(eq(users.id, owner.userId))
  expect([
    await sees(teammate, shared.id),
    await sees(boss, personal.id),
    await sees(colleague, open.id),
    await sees(owner, personal.id),
  ]).toEqual([false, false, false, false])
})

test('My apps lists what one sees, newest first, in pages that go both ways', async () => {
  const owner = await world.superAdmin()
  const made = []
  for (let at = 0; at < 5; at += 1)
    made.push(await world.app(owner, { createdAt: 1_000_000 + Math.floor(at / 2) }))
  await world.app(await world.superAdmin())
  const ctx = contextFor(owner)
  const first = await listApps(ctx, { cursor: null, direction: 'next', size: 2 })
  const second = await listApps(ctx, { cursor: first.next, direction: 'next', size: 2 })
  const third = await listApps(ctx, { cursor: second.next, direction: 'next', size: 2 })
  const ids = [first, second, third].flatMap((page) => page.rows.map((row) => row.id))
  expect(new Set(ids)).toEqual(new Set(made.map((app) => app.id)))
  expect([first.previous, third.next]).toEqual([null, null])
  const back = await listApps(ctx, { cursor: second.previous, direction: 'previous', size: 2 })
  expect(back.rows.map((row) => row.id)).toEqual(first.rows.map((row) => row.id))
  expect((await listApps(ctx, { cursor: 'mangled', direction: 'next', size: 50 })).rows).toHaveLength(5)
})

test('a new app belongs to the actor, is written with its event, and is personal in the default organization', async () => {
  const actor = await world.superAdmin()
  const ctx = contextFor(actor)
  const result = await createApp(ctx, fresh)
  if (!result.ok) throw new Error(result.error.message)
  const [row] = await db.select().from(apps).where(eq(apps.id, result.value.appId))
  expect(row).toMatchObject({
    ownerId: actor.userId,
    organizationId: actor.organizationId,
    visibility: 'organization',
  })
  expect(ctx.announced).toHaveLength(1)
  const solo = await createApp(contextFor(await world.developer()), fresh)
  const [personal] = await db
    .select()
    .from(apps)
    .where(eq(apps.id, solo.ok ? solo.value.appId : 'app_none'))
  expect(personal?.visibility).toBe('personal')
})

test('an app cannot be shared with a team of somebody else', async () => {
  const { owner, team, boss } = await cast()
  const foreign = await world.team((await world.organization()).id)
  for (const [actor, teamId] of [
    [owner, team.id],
    [boss, foreign.id],
  ] as const) {
    const result = await createApp(contextFor(actor), { ...fresh, visibility: 'team', teamId })
    expect(result.ok || result.error.code).toBe('not_found')
  }
  expect((await createApp(contextFor(boss), { ...fresh, visibility: 'team', teamId: team.id })).ok).toBe(true)
})
