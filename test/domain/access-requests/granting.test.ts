import { and, eq, inArray } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { grantAccess } from '~/domain/access-requests/grant-access.server'
import { getAccessRequest } from '~/domain/access-requests/queries.server'
import { getGrantChoices } from '~/domain/access-requests/queries-grant.server'
import { revokeAccessRequest } from '~/domain/access-requests/revoke-access-request.server'
import { revealCredential } from '~/domain/apps/reveal-credential.server'
import type { Id } from '~/domain/kernel/ids'
import {
  accessRequestProducts,
  accessRequests,
  apis,
  catalogPlans,
  catalogProducts,
  catalogs,
  credentials,
  events,
  organizations,
  plans,
  products,
} from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { changeApp } from '~test/support/credentials'
import { deliver, mailsOf } from '~test/support/notifications'
import { askWorker, origin } from '~test/support/portal'
import { type Offer, offer, requested } from '~test/support/requests'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 60_000 })

const inputOf = (of: Offer, changes: { planId?: Id<'pln'>; submissionId?: string } = {}) => ({
  submissionId: crypto.randomUUID(),
  catalogId: of.catalog.id,
  productIds: [of.product.id],
  planId: of.manual.id,
  credentialType: 'api_key' as const,
  ...changes,
})

async function scene(of?: Offer) {
  const owner = await world.superAdmin()
  const app = await world.app(owner)
  const admin = contextFor(await world.admin())
  return { owner, app, admin, of: of ?? (await offer('custom')) }
}

const keysOf = (appId: Id<'app'>) => db.select().from(credentials).where(eq(credentials.appId, appId))

const eventsOf = (appId: Id<'app'>) =>
  db
    .select()
    .from(events)
    .where(
      and(
        eq(events.appId, appId),
        inArray(events.type, ['access_request.submitted', 'access_request.approved', 'credential.issued']),
      ),
    )

test('an app is given access that works at the gateway under the terms of the plan, from any catalog', async () => {
  const { owner, app, admin, of } = await scene()
  const granted = await grantAccess(admin, app.id, inputOf(of))
  if (!granted.ok) throw new Error(granted.error.message)
  const { request, history } = await getAccessRequest(admin, granted.value.requestId)
  expect(request).toMatchObject({
    state: 'approved',
    rateLimit: 5,
    quotaLimit: 1000,
    requesterId: admin.actor.userId,
    deciderName: admin.actor.name,
  })
  expect(history.map((event) => event.type).sort()).toEqual([
    'access_request.approved',
    'access_request.submitted',
  ])
  const [key] = await keysOf(app.id)
  const secret = await revealCredential(contextFor(owner), app.id, key?.id ?? 'crd_none')
  if (!secret.ok) throw new Error(secret.error.message)
  const response = await askWorker(`${origin}/gateway/${of.product.slug}/main/things`, {
    headers: { authorization: `Bearer ${secret.value.secret}` },
  })
  await response.body?.cancel()
  expect(response.status).toBe(200)
  expect(await revokeAccessRequest(admin, granted.value.requestId)).toMatchObject({
    value: { revokedCredentials: 1 },
  })
})

test('the owner gets the mail of approved access; nobody is told that a request waits', async () => {
  const { owner, app, admin, of } = await scene()
  await world.admin()
  await grantAccess(admin, app.id, inputOf(of))
  expect((await eventsOf(app.id)).map((event) => event.id).sort()).toEqual([...admin.announced].sort())
  const told: string[] = []
  for (const id of admin.announced) {
    await deliver(id)
    told.push(...(await mailsOf(id)).map((mail) => `${mail.recipient}: ${mail.subject}`))
  }
  expect(told).toEqual([`${owner.email}: Access to ${of.product.name} is approved`])
})

const obstacles: [string, (s: Awaited<ReturnType<typeof scene>>) => Promise<unknown>, string][] = [
  ['a frozen app', (s) => changeApp(s.app.id, { frozenAt: 1, frozenBy: 'developer' }), 'not_allowed'],
  [
    'an app of a suspended organization',
    (s) =>
      db
        .update(organizations)
        .set({ state: 'suspended' })
        .where(eq(organizations.id, s.owner.organizationId)),
    'not_allowed',
  ],
  [
    'a plan that is archived',
    (s) => db.update(plans).set({ archivedAt: 1 }).where(eq(plans.id, s.of.manual.id)),
    'invalid_input',
  ],
  [
    'a plan that the catalog does not offer',
    (s) => db.delete(catalogPlans).where(eq(catalogPlans.planId, s.of.manual.id)),
    'invalid_input',
  ],
  [
    'a deleted catalog',
    (s) => db.update(catalogs).set({ deletedAt: 1 }).where(eq(catalogs.id, s.of.catalog.id)),
    'invalid_input',
  ],
  [
    'a draft',
    (s) => db.update(products).set({ state: 'draft' }).where(eq(products.id, s.of.product.id)),
    'not_requestable',
  ],
  [
    'a product of another catalog',
    (s) => db.delete(catalogProducts).where(eq(catalogProducts.productId, s.of.product.id)),
    'not_requestable',
  ],
  [
    'a product that takes no API keys',
    (s) =>
      db
        .update(apis)
        .set({ acceptsApiKey: false, acceptsOauth: true })
        .where(eq(apis.productId, s.of.product.id)),
    'not_requestable',
  ],
]

test.each(obstacles)('%s gets no access', async (_what, change, code) => {
  const s = await scene()
  await change(s)
  expect(await grantAccess(s.admin, s.app.id, inputOf(s.of))).toMatchObject({ error: { code } })
  expect(await keysOf(s.app.id)).toEqual([])
})

test('a product that the app has or waits for under the plan is not given again; under another plan it is', async () => {
  const { owner, app, admin } = await scene()
  const of = await offer()
  await requested(owner, { app: app.id, of })
  expect(await grantAccess(admin, app.id, inputOf(of))).toMatchObject({
    error: { code: 'already_requested' },
  })
  expect(await grantAccess(admin, app.id, inputOf(of, { planId: of.auto.id }))).toMatchObject({ ok: true })
})

test('of forty that are sent at once one is made, whether the form is the same or another', async () => {
  const { app, admin, of } = await scene()
  const same = inputOf(of)
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) => grantAccess(admin, app.id, n % 2 ? same : inputOf(of))),
  )
  const made = new Set(answers.flatMap((one) => (one.ok ? [one.value.requestId] : [])))
  expect(made.size).toBe(1)
  expect(await keysOf(app.id)).toHaveLength(1)
  expect(await db.select().from(accessRequests).where(eq(accessRequests.appId, app.id))).toHaveLength(1)
  expect(
    await db.select().from(accessRequestProducts).where(eq(accessRequestProducts.appId, app.id)),
  ).toHaveLength(1)
  expect(await eventsOf(app.id)).toHaveLength(3)
})

test('the choices are what can be given: products of the chosen catalog that take keys, and its plans', async () => {
  const { app, admin, of } = await scene()
  const draft = await world.product([of.catalog.id], { state: 'draft' })
  const choices = await getGrantChoices(admin, app.id, of.catalog.id)
  expect(choices.catalogId).toBe(of.catalog.id)
  expect(choices.products.map((product) => product.id)).toEqual([of.product.id])
  expect(choices.products.map((product) => product.id)).not.toContain(draft.id)
  expect(choices.plans.map((plan) => plan.id).sort()).toEqual([of.manual.id, of.auto.id].sort())
  await expect(getGrantChoices(admin, 'app_none', null)).rejects.toThrow('app')
})
