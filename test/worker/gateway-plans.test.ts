// Plans and keys as the gateway sees them: what a change of plan does to calls, and which key opens what. Calls go through
// the worker itself, in whose isolate the commands run.
import { env } from 'cloudflare:workers'
import { and, eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { addToCart } from '~/domain/access-requests/add-to-cart.server'
import { approveAccessRequest } from '~/domain/access-requests/approve-access-request.server'
import { changePlan } from '~/domain/access-requests/change-plan.server'
import { submitAccessRequest } from '~/domain/access-requests/submit-access-request.server'
import { revealCredential } from '~/domain/apps/reveal-credential.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { Id } from '~/domain/kernel/ids'
import { handleGateway } from '~/platform/gateway-proxy'
import { catalogPlans, credentialRequests, credentials, plans } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { type Offer, offer, submission } from '~test/support/requests'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 60_000 })

/** This isolate's own memory: what a command here tells the gateway is seen at once. */
function call(key: string, product: { slug: string }): Promise<Response> {
  const request = new Request(`https://portal.test/gateway/${product.slug}/main/x`, {
    headers: { 'x-api-key': key },
  })
  return handleGateway(request, env, { waitUntil: () => {} })
}

async function statuses(key: string, product: { slug: string }, times: number) {
  const all: number[] = []
  for (let at = 0; at < times; at += 1) all.push((await call(key, product)).status)
  return all
}

async function ask(
  actor: DeveloperActor,
  of: Pick<Offer, 'catalog' | 'product'>,
  planId: Id<'pln'>,
  appId: Id<'app'>,
  credentialId: Id<'crd'> | null = null,
) {
  const ctx = contextFor(actor)
  await addToCart(ctx, { catalogId: of.catalog.id, productId: of.product.id })
  const input = submission(of as Offer, appId, { planId, credentialId })
  return submitAccessRequest(ctx, input)
}

const keysOf = (appId: Id<'app'>) =>
  db.select().from(credentials).where(eq(credentials.appId, appId)).orderBy(credentials.createdAt)

async function secretOf(actor: DeveloperActor, appId: Id<'app'>, credentialId: Id<'crd'>) {
  const shown = await revealCredential(contextFor(actor), appId, credentialId)
  if (!shown.ok) throw new Error(shown.error.message)
  return shown.value.secret
}

async function access() {
  const actor = await world.superAdmin()
  const of = await offer()
  const small = await world.plan([of.catalog.id], {
    approval: 'auto',
    quotaLimit: 3,
    quotaPeriod: 'day',
  })
  const large = await world.plan([of.catalog.id], {
    approval: 'auto',
    quotaLimit: 8,
    quotaPeriod: 'month',
  })
  const app = await world.app(actor)
  const sent = await ask(actor, of, small.id, app.id)
  if (!sent.ok) throw new Error(sent.error.message)
  const [credential] = await keysOf(app.id)
  if (!credential) throw new Error('no key')
  const key = await secretOf(actor, app.id, credential.id)
  return { actor, of, small, large, app, requestId: sent.value.requestId, key }
}

test('another plan acts on the very next call with the same key, and changing back brings no fresh quota', async () => {
  const { actor, of, small, large, app, requestId, key } = await access()
  expect(await statuses(key, of.product, 4)).toEqual([200, 200, 200, 429])
  const change = (id: Id<'req'>, planId: Id<'pln'>) =>
    changePlan(contextFor(actor), app.id, id, { submissionId: crypto.randomUUID(), planId, note: '' })
  const up = await change(requestId, large.id)
  if (!up.ok) throw new Error(up.error.message)
  const first = await call(key, of.product)
  expect([first.status, first.headers.get('ratelimit-policy')]).toEqual([200, expect.stringContaining('q=8')])
  expect(await statuses(key, of.product, 1)).toEqual([200])
  const down = await change(up.value.requestId, small.id)
  if (!down.ok) throw new Error(down.error.message)
  expect(await statuses(key, of.product, 1)).toEqual([429])
  const again = await change(down.value.requestId, large.id)
  expect(again.ok).toBe(true)
  // Five of eight are used: three are left, and no more however often the plan changes.
  expect(await statuses(key, of.product, 4)).toEqual([200, 200, 200, 429])
  expect(await keysOf(app.id)).toHaveLength(1)
})

test('a plan that has to be approved acts at once where it is approved, and not before', async () => {
  const { actor, of, app, requestId, key } = await access()
  await statuses(key, of.product, 3)
  const sent = await changePlan(contextFor(actor), app.id, requestId, {
    submissionId: crypto.randomUUID(),
    planId: of.manual.id,
    note: '',
  })
  if (!sent.ok) throw new Error(sent.error.message)
  expect((await call(key, of.product)).status).toBe(429)
  await approveAccessRequest(contextFor(await world.admin()), sent.value.requestId)
  expect((await call(key, of.product)).status).toBe(200)
})

test('one key opens two products of one catalog when it is used again; products of two catalogs get two keys', async () => {
  const { actor, of, small, app, key } = await access()
  const [credential] = await keysOf(app.id)
  const second = await world.product([of.catalog.id])
  const sent = await ask(actor, { ...of, product: second }, small.id, app.id, credential?.id)
  expect(sent).toMatchObject({ ok: true, value: { state: 'approved' } })
  expect(await keysOf(app.id)).toHaveLength(1)
  expect((await call(key, of.product)).status).toBe(200)
  expect((await call(key, second)).status).toBe(200)

  const other = await offer()
  await db.insert(catalogPlans).values({ catalogId: other.catalog.id, planId: small.id })
  const refused = await ask(actor, other, small.id, app.id, credential?.id)
  expect(refused.ok || refused.error.fields).toHaveProperty('credentialId')
  const separate = await ask(actor, other, small.id, app.id)
  expect(separate.ok).toBe(true)
  const [, added] = await keysOf(app.id)
  const otherKey = await secretOf(actor, app.id, added?.id ?? 'crd_none')
  expect((await call(otherKey, other.product)).status).toBe(200)
  expect((await call(otherKey, of.product)).status).toBe(403)
  expect((await call(key, other.product)).status).toBe(403)
})

test('the products that share a key keep limits of their own', async () => {
  const { actor, of, small, app, key } = await access()
  const [credential] = await keysOf(app.id)
  const second = await world.product([of.catalog.id])
  await ask(actor, { ...of, product: second }, small.id, app.id, credential?.id)
  expect(await statuses(key, of.product, 4)).toEqual([200, 200, 200, 429])
  expect(await statuses(key, second, 4)).toEqual([200, 200, 200, 429])
})

test('a key that was chosen for a request that waits serves it once it is approved; if it ended meanwhile, there is a new one', async () => {
  const actor = await world.superAdmin()
  const of = await offer()
  const app = await world.app(actor)
  const admin = contextFor(await world.admin())
  const first = await ask(actor, of, of.manual.id, app.id)
  await approveAccessRequest(admin, first.ok ? first.value.requestId : 'req_none')
  const [credential] = await keysOf(app.id)
  for (const ended of [false, true]) {
    const product = await world.product([of.catalog.id])
    const sent = await ask(actor, { ...of, product }, of.manual.id, app.id, credential?.id)
    if (!sent.ok) throw new Error(sent.error.message)
    if (ended)
      await db
        .update(credentials)
        .set({ state: 'revoked' })
        .where(eq(credentials.id, credential?.id ?? 'crd_none'))
    const approved = await approveAccessRequest(admin, sent.value.requestId)
    expect(approved.ok && approved.value.credentialId === null).toBe(!ended)
    expect(await keysOf(app.id)).toHaveLength(ended ? 2 : 1)
  }
})

test.each<
  [
    string,
    (
      it: Awaited<ReturnType<typeof access>>,
    ) => Promise<{ appId: Id<'app'>; planId: Id<'pln'>; keyId: Id<'crd'> }>,
  ]
>([
  [
    'another plan',
    async ({ app, large }) => ({
      appId: app.id,
      planId: large.id,
      keyId: (await keysOf(app.id))[0]?.id ?? 'crd_none',
    }),
  ],
  [
    'another app',
    async ({ actor, app, small }) => ({
      appId: (await world.app(actor)).id,
      planId: small.id,
      keyId: (await keysOf(app.id))[0]?.id ?? 'crd_none',
    }),
  ],
  [
    'another organization',
    async ({ app, small }) => {
      const foreign = await access()
      return { appId: app.id, planId: small.id, keyId: (await keysOf(foreign.app.id))[0]?.id ?? 'crd_none' }
    },
  ],
  [
    'a key that has expired',
    async ({ app, small }) => {
      const keyId = (await keysOf(app.id))[0]?.id ?? 'crd_none'
      await db.update(credentials).set({ expiresAt: 1 }).where(eq(credentials.id, keyId))
      return { appId: app.id, planId: small.id, keyId }
    },
  ],
])('a key does not serve what is not like it: %s', async (_what, wish) => {
  const it = await access()
  const { appId, planId, keyId } = await wish(it)
  const product = await world.product([it.of.catalog.id])
  const before = await db.select().from(credentialRequests).where(eq(credentialRequests.credentialId, keyId))
  const sent = await ask(it.actor, { ...it.of, product }, planId, appId, keyId)
  expect(sent.ok || sent.error.fields).toHaveProperty('credentialId')
  expect(
    await db
      .select()
      .from(credentialRequests)
      .where(and(eq(credentialRequests.credentialId, keyId))),
  ).toEqual(before)
  expect(await db.select().from(plans).where(eq(plans.id, planId))).toHaveLength(1)
})
