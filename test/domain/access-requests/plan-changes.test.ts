import { and, eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { approvalStatements } from '~/domain/access-requests/approval-statements.server'
import { approveAccessRequest } from '~/domain/access-requests/approve-access-request.server'
import { changePlan } from '~/domain/access-requests/change-plan.server'
import { findRequestFacts } from '~/domain/access-requests/queries.server'
import { rejectAccessRequest } from '~/domain/access-requests/reject-access-request.server'
import { revokeAccessRequest } from '~/domain/access-requests/revoke-access-request.server'
import { withdrawAccessRequest } from '~/domain/access-requests/withdraw-access-request.server'
import { endRetiredCredentials } from '~/domain/apps/end-retired-credentials.server'
import { revokeCredential } from '~/domain/apps/revoke-credential.server'
import { rotateCredential } from '~/domain/apps/rotate-credential.server'
import { overlapMs } from '~/domain/apps/rotation'
import { findCredentialSnapshot } from '~/domain/gateway/queries.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { Id } from '~/domain/kernel/ids'
import {
  accessRequestProducts,
  accessRequests,
  apps,
  catalogPlans,
  catalogs,
  credentialRequests,
  credentials,
  events,
  plans,
  products,
} from '~db/schema'
import { contextFor, db, system } from '~test/support/context'
import { granted, type Offer, offer, requested } from '~test/support/requests'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 60_000 })

async function access(actor: DeveloperActor, of?: Offer) {
  const made = await granted(actor, of ? { of } : {})
  const [credential] = await db.select().from(credentials).where(eq(credentials.appId, made.appId))
  if (!credential) throw new Error('no key')
  return { ...made, credential }
}

const change = (planId: Id<'pln'>, changes: { submissionId?: string; note?: string } = {}) => ({
  submissionId: crypto.randomUUID(),
  planId,
  note: '',
  ...changes,
})

async function rowOf(id: Id<'req'>) {
  const [row] = await db.select().from(accessRequests).where(eq(accessRequests.id, id))
  if (!row) throw new Error('no request')
  return row
}

const snapshot = (hash: string) => findCredentialSnapshot(db, hash)
const subscriptionOf = async (hash: string, slug: string) =>
  (await snapshot(hash))?.products.get(slug)?.subscription

const typesOf = async (appId: Id<'app'>) =>
  (await db.select().from(events).where(eq(events.appId, appId))).map((event) => event.type)

const liveOf = (appId: Id<'app'>) =>
  db
    .select()
    .from(accessRequestProducts)
    .where(and(eq(accessRequestProducts.appId, appId), eq(accessRequestProducts.live, true)))

async function asked(actor: DeveloperActor) {
  const made = await access(actor)
  const sent = await changePlan(contextFor(actor), made.appId, made.requestId, change(made.of.manual.id))
  if (!sent.ok) throw new Error(sent.error.message)
  return { ...made, changeId: sent.value.requestId }
}

test('a change of plan waits while the old plan stays in force; approved, the same key serves under the new one', async () => {
  const actor = await world.superAdmin()
  const { of, appId, requestId, credential, changeId } = await asked(actor)
  expect(await rowOf(changeId)).toMatchObject({
    state: 'pending',
    replacesId: requestId,
    limitsId: requestId,
    planName: of.manual.name,
    quotaLimit: 1000,
  })
  expect(await subscriptionOf(credential.secretHash, of.product.slug)).toMatchObject({
    requestId,
    planName: of.auto.name,
  })
  const admin = contextFor(await world.admin())
  const approved = await approveAccessRequest(admin, changeId)
  expect(approved).toEqual({ ok: true, value: { requestId: changeId, credentialId: null } })
  expect(await subscriptionOf(credential.secretHash, of.product.slug)).toEqual({
    requestId: changeId,
    limitsId: requestId,
    planName: of.manual.name,
    rate: { limit: 5, periodSeconds: 10 },
    quota: { limit: 1000, period: 'day' },
  })
  expect(await rowOf(requestId)).toMatchObject({ state: 'revoked', replacedById: changeId })
  expect(await db.select().from(credentials).where(eq(credentials.appId, appId))).toHaveLength(1)
  expect((await liveOf(appId)).map((row) => row.requestId)).toEqual([changeId])
  const told = await db.select().from(events).where(eq(events.subjectId, requestId))
  expect(told.find((event) => event.type === 'access_request.retired')).toMatchObject({
    data: { plan: of.auto.name, planAfter: of.manual.name, products: [of.product.name] },
  })
  expect(admin.announced).toHaveLength(2)
  expect((await typesOf(appId)).filter((type) => type === 'credential.issued')).toHaveLength(1)
})

test('a plan that approves by itself is in force at once, and the old one has retired', async () => {
  const actor = await world.superAdmin()
  const { of, appId, requestId } = await requested(actor)
  await approveAccessRequest(contextFor(await world.admin()), requestId)
  const [credential] = await db.select().from(credentials).where(eq(credentials.appId, appId))
  const ctx = contextFor(actor)
  const sent = await changePlan(ctx, appId, requestId, change(of.auto.id))
  expect(sent).toMatchObject({ ok: true, value: { state: 'approved' } })
  const changeId = sent.ok ? sent.value.requestId : 'req_none'
  expect(await rowOf(requestId)).toMatchObject({ replacedById: changeId, decidedById: null })
  expect(await subscriptionOf(credential?.secretHash ?? '', of.product.slug)).toMatchObject({
    requestId: changeId,
    limitsId: requestId,
  })
  expect(ctx.announced).toHaveLength(3)
  // Back again: the first request still names the limits.
  const back = await changePlan(ctx, appId, changeId, change(of.manual.id))
  expect(back.ok && (await rowOf(back.value.requestId)).limitsId).toBe(requestId)
})

test('a key lives on when its plan changes, but never longer: a shorter life of the new plan’s keys ends it sooner', async () => {
  const actor = await world.superAdmin()
  const forever = await asked(actor)
  const admin = contextFor(await world.admin())
  await approveAccessRequest(admin, forever.changeId)
  const expiry = async (id: Id<'crd'>) =>
    (await db.select().from(credentials).where(eq(credentials.id, id)))[0]?.expiresAt
  expect(await expiry(forever.credential.id)).toBe(forever.credential.expiresAt)
  const long = await asked(actor)
  await db.update(accessRequests).set({ keyLifetimeDays: 900 }).where(eq(accessRequests.id, long.changeId))
  await approveAccessRequest(admin, long.changeId)
  expect(await expiry(long.credential.id)).toBe(long.credential.expiresAt)
  const short = await asked(actor)
  await db.update(accessRequests).set({ keyLifetimeDays: 2 }).where(eq(accessRequests.id, short.changeId))
  await approveAccessRequest(admin, short.changeId)
  expect(await expiry(short.credential.id)).toBe(admin.now + 2 * 86_400_000)
})

test('without a key that still works, the change brings a new one', async () => {
  const { appId, changeId, credential } = await asked(await world.superAdmin())
  await db.update(credentials).set({ expiresAt: 1 }).where(eq(credentials.id, credential.id))
  const approved = await approveAccessRequest(contextFor(await world.admin()), changeId)
  expect(approved.ok && approved.value.credentialId).toMatch(/^crd_/)
  expect(await db.select().from(credentials).where(eq(credentials.appId, appId))).toHaveLength(2)
})

test('rejected or withdrawn, a change leaves everything as it was, and another one can be asked for', async () => {
  const actor = await world.superAdmin()
  const { of, appId, requestId, credential, changeId } = await asked(actor)
  await rejectAccessRequest(contextFor(await world.admin()), changeId, { reason: 'Too large.' })
  const again = await changePlan(contextFor(actor), appId, requestId, change(of.manual.id))
  if (!again.ok) throw new Error(again.error.message)
  expect((await withdrawAccessRequest(contextFor(actor), again.value.requestId)).ok).toBe(true)
  expect((await rowOf(requestId)).state).toBe('approved')
  expect(await subscriptionOf(credential.secretHash, of.product.slug)).toMatchObject({ requestId })
  expect((await liveOf(appId)).map((row) => row.requestId)).toEqual([requestId])
  expect(changeId).not.toBe(again.value.requestId)
})

test('of 40 changes sent at once one waits; the same form sent 40 times answers the same', async () => {
  const actor = await world.superAdmin()
  const { of, appId, requestId } = await access(actor)
  const third = await world.plan([of.catalog.id])
  const results = await Promise.all(
    Array.from({ length: 40 }, (_, at) =>
      changePlan(contextFor(actor), appId, requestId, change(at % 2 ? of.manual.id : third.id)),
    ),
  )
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  for (const result of results) if (!result.ok) expect(result.error.message).toContain('waits for an answer')
  const waiting = await db.select().from(accessRequests).where(eq(accessRequests.replacesId, requestId))
  expect(waiting).toHaveLength(1)
  const other = await access(actor)
  const input = change(other.of.manual.id)
  const same = await Promise.all(
    Array.from({ length: 40 }, () => changePlan(contextFor(actor), other.appId, other.requestId, input)),
  )
  expect(
    new Set(same.map((result) => (result.ok ? result.value.requestId : result.error.message))).size,
  ).toBe(1)
  expect(same.every((result) => result.ok)).toBe(true)
})

test('the cron that ends the last key of an access withdraws the change of its plan, and an old key that leaves another one does not', async () => {
  const actor = await world.superAdmin()
  const { appId, requestId, credential, changeId } = await asked(actor)
  const at = Date.now()
  const rotated = await rotateCredential(contextFor(actor, at), appId, credential.id, { overlap: 'hour' })
  if (!rotated.ok) throw new Error(rotated.error.message)
  const again = await rotateCredential(contextFor(actor, at), appId, rotated.value.credentialId, {
    overlap: 'week',
  })
  if (!again.ok) throw new Error(again.error.message)
  await endRetiredCredentials(contextFor(system, at + overlapMs.hour))
  expect((await rowOf(changeId)).state).toBe('pending')
  await revokeCredential(contextFor(actor), appId, again.value.credentialId)
  expect((await rowOf(changeId)).state).toBe('pending')
  const ctx = contextFor(system, at + overlapMs.week)
  await endRetiredCredentials(ctx)
  expect((await rowOf(requestId)).state).toBe('revoked')
  expect((await rowOf(changeId)).state).toBe('withdrawn')
  expect((await liveOf(appId)).map((row) => row.requestId)).toEqual([])
  const told = await db.select().from(events).where(eq(events.subjectId, changeId))
  const withdrawn = told.filter((event) => event.type === 'access_request.withdrawn')
  expect(withdrawn).toMatchObject([{ appId, organizationId: actor.organizationId, actorType: 'system' }])
  expect(ctx.announced).toContain(withdrawn[0]?.id)
})

test('a change against its revocation: one wins, the app never holds both plans, and no change is left waiting', async () => {
  for (let round = 0; round < 4; round += 1) {
    const actor = await world.superAdmin()
    const { appId, requestId, changeId, credential } = await asked(actor)
    const admin = contextFor(await world.admin())
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, at) => {
        if ((at + round) % 2) return approveAccessRequest(contextFor(admin.actor), changeId)
        return round < 2
          ? revokeAccessRequest(contextFor(admin.actor), requestId)
          : revokeCredential(contextFor(actor), appId, credential.id)
      }),
    )
    const types = await typesOf(appId)
    const changed = (await rowOf(changeId)).state
    const base = await rowOf(requestId)
    if (base.replacedById) {
      // A key that is revoked after the change takes the new access with it.
      expect(['approved', 'revoked']).toContain(changed)
      expect(types.filter((type) => type === 'access_request.retired')).toHaveLength(1)
    } else {
      expect([base.state, changed]).toEqual(['revoked', 'withdrawn'])
      expect(types).not.toContain('access_request.retired')
      expect(types.filter((type) => type === 'access_request.withdrawn')).toHaveLength(1)
      expect(await liveOf(appId)).toEqual([])
    }
    expect(results.filter((result) => result.ok).length).toBeLessThanOrEqual(round < 2 ? 1 : 2)
    expect((await liveOf(appId)).length).toBeLessThanOrEqual(1)
    const serving = await db
      .select()
      .from(credentialRequests)
      .where(eq(credentialRequests.credentialId, credential.id))
    expect(serving.length).toBeLessThanOrEqual(2)
  }
})

test('revoking the access, or its last key, withdraws the change that waits, with its event', async () => {
  for (const byKey of [false, true]) {
    const actor = await world.superAdmin()
    const { appId, requestId, changeId, credential } = await asked(actor)
    const admin = await world.admin()
    const ended = byKey
      ? await revokeCredential(contextFor(actor), appId, credential.id)
      : await revokeAccessRequest(contextFor(admin), requestId)
    expect(ended.ok).toBe(true)
    expect([(await rowOf(requestId)).state, (await rowOf(changeId)).state]).toEqual(['revoked', 'withdrawn'])
    expect((await typesOf(appId)).filter((type) => type === 'access_request.withdrawn')).toHaveLength(1)
    expect(await liveOf(appId)).toEqual([])
    const late = await approveAccessRequest(contextFor(admin), changeId)
    expect(late.ok || late.error.code).toBe('already_decided')
  }
})

test('an approval that was begun before its access ended does nothing', async () => {
  const { appId, requestId, changeId } = await asked(await world.superAdmin())
  const ctx = contextFor(await world.admin())
  const facts = await findRequestFacts(ctx, changeId)
  if (!facts) throw new Error('no request')
  const approval = await approvalStatements(ctx, facts, null)
  await db.update(accessRequests).set({ state: 'revoked' }).where(eq(accessRequests.id, requestId))
  expect(approval.settle(await db.batch([...approval.statements]))).toBeNull()
  expect((await rowOf(changeId)).state).toBe('pending')
  expect(ctx.announced).toEqual([])
  expect((await typesOf(appId)).filter((type) => type === 'access_request.retired')).toEqual([])
})

test('approving a change whose access has ended is refused, and says what to do', async () => {
  const { requestId, changeId } = await asked(await world.superAdmin())
  await db.update(accessRequests).set({ state: 'revoked' }).where(eq(accessRequests.id, requestId))
  const result = await approveAccessRequest(contextFor(await world.admin()), changeId)
  expect(result.ok || result.error).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('has ended'),
  })
})

test('only who may ask for more with the app changes its plan; for everybody else the access does not exist', async () => {
  const organization = await world.organization()
  const owner = await world.developer({ organizationId: organization.id })
  const app = await world.app(owner, { visibility: 'personal' })
  const { of, requestId } = await granted(owner, { app: app.id })
  const foreign = await access(await world.superAdmin())
  for (const [person, appId, id] of [
    [await world.superAdmin(), app.id, requestId],
    [await world.superAdmin({ organizationId: organization.id }), app.id, requestId],
    [await world.developer({ organizationId: organization.id }), app.id, requestId],
    [owner, foreign.appId, foreign.requestId],
    [owner, app.id, foreign.requestId],
  ] as const) {
    const result = await changePlan(contextFor(person), appId, id, change(of.manual.id))
    expect(result.ok || result.error.code).toBe('not_found')
  }
  expect((await changePlan(contextFor(owner), app.id, requestId, change(of.manual.id))).ok).toBe(true)
})

test.each<[string, (of: Offer, appId: Id<'app'>) => Promise<unknown>, string]>([
  ['the app is frozen', (_, id) => db.update(apps).set({ frozenAt: 1 }).where(eq(apps.id, id)), 'frozen'],
  [
    'the catalog is hidden',
    (of) => db.update(catalogs).set({ visibility: 'custom' }).where(eq(catalogs.id, of.catalog.id)),
    'no longer see',
  ],
  [
    'a product is a draft again',
    (of) => db.update(products).set({ state: 'draft' }).where(eq(products.id, of.product.id)),
    'no longer offered',
  ],
  [
    'the other plan is archived',
    (of) => db.update(plans).set({ archivedAt: 1 }).where(eq(plans.id, of.manual.id)),
    'offers no other plan',
  ],
  [
    'the other plan has left the catalog',
    (of) => db.delete(catalogPlans).where(eq(catalogPlans.planId, of.manual.id)),
    'offers no other plan',
  ],
])('no change of plan while %s, and the access goes on', async (_what, happens, words) => {
  const actor = await world.superAdmin()
  const { of, appId, requestId } = await access(actor)
  await happens(of, appId)
  const result = await changePlan(contextFor(actor), appId, requestId, change(of.manual.id))
  expect(result.ok || result.error.message).toContain(words)
  expect((await rowOf(requestId)).state).toBe('approved')
})

test('an approver picks another plan of the catalog: its terms are given, and both names are told', async () => {
  const { of, requestId, appId } = await requested(await world.superAdmin())
  const admin = contextFor(await world.admin())
  const result = await approveAccessRequest(admin, requestId, { planId: of.auto.id })
  expect(result.ok).toBe(true)
  expect(await rowOf(requestId)).toMatchObject({
    state: 'approved',
    planId: of.auto.id,
    planName: of.auto.name,
    rateLimit: null,
    quotaLimit: null,
    keyLifetimeDays: 30,
  })
  expect((await liveOf(appId)).map((row) => row.planId)).toEqual([of.auto.id])
  const [event] = (await db.select().from(events).where(eq(events.subjectId, requestId))).filter(
    ({ type }) => type === 'access_request.approved',
  )
  expect(event?.data).toMatchObject({ plan: of.auto.name, planAskedFor: of.manual.name })
  const [credential] = await db.select().from(credentials).where(eq(credentials.appId, appId))
  expect(credential?.expiresAt).toBe(admin.now + 30 * 86_400_000)
})

test('another plan than asked for: not one of another catalog, not an archived one, not one the app has already', async () => {
  const actor = await world.superAdmin()
  const admin = contextFor(await world.admin())
  const { of, requestId, appId } = await requested(actor)
  const other = await offer()
  const archived = await world.plan([of.catalog.id], { archivedAt: 1 })
  for (const planId of [other.auto.id, archived.id]) {
    const result = await approveAccessRequest(admin, requestId, { planId })
    expect(result.ok || result.error.fields).toHaveProperty('planId')
  }
  await granted(actor, { app: appId, of })
  const taken = await approveAccessRequest(admin, requestId, { planId: of.auto.id })
  expect(taken.ok || taken.error.code).toBe('already_requested')
  expect((await rowOf(requestId)).state).toBe('pending')
  const changing = await asked(actor)
  const same = await approveAccessRequest(admin, changing.changeId, { planId: changing.of.auto.id })
  expect(same.ok || same.error.message).toContain('in force already')
})
