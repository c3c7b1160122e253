// Catalogs, products and documents under many hands: one winner each, and given access is left alone.
import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addToCart } from '~/domain/access-requests/add-to-cart.server'
import { getCart } from '~/domain/access-requests/queries-cart.server'
import { submitAccessRequest } from '~/domain/access-requests/submit-access-request.server'
import { adoptApiDocument } from '~/domain/catalog/adopt-api-document.server'
import { checkApiDocument } from '~/domain/catalog/check-api-document.server'
import { createCatalog } from '~/domain/catalog/create-catalog.server'
import { deleteCatalog } from '~/domain/catalog/delete-catalog.server'
import { deleteProduct } from '~/domain/catalog/delete-product.server'
import { editProduct } from '~/domain/catalog/edit-product.server'
import { importApiDocument } from '~/domain/catalog/import-api-document.server'
import { moveInCatalog } from '~/domain/catalog/move-in-catalog.server'
import { offerInCatalog } from '~/domain/catalog/offer-in-catalog.server'
import { publishProduct } from '~/domain/catalog/publish-product.server'
import { listVisibleProducts } from '~/domain/catalog/queries-list.server'
import { listProducts } from '~/domain/catalog/queries-products.server'
import { takeFromCatalog } from '~/domain/catalog/take-from-catalog.server'
import { unpublishProduct } from '~/domain/catalog/unpublish-product.server'
import { findCredentialSnapshot } from '~/domain/gateway/queries.server'
import {
  accessRequests,
  apiDocuments,
  apis,
  catalogPlans,
  catalogProducts,
  catalogs,
  credentials,
  events,
  products,
} from '~db/schema'
import { contextFor, db, visitor } from '~test/support/context'
import { documentText, done } from '~test/support/documents'
import { granted, offer, requested, submission } from '~test/support/requests'
import * as world from '~test/support/world'

const typesOf = async (subjectId: string) =>
  (await db.select({ type: events.type }).from(events).where(eq(events.subjectId, subjectId))).map(
    (row) => row.type,
  )

test('a deleted catalog is gone for everybody, its name is free, and access through it goes on', async () => {
  const of = await offer()
  const developer = await world.superAdmin()
  const { requestId } = await granted(developer, { of })
  await addToCart(contextFor(developer), { catalogId: of.catalog.id, productId: of.product.id })
  const [before] = await db.select().from(catalogs).where(eq(catalogs.id, of.catalog.id))
  const actor = await world.admin()
  const results = await Promise.all(
    Array.from({ length: 40 }, () => deleteCatalog(contextFor(actor), of.catalog.id)),
  )
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(await typesOf(of.catalog.id)).toEqual(['catalog.deleted'])
  const page = { cursor: null, direction: 'next' as const, size: 50 }
  const filter = { catalog: null, tag: null, search: of.product.name, sort: 'name' as const }
  expect((await listVisibleProducts(contextFor(visitor), filter, page)).page.rows).toEqual([])
  const cart = await getCart(contextFor(developer))
  expect(cart.sections[0]?.items[0]?.problem).toBe('You can no longer see this catalog.')
  const sent = await submitAccessRequest(
    contextFor(developer),
    submission(of, (await world.app(developer)).id),
  )
  expect(sent.ok).toBe(false)
  const [request] = await db.select().from(accessRequests).where(eq(accessRequests.id, requestId))
  expect(request?.state).toBe('approved')
  const again = { name: before?.name ?? '', slug: before?.slug ?? '', visibility: 'public' as const }
  done(await createCatalog(contextFor(actor), { ...again, audience: { organizationIds: [], teamIds: [] } }))
  expect((await offerInCatalog(contextFor(actor), of.catalog.id, { item: of.product.id })).ok).toBe(false)
})

test('unpublishing hides a product and stops new requests; calls of who has access go on', async () => {
  const of = await offer()
  const developer = await world.superAdmin()
  const { requestId } = await granted(developer, { of })
  await addToCart(contextFor(developer), { catalogId: of.catalog.id, productId: of.product.id })
  const actor = await world.admin()
  const app = await world.app(developer)
  const [gone, sent] = await Promise.all([
    unpublishProduct(contextFor(actor), of.product.id),
    submitAccessRequest(contextFor(developer), submission(of, app.id)),
  ])
  expect(gone.ok).toBe(true)
  const rows = await db.select().from(accessRequests).where(eq(accessRequests.appId, app.id))
  expect(rows).toHaveLength(sent.ok ? 1 : 0)
  const late = await addToCart(contextFor(developer), { catalogId: of.catalog.id, productId: of.product.id })
  expect(late.ok).toBe(false)
  const [credential] = await db
    .select({ hash: credentials.secretHash })
    .from(credentials)
    .innerJoin(accessRequests, eq(accessRequests.appId, credentials.appId))
    .where(eq(accessRequests.id, requestId))
  const snapshot = await findCredentialSnapshot(db, credential?.hash ?? '')
  expect([...(snapshot?.products.keys() ?? [])]).toContain(of.product.slug)
})

test('of 40 who unpublish and publish, the state alternates and each change has its event', async () => {
  const product = await world.product([])
  const actor = await world.admin()
  const results = await Promise.all(
    Array.from({ length: 40 }, (_, at) =>
      at % 2
        ? publishProduct(contextFor(actor), product.id)
        : unpublishProduct(contextFor(actor), product.id),
    ),
  )
  const changes = results.filter((result) => result.ok).length
  const written = await typesOf(product.id)
  expect(written).toHaveLength(changes)
  const [row] = await db.select().from(products).where(eq(products.id, product.id))
  const unpublished = written.filter((type) => type === 'product.unpublished').length
  expect(row?.state).toBe(unpublished > changes - unpublished ? 'draft' : 'published')
})

test('a product that somebody has access to or waits for is not deleted, also when both happen at once', async () => {
  const actor = await world.admin()
  for (let round = 0; round < 8; round += 1) {
    const of = await offer()
    const developer = await world.superAdmin()
    const app = await world.app(developer)
    await addToCart(contextFor(developer), { catalogId: of.catalog.id, productId: of.product.id })
    const [sent, deleted] = await Promise.all([
      submitAccessRequest(contextFor(developer), submission(of, app.id)),
      deleteProduct(contextFor(actor), of.product.id),
    ])
    expect([sent.ok, deleted.ok].filter(Boolean)).toHaveLength(1)
    if (!deleted.ok) expect(deleted.error.code).toBe('in_use')
    else {
      const admins = await listProducts(contextFor(actor), {
        search: of.product.slug,
        state: null,
        catalogId: null,
        page: { cursor: null, direction: 'next', size: 10 },
      })
      expect(admins.rows).toEqual([])
    }
  }
})

test('the slug of a product stays while somebody has access, and its other words may change', async () => {
  const of = await offer()
  await requested(await world.superAdmin(), { of })
  const ctx = contextFor(await world.admin())
  const words = { name: 'New name', summary: 'New', description: '<b>x</b>', tags: ['one'], featured: true }
  const kept = { ...words, catalogIds: [of.catalog.id] }
  expect(await editProduct(ctx, of.product.id, { ...kept, slug: 'another-slug' })).toMatchObject({
    error: { code: 'in_use', fields: { slug: [expect.any(String)] } },
  })
  done(await editProduct(ctx, of.product.id, { ...kept, slug: of.product.slug }))
  const [row] = await db.select().from(products).where(eq(products.id, of.product.id))
  expect(row).toMatchObject({ name: 'New name', slug: of.product.slug })
  expect(row?.descriptionHtml).not.toContain('<b>')
})

test('40 moves at once leave an order with every product in it once', async () => {
  const catalog = await world.catalog()
  const items: `prd_${string}`[] = []
  for (let n = 0; n < 5; n += 1) items.push((await world.product([catalog.id])).id)
  const actor = await world.admin()
  const results = await Promise.all(
    Array.from({ length: 40 }, (_, at) => {
      const item = items[at % 5] ?? 'prd_none'
      return moveInCatalog(contextFor(actor), catalog.id, { item, direction: at % 3 ? 'up' : 'down' })
    }),
  )
  expect(results.every((result) => result.ok)).toBe(true)
  const rows = await db.select().from(catalogProducts).where(eq(catalogProducts.catalogId, catalog.id))
  expect(new Set(rows.map((row) => row.position)).size).toBe(5)
  expect(rows.map((row) => row.productId).sort()).toEqual([...items].sort())
})

test('a plan that moves in one catalog stays where it is in another', async () => {
  const [here, there] = [await world.catalog(), await world.catalog()]
  const one = await world.plan([here.id, there.id], { createdAt: 1 })
  const two = await world.plan([here.id, there.id], { createdAt: 2 })
  const ctx = contextFor(await world.admin())
  const order = async (catalogId: `cat_${string}`) =>
    (
      await db
        .select()
        .from(catalogPlans)
        .where(eq(catalogPlans.catalogId, catalogId))
        .orderBy(catalogPlans.position)
    ).map((row) => [row.position, row.planId])
  for (const direction of ['up', 'down'] as const)
    done(await moveInCatalog(ctx, there.id, { item: two.id, direction }))
  done(await moveInCatalog(ctx, here.id, { item: two.id, direction: 'up' }))
  expect(await order(here.id)).toEqual([
    [1, two.id],
    [2, one.id],
  ])
  expect(await order(there.id)).toEqual([
    [1, one.id],
    [2, two.id],
  ])
})

test('a product taken out of a catalog is marked in the carts that hold it', async () => {
  const of = await offer()
  const developer = await world.superAdmin()
  await addToCart(contextFor(developer), { catalogId: of.catalog.id, productId: of.product.id })
  done(await takeFromCatalog(contextFor(await world.admin()), of.catalog.id, { item: of.product.id }))
  const cart = await getCart(contextFor(developer))
  expect(cart.sections[0]?.items[0]?.problem).toBe('This product has left the catalog.')
})

test('a checked document changes nothing until it is imported, once, and only over what it was compared with', async () => {
  const product = await world.product([])
  const actor = await world.admin()
  const check = (version: string) =>
    checkApiDocument(
      contextFor(actor),
      product.id,
      product.apiId,
      documentText({ info: { title: 'P', version } }),
    )
  const { documentId } = done(await check('1'))
  const current = async () => (await db.select().from(apis).where(eq(apis.id, product.apiId)))[0]?.documentId
  expect(await current()).toBeNull()
  const results = await Promise.all(
    Array.from({ length: 40 }, () =>
      adoptApiDocument(contextFor(actor), product.id, product.apiId, documentId),
    ),
  )
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(await current()).toBe(documentId)
  expect(await typesOf(product.apiId)).toEqual(['api.document_imported'])

  const second = done(await check('2')).documentId
  done(
    await importApiDocument(
      contextFor(actor),
      product.apiId,
      documentText({ info: { title: 'P', version: '3' } }),
    ),
  )
  expect(await adoptApiDocument(contextFor(actor), product.id, product.apiId, second)).toMatchObject({
    error: { code: 'conflict' },
  })
  const third = done(await check('4')).documentId
  const drafts = await db
    .select({ id: apiDocuments.id })
    .from(apiDocuments)
    .where(and(eq(apiDocuments.apiId, product.apiId), eq(apiDocuments.draft, true)))
  expect(drafts).toEqual([{ id: third }])
  const other = await world.product([])
  expect((await adoptApiDocument(contextFor(actor), other.id, other.apiId, third)).ok).toBe(false)
})
