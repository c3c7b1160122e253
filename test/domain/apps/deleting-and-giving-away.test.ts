import { and, eq, sql } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { deleteApp } from '~/domain/apps/delete-app.server'
import { findAppDeletion } from '~/domain/apps/queries-deletion.server'
import { getAppTransfer } from '~/domain/apps/queries-transfer.server'
import { transferApp } from '~/domain/apps/transfer-app.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { EventId, Id } from '~/domain/kernel/ids'
import { accessRequests, apps, credentials, events, teamMembers } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { credential } from '~test/support/credentials'
import { deliver, mailsOf } from '~test/support/notifications'
import { askWorker, origin } from '~test/support/portal'
import { granted, requested } from '~test/support/requests'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 60_000 })

async function status(it: { base: string; key: string }): Promise<number> {
  const response = await askWorker(`${origin}${it.base}/things`, {
    headers: { authorization: `Bearer ${it.key}` },
  })
  await response.body?.cancel()
  return response.status
}

async function appRow(appId: Id<'app'>) {
  const [row] = await db.select().from(apps).where(eq(apps.id, appId))
  return row
}

const eventsOf = (appId: Id<'app'>, type: (typeof events.$inferSelect)['type']) =>
  db
    .select()
    .from(events)
    .where(and(eq(events.appId, appId), eq(events.type, type)))

async function toldOf(eventId: EventId | undefined) {
  await deliver(eventId ?? 'evt_none')
  return (await mailsOf(eventId ?? 'evt_none')).map((mail) => `${mail.recipient}: ${mail.subject}`)
}

const untyped = { confirmation: '' }

test('a deleted app is gone with its keys and requests: calls fail, what waited is withdrawn, and each is an event', async () => {
  const it = await credential()
  const waiting = await requested(it.owner, { app: it.appId })
  const name = (await appRow(it.appId))?.name ?? ''
  expect(await status(it)).toBe(200)
  const preview = await findAppDeletion(contextFor(it.owner), it.appId)
  expect(preview).toMatchObject({ keys: 1, pending: [{ id: waiting.requestId }] })
  const ctx = contextFor(it.owner)
  expect(await deleteApp(ctx, it.appId, { confirmation: ` ${name.toUpperCase()} ` })).toMatchObject({
    ok: true,
    value: { name },
  })
  expect(await status(it)).toBe(401)
  expect(await appRow(it.appId)).toBeUndefined()
  expect(await db.select().from(credentials).where(eq(credentials.appId, it.appId))).toEqual([])
  expect(await db.select().from(accessRequests).where(eq(accessRequests.appId, it.appId))).toEqual([])
  const [deleted, withdrawn] = [
    await eventsOf(it.appId, 'app.deleted'),
    await eventsOf(it.appId, 'access_request.withdrawn'),
  ]
  expect(deleted).toMatchObject([{ data: { name, keys: 1 }, organizationId: it.organizationId }])
  expect(withdrawn).toMatchObject([
    { subjectId: waiting.requestId, data: { app: name, products: [waiting.of.product.name] } },
  ])
  expect(ctx.announced.sort()).toEqual([...deleted, ...withdrawn].map((event) => event.id).sort())
})

test('an app with working keys asks for its name; one without does not', async () => {
  const it = await credential()
  const ctx = contextFor(it.owner)
  for (const confirmation of ['', 'Another app']) {
    expect(await deleteApp(ctx, it.appId, { confirmation })).toMatchObject({
      error: { fields: { confirmation: [expect.stringContaining('the name of the app')] } },
    })
  }
  expect(await status(it)).toBe(200)
  const old = await credential({ row: { state: 'revoked' } })
  expect(await deleteApp(contextFor(old.owner), old.appId, untyped)).toMatchObject({ ok: true })
})

test('who edits an app deletes it: its sharers, super admins also a personal one, admins; nobody else', async () => {
  const boss = await world.superAdmin()
  const { organizationId } = boss
  const owner = await world.developer({ organizationId })
  const mate = await world.developer({ organizationId })
  const made = async (visibility: 'personal' | 'organization') => (await world.app(owner, { visibility })).id
  for (const [actor, visibility] of [
    [mate, 'organization'],
    [boss, 'personal'],
    [await world.admin(), 'personal'],
  ] as const) {
    const appId = await made(visibility)
    expect(await deleteApp(contextFor(actor), appId, untyped)).toMatchObject({ ok: true })
    expect(await appRow(appId)).toBeUndefined()
  }
  for (const [actor, visibility] of [
    [mate, 'personal'],
    [await world.superAdmin(), 'organization'],
  ] as const) {
    const appId = await made(visibility)
    expect(await deleteApp(contextFor(actor), appId, untyped)).toMatchObject({ error: { code: 'not_found' } })
    expect(await appRow(appId)).toBeDefined()
  }
})

test('the owner is told when somebody else deleted the app', async () => {
  const owner = await world.superAdmin()
  const [one, own] = [await world.app(owner), await world.app(owner)]
  const admin = contextFor(await world.admin())
  await deleteApp(admin, one.id, untyped)
  expect(await toldOf(admin.announced[0])).toEqual([`${owner.email}: The app ${one.name} was deleted`])
  const ctx = contextFor(owner)
  await deleteApp(ctx, own.id, untyped)
  expect(await toldOf(ctx.announced[0])).toEqual([])
})

test('a key that is issued between the page and the deletion is asked about: the app stays', async () => {
  const owner = await world.superAdmin()
  const app = await world.app(owner)
  const answers = await Promise.all([
    granted(owner, { app: app.id }).then(
      () => 'granted',
      () => 'refused',
    ),
    ...Array.from({ length: 10 }, async () => deleteApp(contextFor(owner), app.id, untyped)),
  ])
  const deleted = answers.filter((one) => typeof one !== 'string' && one.ok).length
  expect(deleted).toBe((await appRow(app.id)) ? 0 : 1)
  // Never a key without its app, and never a deletion that passed over a working key.
  if (deleted) expect(await db.select().from(credentials).where(eq(credentials.appId, app.id))).toEqual([])
})

test('of forty who delete at once one does, with one event', async () => {
  const it = await credential()
  const name = (await appRow(it.appId))?.name ?? ''
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => deleteApp(contextFor(it.owner), it.appId, { confirmation: name })),
  )
  expect(answers.filter((one) => one.ok)).toHaveLength(1)
  expect(await eventsOf(it.appId, 'app.deleted')).toHaveLength(1)
})

async function house() {
  const boss = await world.superAdmin()
  const { organizationId } = boss
  const team = await world.team(organizationId)
  const owner = await world.developer({ organizationId, teamIds: [team.id] })
  const mate = await world.developer({ organizationId, teamIds: [team.id] })
  const other = await world.developer({ organizationId })
  const apps = {
    shared: (await world.app(owner)).id,
    ofTeam: (await world.app(owner, { visibility: 'team', teamId: team.id })).id,
    personal: (await world.app(owner, { visibility: 'personal' })).id,
  }
  return { boss, team, owner, mate, other, apps }
}

type House = Awaited<ReturnType<typeof house>>

const give = (actor: DeveloperActor, appId: Id<'app'>, to: { userId: Id<'usr'> }) =>
  transferApp(contextFor(actor), appId, { userId: to.userId })

const refusals: [string, (h: House) => [DeveloperActor, Id<'app'>, { userId: Id<'usr'> }], string][] = [
  ['a sharer who is neither owner nor super admin', (h) => [h.mate, h.apps.shared, h.other], 'not_found'],
  ['a super admin, of a personal app', (h) => [h.boss, h.apps.personal, h.boss], 'not_found'],
  ['the owner, to themselves', (h) => [h.owner, h.apps.shared, h.owner], 'invalid_input'],
  ['the owner, to somebody outside the team', (h) => [h.owner, h.apps.ofTeam, h.other], 'invalid_input'],
  [
    'the owner of a personal app, to a team member',
    (h) => [h.owner, h.apps.personal, h.mate],
    'invalid_input',
  ],
]

test.each(refusals)('an app is not given away by %s', async (_who, attempt, code) => {
  const h = await house()
  const [actor, appId, to] = attempt(h)
  expect(await give(actor, appId, to)).toMatchObject({ error: { code } })
  expect((await appRow(appId))?.ownerId).toBe(h.owner.userId)
})

test('nobody of another organization gives an app away or gets one', async () => {
  const [h, other] = [await house(), await house()]
  expect(await give(other.boss, h.apps.shared, other.mate)).toMatchObject({ error: { code: 'not_found' } })
  expect(await give(h.owner, h.apps.shared, other.mate)).toMatchObject({ error: { code: 'invalid_input' } })
  const inactive = await world.developer({
    organizationId: h.boss.organizationId,
    row: { state: 'deactivated' },
  })
  expect(await give(h.owner, h.apps.shared, inactive)).toMatchObject({ error: { code: 'invalid_input' } })
  expect((await appRow(h.apps.shared))?.ownerId).toBe(h.owner.userId)
})

test('the owner, or a super admin of what is shared, gives an app to a member who sees it', async () => {
  const h = await house()
  const offered = await getAppTransfer(contextFor(h.owner), h.apps.ofTeam, '')
  expect(offered.people.map((one) => one.id).sort()).toEqual([h.boss.userId, h.mate.userId].sort())
  expect((await getAppTransfer(contextFor(h.owner), h.apps.shared, h.other.email)).people).toHaveLength(1)
  expect(await give(h.owner, h.apps.ofTeam, h.mate)).toMatchObject({ ok: true })
  expect(await give(h.boss, h.apps.shared, h.other)).toMatchObject({ ok: true })
  expect(await give(h.owner, h.apps.personal, h.boss)).toMatchObject({ ok: true })
  expect(await appRow(h.apps.ofTeam)).toMatchObject({ ownerId: h.mate.userId, visibility: 'team' })
  expect((await appRow(h.apps.shared))?.ownerId).toBe(h.other.userId)
  expect(await appRow(h.apps.personal)).toMatchObject({ ownerId: h.boss.userId, visibility: 'personal' })
})

test('both owners are told of a transfer by somebody else, and of one by the owner only the new one', async () => {
  const h = await house()
  const { name } = (await appRow(h.apps.shared)) ?? { name: '' }
  const boss = contextFor(h.boss)
  await transferApp(boss, h.apps.shared, { userId: h.mate.userId })
  const subject = `The app ${name} has another owner`
  expect(await toldOf(boss.announced[0])).toEqual(
    [h.owner.email, h.mate.email].sort().map((email) => `${email}: ${subject}`),
  )
  const mate = contextFor(h.mate)
  await transferApp(mate, h.apps.shared, { userId: h.other.userId })
  expect(await toldOf(mate.announced[0])).toEqual([`${h.other.email}: ${subject}`])
})

test('of forty transfers at once none is made over another one’s head', async () => {
  const h = await house()
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      give(n % 2 ? h.owner : h.boss, h.apps.shared, n % 3 ? h.mate : h.other),
    ),
  )
  const written = await db
    .select()
    .from(events)
    .where(and(eq(events.appId, h.apps.shared), eq(events.type, 'app.transferred')))
    .orderBy(sql`rowid`)
  expect(written).toHaveLength(answers.filter((one) => one.ok).length)
  const chain = [h.owner.userId, ...written.map((event) => event.data['ownerId'])]
  expect(written.map((event) => event.data['ownerIdBefore'])).toEqual(chain.slice(0, -1))
  expect((await appRow(h.apps.shared))?.ownerId).toBe(chain.at(-1))
})

test('who left the team meanwhile does not get its app', async () => {
  const h = await house()
  await db.delete(teamMembers).where(eq(teamMembers.userId, h.mate.userId))
  expect(await give(h.owner, h.apps.ofTeam, h.mate)).toMatchObject({ error: { code: 'invalid_input' } })
})
