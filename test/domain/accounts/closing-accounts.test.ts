import { and, eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { activateUser } from '~/domain/accounts/activate-user.server'
import { deactivateUser } from '~/domain/accounts/deactivate-user.server'
import { deleteOwnAccount } from '~/domain/accounts/delete-own-account.server'
import { deleteUser } from '~/domain/accounts/delete-user.server'
import { deletionPreview } from '~/domain/accounts/deletion-preview.server'
import { findCredentialSnapshot } from '~/domain/gateway/queries.server'
import type { UserId } from '~/domain/kernel/ids'
import { sha256Hex } from '~/platform/encoding'
import { apps, credentials, events, sessions, users } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { changeApp, credential } from '~test/support/credentials'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

async function stateOf(userId: UserId) {
  return (await db.select().from(users).where(eq(users.id, userId)))[0]?.state ?? 'deleted'
}

const eventsAbout = (userId: string, type: (typeof events.$inferSelect)['type']) =>
  db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, userId), eq(events.type, type)))

test('deactivating ends every session, kills links, and says why; activating brings the account back', async () => {
  const admin = await world.admin()
  const person = await world.developer()
  await world.session(person.userId)
  await world.session(person.userId)
  expect(
    await deactivateUser(contextFor(admin), person.userId, { reason: 'Left the company' }),
  ).toMatchObject({
    ok: true,
  })
  const [user] = await db.select().from(users).where(eq(users.id, person.userId))
  expect(user).toMatchObject({ state: 'deactivated', stateReason: 'Left the company', resetVersion: 1 })
  expect(await db.select().from(sessions).where(eq(sessions.userId, person.userId))).toEqual([])
  expect(await deactivateUser(contextFor(admin), person.userId, { reason: '' })).toMatchObject({
    error: { code: 'already_decided' },
  })
  expect(await activateUser(contextFor(admin), person.userId)).toMatchObject({ ok: true })
  expect(await stateOf(person.userId)).toBe('active')
})

test('the keys of personal apps rest while their owner is deactivated; shared apps go on', async () => {
  const admin = await world.admin()
  const owner = await world.superAdmin()
  await world.superAdmin({ organizationId: owner.organizationId })
  const personal = await credential({ owner })
  await changeApp(personal.appId, { visibility: 'personal' })
  const shared = await credential({ owner })
  const forgotten: string[] = []
  const ctx = { ...contextFor(admin), forgetCredential: (id: string) => forgotten.push(id) }
  const frozen = async (key: string) => (await findCredentialSnapshot(db, await sha256Hex(key)))?.appFrozen
  expect([await frozen(personal.key), await frozen(shared.key)]).toEqual([false, false])
  await deactivateUser(ctx, owner.userId, { reason: '' })
  expect([await frozen(personal.key), await frozen(shared.key)]).toEqual([true, false])
  expect(forgotten).toContain(personal.credentialId)
  await activateUser(ctx, owner.userId)
  expect(await frozen(personal.key)).toBe(false)
})

test('of forty who close an account at once one does, and one event is written', async () => {
  const admins = [await world.admin(), await world.admin()] as const
  const person = await world.developer()
  const results = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      deactivateUser(contextFor(admins[n % 2] ?? admins[0]), person.userId, { reason: '' }),
    ),
  )
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(await eventsAbout(person.userId, 'user.deactivated')).toHaveLength(1)
})

test('the last active admin stays, whichever two close or delete each other at once', async () => {
  for (let round = 0; round < 20; round += 1) {
    await db.update(users).set({ state: 'deactivated' }).where(eq(users.role, 'admin'))
    const [one, two] = [await world.admin(), await world.admin()] as const
    const change = round % 2 === 0 ? closing : deleting
    const results = await Promise.all([change(one, two.userId), change(two, one.userId)])
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    expect(results.find((result) => !result.ok)).toMatchObject({ error: { code: 'last_admin' } })
    const left = await db
      .select()
      .from(users)
      .where(and(eq(users.role, 'admin'), eq(users.state, 'active')))
    expect(left).toHaveLength(1)
  }
})

test('of forty closings and deletions of the two last admins at once, one works and one admin stays', async () => {
  for (let round = 0; round < 5; round += 1) {
    await db.update(users).set({ state: 'deactivated' }).where(eq(users.role, 'admin'))
    const [one, two] = [await world.admin(), await world.admin()] as const
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, n) => {
        const [actor, target] = n % 2 === 0 ? [one, two] : [two, one]
        return (n % 4 < 2 ? closing : deleting)(actor, target.userId)
      }),
    )
    const left = await db
      .select()
      .from(users)
      .where(and(eq(users.role, 'admin'), eq(users.state, 'active')))
    expect(left).toHaveLength(1)
    // The one that was closed may be deleted after that: it is not active any more.
    const done = results.filter((result) => result.ok).length
    expect([1, 2]).toContain(done)
    const about = [one.userId, two.userId]
    const told = [
      ...(await Promise.all(about.map((id) => eventsAbout(id, 'user.deactivated')))),
      ...(await Promise.all(about.map((id) => eventsAbout(id, 'user.deleted')))),
    ].flat()
    expect(told).toHaveLength(done)
  }
})

const closing = (actor: Awaited<ReturnType<typeof world.admin>>, userId: UserId) =>
  deactivateUser(contextFor(actor), userId, { reason: '' })
const deleting = (actor: Awaited<ReturnType<typeof world.admin>>, userId: UserId) =>
  deleteUser(contextFor(actor), userId)

test('the last super admin of an organization with members cannot be closed or deleted; alone, or with another, they can', async () => {
  const admin = await world.admin()
  const boss = await world.superAdmin()
  const member = await world.developer({ organizationId: boss.organizationId })
  const refused = { error: { code: 'last_super_admin' } }
  expect(await deactivateUser(contextFor(admin), boss.userId, { reason: '' })).toMatchObject(refused)
  expect(await deleteUser(contextFor(boss), boss.userId)).toMatchObject(refused)
  expect(await deletionPreview(contextFor(boss), boss.userId)).toMatchObject({
    blockedBy: 'last_super_admin',
  })
  const other = await world.superAdmin({ organizationId: boss.organizationId })
  const results = await Promise.all([
    deleteUser(contextFor(boss), boss.userId),
    deleteUser(contextFor(other), other.userId),
  ])
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(await deleteUser(contextFor(admin), member.userId)).toMatchObject({ ok: true })
  const alone = await world.superAdmin()
  expect(await deleteUser(contextFor(alone), alone.userId)).toMatchObject({ ok: true })
})

test('deleting an account ends its personal apps and keys, and passes shared apps to the longest-serving super admin', async () => {
  const old = await world.superAdmin({ row: { createdAt: 1000 } })
  await world.superAdmin({ organizationId: old.organizationId })
  const leaver = await world.developer({ organizationId: old.organizationId })
  await world.session(leaver.userId)
  const personal = await credential({ owner: leaver })
  await changeApp(personal.appId, { visibility: 'personal' })
  const shared = await credential({ owner: leaver })
  expect(await deletionPreview(contextFor(leaver), leaver.userId)).toMatchObject({
    personalApps: 1,
    sharedApps: 1,
    heir: old.name,
    blockedBy: null,
  })
  const forgotten: string[] = []
  const ctx = { ...contextFor(leaver), forgetCredential: (id: string) => forgotten.push(id) }
  expect(await deleteUser(ctx, leaver.userId)).toMatchObject({ ok: true })
  expect(await stateOf(leaver.userId)).toBe('deleted')
  expect(await db.select().from(sessions).where(eq(sessions.userId, leaver.userId))).toEqual([])
  expect(await db.select().from(credentials).where(eq(credentials.id, personal.credentialId))).toEqual([])
  const [kept] = await db.select().from(apps).where(eq(apps.id, shared.appId))
  expect(kept?.ownerId).toBe(old.userId)
  expect(forgotten).toContain(personal.credentialId)
  const [event] = await eventsAbout(leaver.userId, 'user.deleted')
  expect(event?.data).toMatchObject({ name: leaver.name, email: leaver.email })
})

test('only oneself or an admin deletes an account; one’s own needs the address and the password', async () => {
  const one = await world.developer()
  const two = await world.developer()
  expect(await deleteUser(contextFor(one), two.userId)).toMatchObject({ error: { code: 'not_found' } })
  const own = (confirmation: string, currentPassword: string) =>
    deleteOwnAccount(contextFor(one), { confirmation, currentPassword })
  expect(await own('someone@else.example', world.password)).toMatchObject({
    error: { fields: { confirmation: [expect.any(String)] } },
  })
  expect(await own(one.email, 'not the password')).toMatchObject({
    error: { fields: { currentPassword: [expect.any(String)] } },
  })
  expect(await stateOf(one.userId)).toBe('active')
  expect(await own(one.email.toUpperCase(), world.password)).toMatchObject({ ok: true })
  expect(await stateOf(one.userId)).toBe('deleted')
})
