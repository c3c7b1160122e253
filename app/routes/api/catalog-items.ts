// What a catalog offers, over the API: its products and its plans, each in their order.
import { z } from 'zod'
import { moveInCatalog } from '~/domain/catalog/move-in-catalog.server'
import { offerInCatalog } from '~/domain/catalog/offer-in-catalog.server'
import { moveInput, productStateFilters } from '~/domain/catalog/product'
import { listCatalogPlans, listCatalogProducts } from '~/domain/catalog/queries-offered.server'
import { takeFromCatalog } from '~/domain/catalog/take-from-catalog.server'
import { idSchema } from '~/domain/kernel/ids'
import { ok } from '~/domain/kernel/result'
import { bodyOf } from '~/platform/api-names'
import { operation } from '~/platform/api-operation'
import { catalogAnswer as answer, changedCatalog, foundInCatalog } from './catalog-answers'
import { listAnswer, listOf, listQuery, pageOf } from './lists'
import { planTerms, toPlanTerms } from './plans'

const catalogProduct = z.strictObject({
  id: idSchema('prd'),
  name: z.string(),
  slug: z.string(),
  state: z.enum(productStateFilters).describe('Only admins see a `draft`.'),
})
const catalogPlan = z.strictObject({ id: idSchema('pln'), name: z.string(), ...planTerms })

const move = bodyOf('MoveInCatalog', moveInput)

const ofProducts = '/catalogs/{catalog_id}/products'
const ofPlans = '/catalogs/{catalog_id}/plans'
const tag = 'catalogs'
const read = { tag, scope: 'catalogs:read' } as const
const write = { tag, scope: 'catalogs:write' } as const

export const catalogItemOperations = [
  operation({
    ...read,
    id: 'listCatalogProducts',
    method: 'GET',
    path: ofProducts,
    summary: 'List the products of a catalog, in their order',
    query: listQuery({}),
    answer: { name: 'CatalogProductList', schema: listOf(catalogProduct) },
    async run(ctx, { ids, query }) {
      const page = await listCatalogProducts(ctx, ids.catalog_id, pageOf(query))
      return ok(listAnswer(page, ({ id, name, slug, state }) => ({ id, name, slug, state })))
    },
  }),
  operation({
    ...write,
    id: 'addProductToCatalog',
    method: 'POST',
    path: ofProducts,
    summary: 'Put a product into a catalog, at its end',
    body: bodyOf('AddProductToCatalog', z.object({ productId: idSchema('prd') })),
    answer,
    errors: ['already_decided', 'conflict'],
    run: async (ctx, { ids, body }) =>
      changedCatalog(
        ctx,
        ids.catalog_id,
        await offerInCatalog(ctx, ids.catalog_id, { item: body.productId }),
      ),
  }),
  operation({
    ...write,
    id: 'removeProductFromCatalog',
    method: 'DELETE',
    path: `${ofProducts}/{product_id}`,
    summary: 'Take a product out of a catalog',
    description: 'Carts that hold it say so; access that was given goes on.',
    async run(ctx, { ids }) {
      const taken = foundInCatalog(await takeFromCatalog(ctx, ids.catalog_id, { item: ids.product_id }))
      return taken.ok ? ok(null) : taken
    },
  }),
  operation({
    ...write,
    id: 'moveProductInCatalog',
    method: 'POST',
    path: `${ofProducts}/{product_id}/move`,
    summary: 'Move a product of a catalog a place up or down',
    description: 'The first one that moves up, and the last one that moves down, stays where it is.',
    body: move,
    answer,
    run: async (ctx, { ids, body }) =>
      changedCatalog(
        ctx,
        ids.catalog_id,
        foundInCatalog(await moveInCatalog(ctx, ids.catalog_id, { item: ids.product_id, ...body })),
      ),
  }),
  operation({
    ...read,
    id: 'listCatalogPlans',
    method: 'GET',
    path: ofPlans,
    summary: 'List the plans of a catalog, in their order',
    description: 'Archived ones are among them: nobody can choose these.',
    query: listQuery({}),
    answer: { name: 'CatalogPlanList', schema: listOf(catalogPlan) },
    async run(ctx, { ids, query }) {
      const page = await listCatalogPlans(ctx, ids.catalog_id, pageOf(query))
      return ok(listAnswer(page, ({ id, name, ...row }) => ({ id, name, ...toPlanTerms(row) })))
    },
  }),
  operation({
    ...write,
    id: 'addPlanToCatalog',
    method: 'POST',
    path: ofPlans,
    summary: 'Offer a plan in a catalog, at its end',
    body: bodyOf('AddPlanToCatalog', z.object({ planId: idSchema('pln') })),
    answer,
    errors: ['already_decided', 'conflict'],
    run: async (ctx, { ids, body }) =>
      changedCatalog(ctx, ids.catalog_id, await offerInCatalog(ctx, ids.catalog_id, { item: body.planId })),
  }),
  operation({
    ...write,
    id: 'removePlanFromCatalog',
    method: 'DELETE',
    path: `${ofPlans}/{plan_id}`,
    summary: 'Take a plan out of a catalog',
    description: 'Access that was given under it goes on.',
    async run(ctx, { ids }) {
      const taken = foundInCatalog(await takeFromCatalog(ctx, ids.catalog_id, { item: ids.plan_id }))
      return taken.ok ? ok(null) : taken
    },
  }),
  operation({
    ...write,
    id: 'movePlanInCatalog',
    method: 'POST',
    path: `${ofPlans}/{plan_id}/move`,
    summary: 'Move a plan of a catalog a place up or down',
    description: 'The first one that moves up, and the last one that moves down, stays where it is.',
    body: move,
    answer,
    run: async (ctx, { ids, body }) =>
      changedCatalog(
        ctx,
        ids.catalog_id,
        foundInCatalog(await moveInCatalog(ctx, ids.catalog_id, { item: ids.plan_id, ...body })),
      ),
  }),
]
