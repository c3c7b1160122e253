import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addToCart } from '~/domain/access-requests/add-to-cart.server'
import { getCart } from '~/domain/access-requests/queries-cart.server'
import { removeFromCart } from '~/domain/access-requests/remove-from-cart.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import { countedDatabase } from '~/platform/database'
import { apis, cartItems, catalogProducts, catalogs, products } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { offer, requested } from '~test/support/requests'
import * as world from '~test/support/world'

const cartOf = (actor: DeveloperActor) =>
  db.select().from(cartItems).where(eq(cartItems.userId, actor.userId))

test('a product is in the cart once per catalog, however many add it at once', async () => {
  const actor = await world.superAdmin()
  const { catalog, product } = await offer()
  const item = { catalogId: catalog.id, productId: product.id }
  const results = await Promise.all(Array.from({ length: 40 }, () => addToCart(contextFor(actor), item)))
  expect(results.every((result) => result.ok)).toBe(true)
  expect(await cartOf(actor)).toHaveLength(1)
})

test('the same product through two catalogs is two items', async () => {
  const actor = await world.superAdmin()
  const { catalog, product } = await offer()
  const other = await world.catalog('private')
  await db.insert(catalogProducts).values({ catalogId: other.id, productId: product.id })
  await addToCart(contextFor(actor), { catalogId: catalog.id, productId: product.id })
  await addToCart(contextFor(actor), { catalogId: other.id, productId: product.id })
  expect(await cartOf(actor)).toHaveLength(2)
})

test('what one cannot see through that very catalog cannot be added: other audience, draft, other catalog', async () => {
  const actor = await world.superAdmin()
  const stranger = await world.organization()
  const custom = await offer('custom', { organizationId: stranger.id })
  const own = await offer()
  const draft = await world.product([own.catalog.id], { state: 'draft' })
  for (const item of [
    { catalogId: custom.catalog.id, productId: custom.product.id },
    { catalogId: own.catalog.id, productId: draft.id },
    { catalogId: own.catalog.id, productId: custom.product.id },
    { catalogId: 'cat_none', productId: own.product.id } as const,
  ]) {
    const result = await addToCart(contextFor(actor), item)
    expect(!result.ok && result.error.code).toBe('not_found')
  }
  expect(await cartOf(actor)).toEqual([])
})

test('a custom catalog of one’s team can be used', async () => {
  const organization = await world.organization()
  const team = await world.team(organization.id)
  const member = await world.developer({ organizationId: organization.id, teamIds: [team.id] })
  const outsider = await world.developer({ organizationId: organization.id })
  const { catalog, product } = await offer('custom', { teamId: team.id })
  const item = { catalogId: catalog.id, productId: product.id }
  expect((await addToCart(contextFor(member), item)).ok).toBe(true)
  expect((await addToCart(contextFor(outsider), item)).ok).toBe(false)
})

test('a product with documentation only cannot be added, and says why', async () => {
  const actor = await world.superAdmin()
  const { catalog, product } = await offer()
  await db.update(apis).set({ upstreamUrl: null }).where(eq(apis.productId, product.id))
  const result = await addToCart(contextFor(actor), { catalogId: catalog.id, productId: product.id })
  expect(result.ok || result.error).toMatchObject({
    code: 'not_requestable',
    message: expect.stringContaining('documentation only'),
  })
})

test('removing takes out one’s own item only, and twice is no error', async () => {
  const actor = await world.superAdmin()
  const neighbour = await world.developer({ organizationId: actor.organizationId })
  const { catalog, product } = await offer()
  const item = { catalogId: catalog.id, productId: product.id }
  await addToCart(contextFor(actor), item)
  await addToCart(contextFor(neighbour), item)
  expect(await removeFromCart(contextFor(actor), item)).toEqual({ ok: true, value: { removed: true } })
  expect(await removeFromCart(contextFor(actor), item)).toEqual({ ok: true, value: { removed: false } })
  expect(await cartOf(neighbour)).toHaveLength(1)
})

test('the cart is read in one trip: sections by catalog and credential type, with plans, apps and teams', async () => {
  const actor = await world.superAdmin()
  const first = await offer()
  const second = await offer()
  const oauthOnly = await world.product([first.catalog.id])
  await db
    .update(apis)
    .set({ acceptsApiKey: false, acceptsOauth: true })
    .where(eq(apis.productId, oauthOnly.id))
  const app = await world.app(actor)
  const personal = await world.app(await world.developer({ organizationId: actor.organizationId }), {
    visibility: 'personal',
  })
  for (const [catalogId, productId] of [
    [first.catalog.id, first.product.id],
    [first.catalog.id, oauthOnly.id],
    [second.catalog.id, second.product.id],
  ] as const) {
    await addToCart(contextFor(actor), { catalogId, productId })
  }
  const counted = countedDatabase(env.DB)
  const cart = await getCart({ ...contextFor(actor), db: counted.db })
  expect(counted.trips()).toBe(1)
  expect(cart.sections).toHaveLength(3)
  expect(cart.hasSeveralCatalogs).toBe(true)
  const section = cart.sections.find((one) => one.key === `${first.catalog.id}-api_key`)
  expect(section?.items).toMatchObject([{ id: first.product.id, problem: null }])
  expect(section?.plans.map((plan) => plan.id).sort()).toEqual([first.manual.id, first.auto.id].sort())
  expect(cart.sections.find((one) => one.key === `${first.catalog.id}-oauth_client`)).toMatchObject({
    credentialTypes: ['oauth_client'],
    items: [{ id: oauthOnly.id, problem: null }],
  })
  expect(cart.apps.map((one) => one.id)).toEqual([app.id])
  expect(cart.apps.map((one) => one.id)).not.toContain(personal.id)
})

test('what can no longer be requested stays in the cart and says why', async () => {
  const organization = await world.organization()
  const actor = await world.developer({ organizationId: organization.id })
  const [unpublished, left, hidden, archived] = [await offer(), await offer(), await offer(), await offer()]
  for (const one of [unpublished, left, hidden, archived]) {
    await addToCart(contextFor(actor), { catalogId: one.catalog.id, productId: one.product.id })
  }
  await db.update(products).set({ state: 'draft' }).where(eq(products.id, unpublished.product.id))
  await db.delete(catalogProducts).where(eq(catalogProducts.catalogId, left.catalog.id))
  await db.update(catalogs).set({ visibility: 'custom' }).where(eq(catalogs.id, hidden.catalog.id))
  const cart = await getCart(contextFor(actor))
  const problemOf = (of: { product: { id: string } }) =>
    cart.sections.flatMap((s) => s.items).find((item) => item.id === of.product.id)?.problem
  expect(problemOf(unpublished)).toContain('no longer published')
  expect(problemOf(left)).toContain('left the catalog')
  expect(problemOf(hidden)).toContain('no longer see this catalog')
  expect(problemOf(archived)).toBeNull()
  expect(cart.sections.find((one) => one.catalogId === hidden.catalog.id)?.plans).toEqual([])
})

test('two tabs that show the same cart carry the same submission; a changed cart carries another', async () => {
  const actor = await world.superAdmin()
  const of = await offer()
  const more = await world.product([of.catalog.id])
  await addToCart(contextFor(actor), { catalogId: of.catalog.id, productId: of.product.id })
  const one = await getCart(contextFor(actor))
  const two = await getCart(contextFor(actor))
  expect(two.sections[0]?.submissionId).toBe(one.sections[0]?.submissionId)
  await addToCart(contextFor(actor), { catalogId: of.catalog.id, productId: more.id })
  expect((await getCart(contextFor(actor))).sections[0]?.submissionId).not.toBe(one.sections[0]?.submissionId)
})

test('only one’s own request is told as sent', async () => {
  const actor = await world.superAdmin()
  const { requestId, appId } = await requested(actor)
  expect((await getCart(contextFor(actor), requestId)).sent).toEqual({ appId, state: 'pending' })
  expect((await getCart(contextFor(await world.superAdmin()), requestId)).sent).toBeNull()
})
