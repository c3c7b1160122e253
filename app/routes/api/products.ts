// Products over the API: the commands of the admins' pages, under their own rules. Logos are uploaded on the page only.
import { z } from 'zod'
import { createProduct } from '~/domain/catalog/create-product.server'
import { deleteProduct } from '~/domain/catalog/delete-product.server'
import { editProduct } from '~/domain/catalog/edit-product.server'
import { createProductInput, productStateFilters } from '~/domain/catalog/product'
import { publishProduct } from '~/domain/catalog/publish-product.server'
import {
  getProduct,
  getProductFacts,
  listProducts,
  type ProductRow,
} from '~/domain/catalog/queries-products.server'
import { unpublishProduct } from '~/domain/catalog/unpublish-product.server'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type Id, idSchema } from '~/domain/kernel/ids'
import { ok, type Result } from '~/domain/kernel/result'
import { bodyOf } from '~/platform/api-names'
import { operation } from '~/platform/api-operation'
import {
  given,
  listAnswer,
  listOf,
  listQuery,
  pageOf,
  searchFilter,
  time,
  timeOrNull,
  timeSchema,
} from './lists'

const listedProduct = z.strictObject({
  id: idSchema('prd'),
  name: z.string(),
  slug: z.string(),
  summary: z.string(),
  state: z.enum(productStateFilters),
  featured: z.boolean(),
  has_logo: z.boolean(),
  tags: z.array(z.string()),
  catalog_names: z.array(z.string()).describe('Of the catalogs that offer it, in their order.'),
  apis: z.int(),
})
const product = listedProduct.extend({
  description: z.string().describe('Markdown.'),
  catalog_ids: z.array(idSchema('cat')).describe('In the order of `catalog_names`.'),
  approved_apps: z.int(),
  pending_requests: z.int(),
  published_at: timeSchema.nullable().describe('When it was published last.'),
  created_at: timeSchema,
})
const answer = { name: 'Product', schema: product }

/** A description may have 50,000 characters. */
const withText = { maxBytes: 1024 * 1024 }

const { tags, featured, catalogIds, ...texts } = createProductInput.omit({ logo: true }).shape
const newProduct = z.object({
  ...texts,
  tags: tags.default([]),
  featured: featured.default(false),
  catalogIds: catalogIds.default([]),
})
const changes = z.object({
  name: texts.name.optional(),
  slug: texts.slug.optional(),
  summary: texts.summary.optional(),
  // Its default would empty what was left out.
  description: texts.description.unwrap().optional(),
  tags: tags.optional(),
  featured: featured.optional(),
  catalogIds: catalogIds.optional(),
})

const path = '/products/{product_id}'
const tag = 'products'
const read = { tag, scope: 'products:read' } as const
const write = { tag, scope: 'products:write' } as const

export const productOperations = [
  operation({
    ...read,
    id: 'listProducts',
    method: 'GET',
    path: '/products',
    summary: 'List products by name',
    query: listQuery({
      q: searchFilter.describe('A part of the name, the slug, the summary or a tag.'),
      state: z.enum(productStateFilters, { error: 'There is no such state.' }).optional(),
      catalog_id: idSchema('cat').optional(),
    }),
    answer: { name: 'ProductList', schema: listOf(listedProduct) },
    async run(ctx, { query }) {
      const page = await listProducts(ctx, {
        search: query.q ?? '',
        state: query.state ?? null,
        catalogId: query.catalog_id ?? null,
        page: pageOf(query),
      })
      return ok(listAnswer(page, toListedProduct))
    },
  }),
  operation({
    ...write,
    id: 'createProduct',
    method: 'POST',
    path: '/products',
    summary: 'Create a product as a draft, which admins alone see',
    body: bodyOf('CreateProduct', newProduct, withText),
    status: 201,
    answer,
    async run(ctx, { body }) {
      const made = await createProduct(ctx, { ...body, logo: null })
      return made.ok ? ok(await one(ctx, made.value.productId)) : made
    },
  }),
  operation({
    ...read,
    id: 'getProduct',
    method: 'GET',
    path,
    summary: 'Get a product',
    answer,
    run: async (ctx, { ids }) => ok(await one(ctx, ids.product_id)),
  }),
  operation({
    ...write,
    id: 'editProduct',
    method: 'PATCH',
    path,
    summary: 'Change a product',
    description:
      'What is left out stays as it is; `tags` and `catalog_ids` replace those it has. The slug is in the addresses that apps call: it stays while somebody has access.',
    body: bodyOf('EditProduct', changes, withText),
    answer,
    errors: ['in_use', 'conflict'],
    async run(ctx, { ids, body }) {
      const now = await getProductFacts(ctx, ids.product_id)
      // Nothing to change is no change, and no event.
      if (Object.values(body).every((value) => value === undefined)) return ok(await one(ctx, ids.product_id))
      const { name, slug, summary, descriptionMarkdown: description } = now
      const stored = { name, slug, summary, description, tags: now.tags, featured: now.featured }
      return changed(
        ctx,
        ids.product_id,
        await editProduct(ctx, ids.product_id, { ...stored, ...given(body) }),
      )
    },
  }),
  operation({
    ...write,
    id: 'deleteProduct',
    method: 'DELETE',
    path,
    summary: 'Delete a product that nobody has access to, with its APIs, documents and guides',
    errors: ['in_use'],
    async run(ctx, { ids }) {
      const deleted = await deleteProduct(ctx, ids.product_id)
      return deleted.ok ? ok(null) : deleted
    },
  }),
  operation({
    ...write,
    id: 'publishProduct',
    method: 'POST',
    path: `${path}/publish`,
    summary: 'Publish a product: whoever sees one of its catalogs sees it',
    answer,
    errors: ['already_decided'],
    run: async (ctx, { ids }) => changed(ctx, ids.product_id, await publishProduct(ctx, ids.product_id)),
  }),
  operation({
    ...write,
    id: 'unpublishProduct',
    method: 'POST',
    path: `${path}/unpublish`,
    summary: 'Make a product a draft again; apps that have access keep it',
    answer,
    errors: ['already_decided'],
    run: async (ctx, { ids }) => changed(ctx, ids.product_id, await unpublishProduct(ctx, ids.product_id)),
  }),
]

/** Throws NotFoundError. */
async function one(ctx: DomainContext<AdminActor>, productId: Id<'prd'>): Promise<z.output<typeof product>> {
  const row = await getProduct(ctx, productId)
  const offeredIn = row.catalogs.filter(({ ticked }) => ticked)
  const catalogs = offeredIn.map(({ name }) => name)
  return {
    ...toListedProduct({ ...row, apis: row.apis.length, catalogs }),
    description: row.descriptionMarkdown,
    catalog_ids: offeredIn.map(({ id }) => id),
    approved_apps: row.approvedApps,
    pending_requests: row.pendingRequests,
    published_at: timeOrNull(row.publishedAt),
    created_at: time(row.createdAt),
  }
}

async function changed(ctx: DomainContext<AdminActor>, productId: Id<'prd'>, result: Result<unknown>) {
  return result.ok ? ok(await one(ctx, productId)) : result
}

function toListedProduct(row: Omit<ProductRow, 'sortKey'>): z.output<typeof listedProduct> {
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    summary: row.summary,
    state: row.state,
    featured: row.featured,
    has_logo: row.hasLogo,
    tags: row.tags,
    catalog_names: row.catalogs,
    apis: row.apis,
  }
}
