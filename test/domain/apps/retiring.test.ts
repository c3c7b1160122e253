// How the old key of a rotation ends by itself: with its overlap, or when nobody uses it any more.
import { env } from 'cloudflare:workers'
import { and, eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { endRetiredCredentials } from '~/domain/apps/end-retired-credentials.server'
import { getAppPage } from '~/domain/apps/queries-app-page.server'
import { revokeCredential } from '~/domain/apps/revoke-credential.server'
import { rotateCredential } from '~/domain/apps/rotate-credential.server'
import { idleEndMs, type Overlap, overlapMs } from '~/domain/apps/rotation'
import type { EventType } from '~/domain/kernel/events'
import { newId } from '~/domain/kernel/ids'
import { handleScheduled } from '~/platform/schedule'
import { accessRequests, credentials, events, organizations } from '~db/schema'
import { contextFor, db, system } from '~test/support/context'
import { changeApp, changeCredential, credential } from '~test/support/credentials'

type Key = Awaited<ReturnType<typeof credential>>

/** A key that was rotated at `at`, with its sealed text still there. */
async function rotated(overlap: Overlap, at = Date.now()) {
  const key = await credential({ row: { secretCipher: 'sealed', createdAt: at - 1000 } })
  const result = await rotateCredential(contextFor(key.owner, at), key.appId, key.credentialId, { overlap })
  if (!result.ok) throw new Error(result.error.message)
  return { ...key, newId: result.value.credentialId, at }
}

async function row({ credentialId }: Key) {
  const [found] = await db.select().from(credentials).where(eq(credentials.id, credentialId))
  return found
}

async function cronAt(now: number) {
  const ctx = contextFor(system, now)
  await endRetiredCredentials(ctx)
  return ctx
}

function eventsOf(key: Key, ...types: EventType[]) {
  return db
    .select()
    .from(events)
    .where(and(eq(events.appId, key.appId), inArray(events.type, types)))
}

async function happened(key: Key, type: EventType, at: number) {
  await db.insert(events).values({
    id: newId('evt', at),
    type,
    actorType: 'system',
    actorLabel: 'Portico',
    subjectType: 'app',
    subjectId: key.appId,
    organizationId: key.organizationId,
    appId: type.startsWith('app.') ? key.appId : null,
    data: {},
    requestId: 'test',
    createdAt: at,
  })
}

test('when the overlap is over the old key becomes revoked as of then, its sealed text is erased, and one event says why', async () => {
  const key = await rotated('hour')
  const end = key.at + overlapMs.hour
  await cronAt(end - 1)
  expect(await row(key)).toMatchObject({ state: 'retiring', secretCipher: 'sealed' })
  const ctx = await cronAt(end + 60_000)
  expect(await row(key)).toMatchObject({
    state: 'revoked',
    revokedAt: end,
    revokedById: null,
    secretCipher: null,
  })
  const written = await eventsOf(key, 'credential.retired', 'access_request.revoked')
  expect(written).toMatchObject([
    {
      type: 'credential.retired',
      actorLabel: 'Portico',
      subjectId: key.credentialId,
      data: { why: 'overlap' },
    },
  ])
  expect(ctx.announced).toContain(written[0]?.id)
  // The access goes on with the new key.
  const [request] = await db.select().from(accessRequests).where(eq(accessRequests.id, key.requestId))
  expect(request?.state).toBe('approved')
})

test('of forty crons that race, one ends a key, and one event is written', async () => {
  const key = await rotated('hour')
  const now = key.at + overlapMs.hour
  const counts = await Promise.all(
    Array.from({ length: 40 }, () => endRetiredCredentials(contextFor(system, now))),
  )
  expect(counts.filter((count) => count > 0)).toHaveLength(1)
  expect(await eventsOf(key, 'credential.retired')).toHaveLength(1)
})

test('of forty who end the old key by hand while forty crons run, one does', async () => {
  const key = await rotated('hour')
  const now = key.at + overlapMs.hour
  await Promise.all(
    Array.from({ length: 40 }, (_, at) =>
      at % 2
        ? endRetiredCredentials(contextFor(system, now))
        : revokeCredential(contextFor(key.owner, now), key.appId, key.credentialId),
    ),
  )
  expect(await eventsOf(key, 'credential.retired', 'credential.revoked')).toHaveLength(1)
})

test('a key of a week’s overlap ends once nobody has used it for three days, and not while it is used', async () => {
  const key = await rotated('week')
  await changeCredential(key.credentialId, { lastUsedAt: key.at + 1000 })
  await cronAt(key.at + idleEndMs + 999)
  expect(await row(key)).toMatchObject({ state: 'retiring' })
  await cronAt(key.at + idleEndMs + 1000)
  expect(await row(key)).toMatchObject({ state: 'revoked', revokedAt: key.at + idleEndMs + 1000 })
  expect(await eventsOf(key, 'credential.retired')).toMatchObject([{ data: { why: 'idle' } }])
})

test('a key that was never used ends three days after the rotation and not before', async () => {
  const key = await rotated('week')
  await cronAt(key.at + idleEndMs - 1)
  expect(await row(key)).toMatchObject({ state: 'retiring' })
  await cronAt(key.at + idleEndMs)
  expect(await row(key)).toMatchObject({ state: 'revoked' })
})

test('while app or organization stand still no key counts as idle, nor for three days after', async () => {
  const stops: ((key: Key & { at: number }) => Promise<unknown>)[] = [
    (key) => changeApp(key.appId, { frozenAt: key.at, frozenBy: 'developer' }),
    (key) =>
      db.update(organizations).set({ frozenAt: key.at }).where(eq(organizations.id, key.organizationId)),
    (key) =>
      db.update(organizations).set({ state: 'suspended' }).where(eq(organizations.id, key.organizationId)),
    (key) => happened(key, 'app.unfrozen', key.at + 3000),
    (key) => happened(key, 'organization.unfrozen', key.at + 3000),
    (key) => happened(key, 'organization.restored', key.at + 3000),
  ]
  for (const stop of stops) {
    const key = await rotated('week')
    await stop(key)
    await cronAt(key.at + idleEndMs + 2000)
    expect(await row(key), stop.toString()).toMatchObject({ state: 'retiring' })
    // Its overlap ends it all the same.
    await cronAt(key.at + overlapMs.week)
    expect(await row(key)).toMatchObject({ state: 'revoked' })
  }
})

test('access that only the old key still served ends with it, so that it can be requested again', async () => {
  const key = await rotated('hour')
  await revokeCredential(contextFor(key.owner), key.appId, key.newId)
  expect(await eventsOf(key, 'access_request.revoked')).toHaveLength(0)
  await cronAt(key.at + overlapMs.hour)
  const [request] = await db.select().from(accessRequests).where(eq(accessRequests.id, key.requestId))
  expect(request).toMatchObject({ state: 'revoked', decidedById: null })
  expect(await eventsOf(key, 'access_request.revoked')).toMatchObject([
    { actorLabel: 'Portico', subjectId: key.requestId },
  ])
})

test('the cron of the worker ends what is due', async () => {
  const key = await rotated('hour', Date.now() - 2 * overlapMs.hour)
  await handleScheduled({} as ScheduledController, env)
  expect(await row(key)).toMatchObject({ state: 'revoked', secretCipher: null })
})

test('the page of an app tells when an old key was replaced, and of an ended one when and by whom', async () => {
  const key = await rotated('hour')
  const page = await getAppPage(contextFor(key.owner), key.appId)
  expect(page.credentials.find((one) => one.id === key.credentialId)).toMatchObject({ replacedAt: key.at })
  expect(page.endedKeys).toEqual([])
  await revokeCredential(contextFor(key.owner, key.at + 5), key.appId, key.credentialId)
  const after = await getAppPage(contextFor(key.owner), key.appId)
  expect(after.endedKeys).toMatchObject([
    { id: key.credentialId, endedAt: key.at + 5, revokedByName: key.owner.name, replacedAt: key.at },
  ])
})
