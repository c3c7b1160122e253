import { and, eq, inArray } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { activateUsers } from '~/domain/accounts/activate-users.server'
import { deactivateUsers } from '~/domain/accounts/deactivate-users.server'
import { deleteUsers } from '~/domain/accounts/delete-users.server'
import { deletionPreviews } from '~/domain/accounts/deletion-preview.server'
import { inviteUsers } from '~/domain/accounts/invite-users.server'
import { chosenUsersInput, usersNotice } from '~/domain/accounts/many-users'
import { rejectDevelopers } from '~/domain/accounts/reject-developers.server'
import type { UserId } from '~/domain/kernel/ids'
import { apps, events, sessions, users } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { changeApp, credential } from '~test/support/credentials'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

const people = (n: number, state: 'pending' | 'active' | 'invited' = 'pending') =>
  Promise.all(
    Array.from({ length: n }, () =>
      world.developer({ row: { state, ...(state === 'invited' ? { passwordHash: null } : {}) } }),
    ),
  )
const idsOf = (list: { userId: UserId }[]) => list.map(({ userId }) => userId)

async function statesOf(ids: UserId[]) {
  const rows = await db.select().from(users).where(inArray(users.id, ids))
  return ids.map((id) => rows.find((row) => row.id === id)?.state ?? 'deleted')
}

const eventsOf = (ids: UserId[], type: (typeof events.$inferSelect)['type']) =>
  db
    .select()
    .from(events)
    .where(and(inArray(events.subjectId, ids), eq(events.type, type)))

test('several are activated in three trips; who does not fit is skipped, with the reason; one event a person', async () => {
  const admin = await world.admin()
  const waiting = await people(3)
  const [active] = await people(1, 'active')
  const other = await world.admin({ state: 'deactivated' })
  const ctx = contextFor(admin)
  const outcome = await activateUsers(ctx, [
    ...idsOf(waiting),
    ...idsOf(waiting),
    active?.userId ?? 'usr_none',
    other.userId,
    'usr_unknown',
  ])
  expect(outcome.done.sort()).toEqual(waiting.map(({ name }) => name).sort())
  expect(outcome.skipped).toEqual([
    `${active?.name} was activated already.`,
    'A user does not exist any more.',
    'A user does not exist any more.',
  ])
  expect(await statesOf([...idsOf(waiting), other.userId])).toEqual([
    'active',
    'active',
    'active',
    'deactivated',
  ])
  expect(await eventsOf(idsOf(waiting), 'user.activated')).toHaveLength(3)
  expect(ctx.announced).toHaveLength(3)
})

test('of forty who reject and activate the same ten people at once each person is decided once', async () => {
  const admins = [await world.admin(), await world.admin()] as const
  const ids = idsOf(await people(10))
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      n % 2 === 0
        ? activateUsers(contextFor(admins[0]), ids)
        : rejectDevelopers(contextFor(admins[1]), ids, { reason: 'Full' }),
    ),
  )
  expect(outcomes.flatMap(({ done }) => done)).toHaveLength(10)
  const decided = [...(await eventsOf(ids, 'user.activated')), ...(await eventsOf(ids, 'user.rejected'))]
  expect(decided).toHaveLength(10)
})

test('a rejection of several keeps the reason with each', async () => {
  const admin = await world.admin()
  const ids = idsOf(await people(2))
  await rejectDevelopers(contextFor(admin), ids, { reason: 'No company address' })
  const rows = await db.select().from(users).where(inArray(users.id, ids))
  expect(rows.map((row) => [row.state, row.stateReason, row.decidedById])).toEqual(
    Array(2).fill(['rejected', 'No company address', admin.userId]),
  )
})

test('a hundred are deactivated at once, their sessions end, and their personal keys rest', async () => {
  const admin = await world.admin()
  const list = await people(100, 'active')
  for (const { userId } of list.slice(0, 3)) await world.session(userId)
  const owner = list[0]
  if (!owner) throw new Error('nobody')
  const key = await credential({ owner })
  const forgotten: string[] = []
  const ctx = { ...contextFor(admin), forgetCredential: (id: string) => forgotten.push(id) }
  const outcome = await deactivateUsers(ctx, idsOf(list), { reason: 'Clean-up' })
  expect(outcome).toMatchObject({ done: { length: 100 }, skipped: [] })
  expect(
    await db
      .select()
      .from(sessions)
      .where(inArray(sessions.userId, idsOf(list.slice(0, 3)))),
  ).toEqual([])
  expect(await eventsOf(idsOf(list.slice(0, 50)), 'user.deactivated')).toHaveLength(50)
  expect(forgotten).toContain(key.credentialId)
})

test('when all super admins of an organization with members are ticked, the last of them stays', async () => {
  const admin = await world.admin()
  for (const change of [
    (ids: UserId[]) => deactivateUsers(contextFor(admin), ids, { reason: '' }),
    (ids: UserId[]) => deleteUsers(contextFor(admin), ids),
  ]) {
    const boss = await world.superAdmin()
    const bosses = [
      boss,
      await world.superAdmin({ organizationId: boss.organizationId }),
      await world.superAdmin({ organizationId: boss.organizationId }),
    ]
    await world.developer({ organizationId: boss.organizationId })
    const outcome = await change(idsOf(bosses))
    expect(outcome.done).toHaveLength(2)
    expect(outcome.skipped).toEqual([expect.stringMatching(/ is the last super admin of an organization/)])
    expect((await statesOf(idsOf(bosses))).filter((state) => state === 'active')).toHaveLength(1)
  }
})

test('the invitations of several are sent; who has a password or was invited a moment ago is skipped', async () => {
  const admin = await world.admin()
  const invited = await people(2, 'invited')
  const [active] = await people(1, 'active')
  const ids = [...idsOf(invited), active?.userId ?? 'usr_none']
  expect(await inviteUsers(contextFor(admin), ids)).toMatchObject({
    done: { length: 2 },
    skipped: [`${active?.name} has an account with a password already.`],
  })
  const again = await inviteUsers(contextFor(admin), ids)
  expect(again.done).toEqual([])
  expect(again.skipped).toHaveLength(3)
  expect(await eventsOf(ids, 'user.invited')).toHaveLength(2)
})

test('what goes with several accounts is counted before, and goes; shared apps pass to who stays', async () => {
  const admin = await world.admin()
  const boss = await world.superAdmin()
  const [one, two] = [
    await world.developer({ organizationId: boss.organizationId }),
    await world.developer({ organizationId: boss.organizationId }),
  ]
  const personal = await credential({ owner: one })
  await changeApp(personal.appId, { visibility: 'personal' })
  const shared = await credential({ owner: two })
  const ids = idsOf([one, two])
  const previews = await deletionPreviews(contextFor(admin), ids)
  const sum = (part: 'personalApps' | 'sharedApps') => previews.reduce((n, preview) => n + preview[part], 0)
  expect([sum('personalApps'), sum('sharedApps')]).toEqual([1, 1])
  expect(await deleteUsers(contextFor(admin), ids)).toMatchObject({ done: { length: 2 }, skipped: [] })
  expect(await statesOf(ids)).toEqual(['deleted', 'deleted'])
  expect(await db.select().from(apps).where(eq(apps.id, personal.appId))).toEqual([])
  expect(await db.select().from(apps).where(eq(apps.id, shared.appId))).toMatchObject([
    { ownerId: boss.userId },
  ])
  expect(await eventsOf(ids, 'user.deleted')).toHaveLength(2)
})

test('none and more than a hundred at once are refused', () => {
  const id = Array.from({ length: 101 }, (_, n) => `usr_${n}`)
  expect(chosenUsersInput.safeParse({ id }).success).toBe(false)
  expect(chosenUsersInput.safeParse({ id: id.slice(1) }).success).toBe(true)
  expect(chosenUsersInput.safeParse({ id: [] }).success).toBe(false)
  expect(chosenUsersInput.safeParse({ id: ["usr_' or 1"] }).success).toBe(false)
})

test('the notice says how many, who was skipped and why, and never outgrows its cookie', () => {
  const words = ['is activated', 'are activated'] as const
  expect(usersNotice({ done: ['Ada Lovelace'], skipped: [] }, words)).toBe('Ada Lovelace is activated.')
  expect(usersNotice({ done: ['A', 'B', 'C'], skipped: ['Tom was rejected already.'] }, words)).toBe(
    '3 users are activated. 1 skipped: Tom was rejected already.',
  )
  const long = usersNotice({ done: [], skipped: Array(100).fill('ü'.repeat(300)) }, words)
  expect(long).toContain('100 skipped')
  expect(long).toContain('And 98 more.')
  expect(long.length).toBeLessThan(500)
})
