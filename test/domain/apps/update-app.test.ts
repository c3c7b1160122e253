import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { UpdateAppInput } from '~/domain/apps/app'
import { canShareApp } from '~/domain/apps/policy'
import { listApps } from '~/domain/apps/queries.server'
import { revealCredential } from '~/domain/apps/reveal-credential.server'
import { updateApp } from '~/domain/apps/update-app.server'
import { sharingApps } from '~/domain/apps/visibility.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import { setTeamMembers } from '~/domain/organizations/set-team-members.server'
import { apps, events } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { credential } from '~test/support/credentials'
import * as world from '~test/support/world'

const input: UpdateAppInput = {
  name: 'Storefront',
  description: 'Sells things',
  visibility: 'organization',
  teamId: null,
  redirectUrls: ['https://shop.example/back'],
}

async function cast() {
  const { id } = await world.organization()
  const boss = await world.superAdmin({ organizationId: id })
  const owner = await world.developer({ organizationId: id })
  const mate = await world.developer({ organizationId: id })
  return { organizationId: id, boss, owner, mate }
}

async function appRow(appId: `app_${string}`) {
  const [row] = await db.select().from(apps).where(eq(apps.id, appId))
  if (!row) throw new Error('no app')
  return row
}

async function sees(actor: DeveloperActor, appId: `app_${string}`) {
  const { rows } = await listApps(contextFor(actor), { cursor: null, direction: 'next', size: 50 })
  return rows.some((row) => row.id === appId)
}

test('an owner changes name, description, addresses and visibility, with one event that tells both visibilities', async () => {
  const { owner } = await cast()
  const app = await world.app(owner, { visibility: 'personal' })
  expect(await updateApp(contextFor(owner), app.id, input)).toEqual({
    ok: true,
    value: { name: 'Storefront' },
  })
  expect(await appRow(app.id)).toMatchObject({ ...input, nameKey: 'storefront' })
  const written = await db.select().from(events).where(eq(events.subjectId, app.id))
  expect(
    written.map((event) => [event.type, event.data['visibilityBefore'], event.data['visibility']]),
  ).toEqual([['app.changed', 'Personal', 'Organization']])
})

test('changing visibility or teams acts at once on who sees the app and its keys', async () => {
  const { organizationId, boss, owner, mate } = await cast()
  const team = await world.team(organizationId)
  const key = await credential({ owner })
  const ownerWithTeam = { ...owner, teamIds: [...owner.teamIds, team.id] }
  await setTeamMembers(contextFor(boss), team.id, { add: [owner.userId], remove: [] })
  expect(await sees(mate, key.appId)).toBe(true)

  const toTeam = { ...input, visibility: 'team' as const, teamId: team.id }
  expect(await updateApp(contextFor(ownerWithTeam), key.appId, toTeam)).toMatchObject({ ok: true })
  expect(await sees(mate, key.appId)).toBe(false)
  await setTeamMembers(contextFor(boss), team.id, { add: [mate.userId], remove: [] })
  expect(await sees(mate, key.appId)).toBe(true)
  await setTeamMembers(contextFor(boss), team.id, { add: [], remove: [mate.userId] })
  expect(await sees(mate, key.appId)).toBe(false)
  expect(await revealCredential(contextFor(mate), key.appId, key.credentialId)).toMatchObject({
    error: { code: 'not_found' },
  })

  await updateApp(contextFor(owner), key.appId, { ...input, visibility: 'personal' })
  expect(await sees(boss, key.appId)).toBe(true)
  expect(await revealCredential(contextFor(boss), key.appId, key.credentialId)).toMatchObject({
    error: { code: 'not_found' },
  })
})

test('only its owner opens a personal app; a super admin closes and opens what is shared; in code and as SQL the same', async () => {
  const { boss, owner, mate } = await cast()
  const personal = await world.app(owner, { visibility: 'personal' })
  const shared = await world.app(owner)
  const expected: [DeveloperActor, boolean, boolean][] = [
    [owner, true, true],
    [boss, false, true],
    [mate, false, false],
    [await world.superAdmin(), false, false],
  ]
  for (const [actor, opensPersonal, changesShared] of expected) {
    for (const [app, may] of [
      [personal, opensPersonal],
      [shared, changesShared],
    ] as const) {
      const row = await appRow(app.id)
      expect(canShareApp(actor, row)).toBe(may)
      const found = await db
        .select({ may: sharingApps(actor) })
        .from(apps)
        .where(eq(apps.id, app.id))
      expect(found[0]?.may === 1).toBe(may)
    }
  }
  // Whoever sees the app may rename it, but what the form says about sharing is not theirs to decide.
  expect(await updateApp(contextFor(boss), personal.id, { ...input, name: 'Seen' })).toMatchObject({
    ok: true,
  })
  expect(await appRow(personal.id)).toMatchObject({ name: 'Seen', visibility: 'personal' })
  expect(await updateApp(contextFor(mate), shared.id, { ...input, visibility: 'personal' })).toMatchObject({
    ok: true,
  })
  expect(await appRow(shared.id)).toMatchObject({ visibility: 'organization' })
})

test('in the default organization an app stays personal, whatever the form says', async () => {
  const owner = await world.developer()
  const app = await world.app(owner)
  for (const visibility of ['organization', 'team'] as const) {
    await updateApp(contextFor(owner), app.id, { ...input, visibility, teamId: 'team_default' })
    expect(await appRow(app.id)).toMatchObject({ visibility: 'personal', teamId: null })
  }
})

test('an app is shared with one of the own teams only, and a team has to be named', async () => {
  const { organizationId, owner, boss } = await cast()
  const app = await world.app(owner)
  const notOwn = await world.team(organizationId)
  const foreign = await world.team((await world.organization()).id)
  for (const teamId of [null, notOwn.id, foreign.id, 'team_unknown' as const]) {
    expect(
      await updateApp(contextFor(owner), app.id, { ...input, visibility: 'team', teamId }),
    ).toMatchObject({ error: { fields: { teamId: [expect.any(String)] } } })
  }
  expect(await appRow(app.id)).toMatchObject({ visibility: 'organization', name: app.name })
  expect(
    await updateApp(contextFor(boss), app.id, { ...input, visibility: 'team', teamId: notOwn.id }),
  ).toMatchObject({ ok: true })
})

test('an app of another organization does not exist and does not change', async () => {
  const { owner } = await cast()
  const app = await world.app(owner)
  const before = await appRow(app.id)
  expect(await updateApp(contextFor(await world.superAdmin()), app.id, input)).toMatchObject({
    error: { code: 'not_found' },
  })
  expect(await appRow(app.id)).toEqual(before)
})
