import { and, eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { appStateOf, appStates } from '~/domain/apps/app-list'
import { createAppFor } from '~/domain/apps/create-app-for.server'
import { getAppPage } from '~/domain/apps/queries-app-page.server'
import { getAppList } from '~/domain/apps/queries-list.server'
import { getOwnerChoices } from '~/domain/apps/queries-owner.server'
import { revokeCredential } from '~/domain/apps/revoke-credential.server'
import { rotateCredential } from '~/domain/apps/rotate-credential.server'
import { updateApp } from '~/domain/apps/update-app.server'
import type { Id } from '~/domain/kernel/ids'
import type { PageRequest } from '~/domain/kernel/page'
import { apps, credentials, events } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { changeApp, credential } from '~test/support/credentials'
import { deliver, mailsOf } from '~test/support/notifications'
import { requested } from '~test/support/requests'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 60_000 })

const first: PageRequest = { cursor: null, direction: 'next', size: 50 }
const everything = {
  sort: 'created',
  descending: true,
  search: '',
  organizationId: null,
  state: null,
} as const

async function appRow(appId: Id<'app'>) {
  const [row] = await db.select().from(apps).where(eq(apps.id, appId))
  return row
}

const edit = { description: '', teamId: null, redirectUrls: [] }

test('an admin changes any app, and the event is of the app’s organization', async () => {
  const it = await credential()
  const admin = contextFor(await world.admin())
  const team = await world.team(it.organizationId)
  expect(
    await updateApp(admin, it.appId, { ...edit, name: 'Renamed', visibility: 'team', teamId: team.id }),
  ).toMatchObject({ ok: true })
  expect(await appRow(it.appId)).toMatchObject({ name: 'Renamed', visibility: 'team', teamId: team.id })
  const [event] = await db
    .select()
    .from(events)
    .where(and(eq(events.appId, it.appId), eq(events.type, 'app.changed')))
  expect(event).toMatchObject({ organizationId: it.organizationId, actorId: admin.actor.userId })
})

test('an admin shares with teams of the app’s organization only, and opens no personal app', async () => {
  const owner = await world.superAdmin()
  const admin = contextFor(await world.admin())
  const foreign = await world.team((await world.organization()).id)
  const shared = await world.app(owner)
  expect(
    await updateApp(admin, shared.id, { ...edit, name: 'Shared', visibility: 'team', teamId: foreign.id }),
  ).toMatchObject({ error: { fields: { teamId: [expect.any(String)] } } })
  expect((await appRow(shared.id))?.visibility).toBe('organization')
  for (const [who, organizationId] of [
    [owner, owner.organizationId],
    [await world.developer(), 'org_default'],
  ] as const) {
    const personal = await world.app(who, { visibility: 'personal' })
    expect(
      await updateApp(admin, personal.id, { ...edit, name: 'Opened', visibility: 'organization' }),
    ).toMatchObject({ ok: true })
    expect(await appRow(personal.id)).toMatchObject({
      name: 'Opened',
      visibility: 'personal',
      organizationId,
    })
  }
})

test('an admin rotates and revokes any key without seeing it, and the owner is told', async () => {
  const it = await credential()
  const admin = contextFor(await world.admin())
  const rotated = await rotateCredential(admin, it.appId, it.credentialId, { overlap: 'day' })
  if (!rotated.ok) throw new Error(rotated.error.message)
  expect(JSON.stringify(rotated)).not.toMatch(/prt_live|secret/i)
  const [old] = await db.select().from(credentials).where(eq(credentials.id, it.credentialId))
  expect(old?.state).toBe('retiring')
  expect(await revokeCredential(admin, it.appId, rotated.value.credentialId)).toMatchObject({ ok: true })
  const told: string[] = []
  for (const id of admin.announced) {
    const [event] = await db.select().from(events).where(eq(events.id, id))
    expect(event?.organizationId).toBe(it.organizationId)
    await deliver(id)
    told.push(...(await mailsOf(id)).map((mail) => mail.recipient))
  }
  expect(told).toEqual([it.owner.email, it.owner.email])
})

test('an admin’s page of an app holds everything but a key: the owner, the organization, all activity', async () => {
  const it = await credential()
  const {
    app,
    credentials: keys,
    canSeeSecrets,
  } = await getAppPage(contextFor(await world.admin()), it.appId)
  expect(app).toMatchObject({
    ownerEmail: it.owner.email,
    organizationId: it.organizationId,
    isOwn: false,
  })
  expect(canSeeSecrets).toBe(false)
  expect(JSON.stringify(keys)).not.toMatch(/prt_live|cipher|hash/i)
})

test('an app is made for an active developer, in their organization, who is told of it', async () => {
  const owner = await world.superAdmin()
  const admin = contextFor(await world.admin())
  const made = await createAppFor(admin, {
    ...edit,
    ownerId: owner.userId,
    name: 'Made for you',
    visibility: 'organization',
  })
  if (!made.ok) throw new Error(made.error.message)
  expect(await appRow(made.value.appId)).toMatchObject({
    ownerId: owner.userId,
    organizationId: owner.organizationId,
    visibility: 'organization',
  })
  await deliver(admin.announced[0] ?? 'evt_none')
  expect(await mailsOf(admin.announced[0] ?? 'evt_none')).toMatchObject([
    { recipient: owner.email, subject: 'The app Made for you was made for you' },
  ])
})

test('an app for somebody of the default organization is personal, whatever was asked for', async () => {
  const owner = await world.developer()
  const made = await createAppFor(contextFor(await world.admin()), {
    ...edit,
    ownerId: owner.userId,
    name: 'Alone',
    visibility: 'organization',
  })
  expect(made.ok && (await appRow(made.value.appId))?.visibility).toBe('personal')
})

test('no app is made for admins, for who is not active, or with a team of another organization', async () => {
  const admin = contextFor(await world.admin())
  const owner = await world.superAdmin()
  const foreign = await world.team((await world.organization()).id)
  const inactive = await world.developer({ row: { state: 'deactivated' } })
  const input = { ...edit, name: 'Nobody’s', visibility: 'organization' as const }
  for (const ownerId of [admin.actor.userId, inactive.userId, 'usr_none' as const]) {
    expect(await createAppFor(admin, { ...input, ownerId })).toMatchObject({
      error: { fields: { ownerId: [expect.any(String)] } },
    })
  }
  for (const teamId of [foreign.id, null]) {
    expect(
      await createAppFor(admin, { ...input, ownerId: owner.userId, visibility: 'team', teamId }),
    ).toMatchObject({ error: { fields: { teamId: [expect.any(String)] } } })
  }
  expect(await db.select().from(apps).where(eq(apps.name, input.name))).toEqual([])
  const { people } = await getOwnerChoices(admin, { search: inactive.email, ownerId: inactive.userId })
  expect(people).toEqual([])
  const found = await getOwnerChoices(admin, { search: owner.email.slice(0, 14), ownerId: owner.userId })
  expect(found).toMatchObject({ people: [{ email: owner.email }], owner: { email: owner.email } })
})

test('the list finds by app, owner and organization, and every status means the same in words and as SQL', async () => {
  const ctx = contextFor(await world.admin())
  const word = crypto.randomUUID().slice(0, 8)
  const place = await world.organization({ name: `Place ${word}`, nameKey: `place ${word}` })
  const owner = await world.superAdmin({
    organizationId: place.id,
    row: { lastName: `Last ${word}` },
  })
  const elsewhere = await world.superAdmin()
  const active = await credential({ owner })
  const named = await world.app(elsewhere, { name: `Named ${word}`, nameKey: `named ${word}` })
  const waiting = await requested(owner)
  const none = await world.app(owner)
  const frozen = await credential({ owner })
  await changeApp(frozen.appId, { frozenAt: 1, frozenBy: 'admin' })
  const ids = async (changes: Partial<Parameters<typeof getAppList>[1]>) =>
    (await getAppList(ctx, { ...everything, page: first, ...changes })).rows.map((row) => row.id).sort()
  const own = [active.appId, waiting.appId, none.id, frozen.appId].sort()
  expect(await ids({ search: word })).toEqual([...own, named.id].sort())
  expect(await ids({ search: owner.email.toUpperCase() })).toEqual(own)
  expect(await ids({ search: `LAST ${word}` })).toEqual(own)
  const all = await getAppList(ctx, { ...everything, organizationId: place.id, page: first })
  expect(all.organization?.name).toBe(place.name)
  expect(Object.fromEntries(all.rows.map((row) => [row.id, appStateOf(row)]))).toEqual({
    [active.appId]: 'active',
    [waiting.appId]: 'pending',
    [none.id]: 'none',
    [frozen.appId]: 'frozen',
  })
  for (const state of appStates) {
    expect(await ids({ organizationId: place.id, state }), state).toEqual(
      all.rows.filter((row) => appStateOf(row) === state).map((row) => row.id),
    )
  }
  expect(all.rows.find((row) => row.id === active.appId)).toMatchObject({ products: 1, workingKeys: 1 })
})
