import { and, eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addToCart } from '~/domain/access-requests/add-to-cart.server'
import { approveAccessRequest } from '~/domain/access-requests/approve-access-request.server'
import { rejectAccessRequest } from '~/domain/access-requests/reject-access-request.server'
import { revokeAccessRequest } from '~/domain/access-requests/revoke-access-request.server'
import { submitAccessRequest } from '~/domain/access-requests/submit-access-request.server'
import { withdrawAccessRequest } from '~/domain/access-requests/withdraw-access-request.server'
import type { Id } from '~/domain/kernel/ids'
import {
  accessRequestProducts,
  accessRequests,
  apps,
  credentialRequests,
  credentials,
  events,
} from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { approvedRequest } from '~test/support/credentials'
import { granted, requested, submission } from '~test/support/requests'
import * as world from '~test/support/world'

async function requestRow(id: Id<'req'>) {
  const [row] = await db.select().from(accessRequests).where(eq(accessRequests.id, id))
  if (!row) throw new Error('no such request')
  return row
}

/** The events of an app but its making and asking. */
const decisionsOf = async (appId: Id<'app'>) =>
  (await db.select().from(events).where(eq(events.appId, appId))).filter(
    (event) => event.type !== 'access_request.submitted',
  )

const keysOf = (appId: Id<'app'>) => db.select().from(credentials).where(eq(credentials.appId, appId))

const isLive = async (id: Id<'req'>) =>
  (await db.select().from(accessRequestProducts).where(eq(accessRequestProducts.requestId, id))).some(
    (row) => row.live,
  )

test('of 40 admins who approve at once, one does; the others are told who it was', {
  timeout: 120_000,
}, async () => {
  const { requestId, appId } = await requested(await world.superAdmin())
  const admins = await Promise.all(Array.from({ length: 40 }, () => world.admin()))
  const contexts = admins.map((admin) => contextFor(admin))
  const results = await Promise.all(contexts.map((ctx) => approveAccessRequest(ctx, requestId)))
  const winner = results.findIndex((result) => result.ok)
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  const row = await requestRow(requestId)
  expect(row).toMatchObject({ state: 'approved', decidedById: admins[winner]?.userId })
  for (const result of results) {
    if (!result.ok)
      expect(result.error).toMatchObject({
        code: 'already_decided',
        message: `This request was already approved by ${admins[winner]?.name}.`,
      })
  }
  expect(await keysOf(appId)).toHaveLength(1)
  expect(
    await db.select().from(credentialRequests).where(eq(credentialRequests.requestId, requestId)),
  ).toHaveLength(1)
  expect((await decisionsOf(appId)).map((event) => event.type).sort()).toEqual([
    'access_request.approved',
    'credential.issued',
  ])
  expect(contexts.flatMap((ctx) => ctx.announced)).toHaveLength(2)
})

test('approve against reject against withdraw: one wins, with one event and a key only for an approval', {
  timeout: 60_000,
}, async () => {
  const admin = await world.admin()
  for (let round = 0; round < 5; round += 1) {
    const developer = await world.superAdmin()
    const { requestId, appId } = await requested(developer)
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, at) => {
        const turn = (at + round) % 3
        if (turn === 0) return approveAccessRequest(contextFor(admin), requestId)
        if (turn === 1) return rejectAccessRequest(contextFor(admin), requestId, { reason: 'No' })
        return withdrawAccessRequest(contextFor(developer), requestId)
      }),
    )
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    const { state } = await requestRow(requestId)
    const types = (await decisionsOf(appId)).map((event) => event.type).sort()
    expect(types).toEqual(
      state === 'approved' ? ['access_request.approved', 'credential.issued'] : [`access_request.${state}`],
    )
    expect(await keysOf(appId)).toHaveLength(state === 'approved' ? 1 : 0)
    expect(await isLive(requestId)).toBe(state === 'approved')
  }
})

test('an approved request cannot be rejected or withdrawn, a rejected one not approved or revoked', async () => {
  const developer = await world.superAdmin()
  const admin = contextFor(await world.admin())
  const approved = await granted(developer)
  const rejected = await requested(developer)
  await rejectAccessRequest(admin, rejected.requestId, { reason: '' })
  for (const result of [
    await rejectAccessRequest(admin, approved.requestId, { reason: '' }),
    await withdrawAccessRequest(contextFor(developer), approved.requestId),
    await approveAccessRequest(admin, rejected.requestId),
    await revokeAccessRequest(admin, rejected.requestId),
  ]) {
    expect(result.ok || result.error.code).toBe('already_decided')
  }
})

test('a rejection keeps its reason, tells it in the event, and frees the products', async () => {
  const developer = await world.superAdmin()
  const { of, requestId, appId } = await requested(developer)
  await rejectAccessRequest(contextFor(await world.admin()), requestId, { reason: 'Tell us more first.' })
  expect(await requestRow(requestId)).toMatchObject({
    state: 'rejected',
    rejectionReason: 'Tell us more first.',
  })
  const [event] = await decisionsOf(appId)
  expect(event).toMatchObject({
    type: 'access_request.rejected',
    organizationId: developer.organizationId,
    subjectId: requestId,
    data: { reason: 'Tell us more first.', products: [of.product.name], requester: developer.name },
  })
  await addToCart(contextFor(developer), { catalogId: of.catalog.id, productId: of.product.id })
  expect((await submitAccessRequest(contextFor(developer), submission(of, appId))).ok).toBe(true)
})

test('a key lives as long as its plan said when it was asked for', async () => {
  const { requestId, appId } = await requested(await world.superAdmin())
  await db.update(accessRequests).set({ keyLifetimeDays: 7 }).where(eq(accessRequests.id, requestId))
  const ctx = contextFor(await world.admin())
  await approveAccessRequest(ctx, requestId)
  expect((await keysOf(appId))[0]?.expiresAt).toBe(ctx.now + 7 * 86_400_000)
})

test('only who may manage the app withdraws its request', async () => {
  const organization = await world.organization()
  const owner = await world.developer({ organizationId: organization.id })
  const app = await world.app(owner, { visibility: 'personal' })
  const { requestId } = await requested(owner, { app: app.id })
  for (const stranger of [
    await world.developer({ organizationId: organization.id }),
    await world.superAdmin(),
    await world.developer(),
  ]) {
    const result = await withdrawAccessRequest(contextFor(stranger), requestId)
    expect(result.ok || result.error.code).toBe('not_found')
  }
  expect((await requestRow(requestId)).state).toBe('pending')
  const boss = await world.superAdmin({ organizationId: organization.id })
  expect((await withdrawAccessRequest(contextFor(boss), requestId)).ok).toBe(true)
})

test('of 40 who revoke access at once one does; the key ends and the products can be asked for again', {
  timeout: 120_000,
}, async () => {
  const developer = await world.superAdmin()
  const { of, requestId, appId } = await granted(developer)
  const admin = await world.admin()
  const results = await Promise.all(
    Array.from({ length: 40 }, () => revokeAccessRequest(contextFor(admin), requestId)),
  )
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect((await requestRow(requestId)).state).toBe('revoked')
  expect(await keysOf(appId)).toMatchObject([
    { state: 'revoked', revokedById: admin.userId, secretCipher: null },
  ])
  expect(await isLive(requestId)).toBe(false)
  const types = (await decisionsOf(appId)).map((event) => event.type)
  expect(types.filter((type) => type === 'access_request.revoked')).toHaveLength(1)
  expect(types.filter((type) => type === 'credential.revoked')).toHaveLength(1)
  await addToCart(contextFor(developer), { catalogId: of.catalog.id, productId: of.product.id })
  expect(
    (await submitAccessRequest(contextFor(developer), submission(of, appId, { planId: of.auto.id }))).ok,
  ).toBe(true)
})

test('a key that serves other approved access survives the end of one, and ends with the last', async () => {
  const developer = await world.superAdmin()
  const { of, requestId, appId } = await granted(developer)
  const [key] = await keysOf(appId)
  const more = await world.product([of.catalog.id])
  const second = await approvedRequest({
    appId,
    owner: developer,
    catalogId: of.catalog.id,
    credentialId: key?.id ?? 'crd_none',
    productId: more.id,
  })
  const admin = contextFor(await world.admin())
  expect(await revokeAccessRequest(admin, requestId)).toMatchObject({
    ok: true,
    value: { revokedCredentials: 0 },
  })
  expect((await keysOf(appId))[0]?.state).toBe('active')
  expect(await revokeAccessRequest(admin, second)).toMatchObject({
    ok: true,
    value: { revokedCredentials: 1 },
  })
  expect((await keysOf(appId))[0]?.state).toBe('revoked')
})

test('two admins who revoke the two requests of one key at the same moment leave no key behind', {
  timeout: 60_000,
}, async () => {
  const admin = await world.admin()
  for (let round = 0; round < 6; round += 1) {
    const developer = await world.superAdmin()
    const { of, requestId, appId } = await granted(developer)
    const [key] = await keysOf(appId)
    const more = await world.product([of.catalog.id])
    const second = await approvedRequest({
      appId,
      owner: developer,
      catalogId: of.catalog.id,
      credentialId: key?.id ?? 'crd_none',
      productId: more.id,
    })
    await Promise.all([
      revokeAccessRequest(contextFor(admin), requestId),
      revokeAccessRequest(contextFor(admin), second),
    ])
    expect((await keysOf(appId))[0]?.state).toBe('revoked')
    const told = await db
      .select()
      .from(events)
      .where(and(eq(events.appId, appId), inArray(events.type, ['credential.revoked'])))
    expect(told).toHaveLength(1)
  }
})

test('a request that is not there answers not found', async () => {
  const admin = contextFor(await world.admin())
  for (const result of [
    await approveAccessRequest(admin, 'req_none'),
    await rejectAccessRequest(admin, 'req_none', { reason: '' }),
    await revokeAccessRequest(admin, 'req_none'),
    await withdrawAccessRequest(contextFor(await world.superAdmin()), 'req_none'),
  ]) {
    expect(result.ok || result.error.code).toBe('not_found')
  }
  expect(await db.select().from(apps).where(eq(apps.id, 'app_none'))).toEqual([])
})
