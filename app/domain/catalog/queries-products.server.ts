// What admins read about products: the list, one product with its parts, one guide.
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { nameKey } from '~/domain/kernel/text'
import { named } from '~db/columns'
import { keyset } from '~db/keyset'
import { apiDocuments, apis, catalogs, guides, products } from '~db/schema'
import { catalogChoices } from './catalog-choices.server'
import type { ProductStateFilter } from './product'
import { hasLogo, jsonList, tagList } from './product-columns.server'

export type AdminProductList = {
  search: string
  state: ProductStateFilter | null
  catalogId: Id<'cat'> | null
  page: PageRequest
}

/** By name, and the catalogs that the list can be narrowed to. */
export async function listProducts(
  ctx: DomainContext<AdminActor>,
  list: AdminProductList,
): Promise<Page<ProductRow> & { catalogs: { id: string; name: string }[] }> {
  const [rows, catalogRows] = await ctx.db.batch([
    productRows(ctx, list),
    ctx.db
      .select({ id: catalogs.id, name: catalogs.name })
      .from(catalogs)
      .where(isNull(catalogs.deletedAt))
      .orderBy(asc(catalogs.position), asc(catalogs.name))
      .limit(200),
  ])
  const page = toPage(rows, list.page, (row) => ({ key: row.sortKey, id: row.id }))
  return { ...page, catalogs: catalogRows }
}

export type ProductRow = Awaited<ReturnType<typeof productRows>>[number]

function productRows(ctx: DomainContext<AdminActor>, { search, state, catalogId, page }: AdminProductList) {
  const { after, order } = keyset(page, sql`lower(${products.name})`, products.id, 'lowest')
  const needle = nameKey(search)
  return ctx.db
    .select({
      id: products.id,
      name: products.name,
      slug: products.slug,
      summary: products.summary,
      state: products.state,
      featured: products.featured,
      hasLogo,
      sortKey: sql<string>`lower(${products.name})`.as('sort_key'),
      apis: sql<number>`(select count(*) from apis where apis.product_id = products.id)`.as('api_count'),
      tags: tagList,
      catalogs: jsonList(
        sql`(select json_group_array(name) from (select catalogs.name from catalog_products
          join catalogs on catalogs.id = catalog_products.catalog_id and catalogs.deleted_at is null
          where catalog_products.product_id = products.id order by catalogs.position, catalogs.name))`,
        'catalog_list',
      ),
    })
    .from(products)
    .where(
      and(
        isNull(products.deletedAt),
        state ? eq(products.state, state) : undefined,
        catalogId
          ? sql`exists (select 1 from catalog_products where catalog_products.catalog_id = ${catalogId} and catalog_products.product_id = products.id)`
          : undefined,
        needle
          ? sql`(instr(lower(${products.name} || ' ' || ${products.slug} || ' ' || ${products.summary}), ${needle}) > 0
              or exists (select 1 from product_tags where product_tags.product_id = products.id and instr(product_tags.tag, ${needle}) > 0))`
          : undefined,
        after,
      ),
    )
    .orderBy(...order)
    .limit(page.size + 1)
}

function productStatement({ db }: DomainContext, productId: Id<'prd'>) {
  return db
    .select({
      id: products.id,
      name: products.name,
      slug: products.slug,
      summary: products.summary,
      descriptionMarkdown: products.descriptionMarkdown,
      descriptionHtml: products.descriptionHtml,
      featured: products.featured,
      state: products.state,
      publishedAt: products.publishedAt,
      createdAt: products.createdAt,
      hasLogo,
      tags: tagList,
      approvedApps: apps('approved'),
      pendingRequests: apps('pending'),
      carts:
        sql<number>`(select count(distinct cart_items.user_id) from cart_items where cart_items.product_id = products.id)`.as(
          'cart_count',
        ),
    })
    .from(products)
    .where(and(eq(products.id, productId), isNull(products.deletedAt)))
}

function apps(state: 'approved' | 'pending') {
  return sql<number>`(select count(distinct access_request_products.app_id) from access_request_products
    join access_requests on access_requests.id = access_request_products.request_id and access_requests.state = ${state}
    where access_request_products.product_id = products.id and access_request_products.live = 1)`.as(
    `${state}_apps`,
  )
}

/** A product with its catalogs, APIs and guides in their order. Throws NotFoundError. */
export async function getProduct(ctx: DomainContext<AdminActor>, productId: Id<'prd'>) {
  const [rows, catalogRows, apiRows, guideRows] = await ctx.db.batch([
    productStatement(ctx, productId),
    catalogChoices(
      ctx,
      sql`exists (select 1 from catalog_products where catalog_products.catalog_id = catalogs.id and catalog_products.product_id = ${productId})`,
    ),
    ctx.db
      .select({
        id: named(apis.id, 'api_id'),
        name: apis.name,
        slug: apis.slug,
        version: named(apis.version, 'api_version'),
        upstreamUrl: apis.upstreamUrl,
        operations: sql<number | null>`${apiDocuments.operationCount}`.as('operation_count'),
      })
      .from(apis)
      .leftJoin(apiDocuments, eq(apiDocuments.id, apis.documentId))
      .where(eq(apis.productId, productId))
      .orderBy(asc(apis.position), asc(apis.name), asc(apis.id)),
    ctx.db
      .select({ id: guides.id, title: guides.title, slug: guides.slug, state: guides.state })
      .from(guides)
      .where(eq(guides.productId, productId))
      .orderBy(asc(guides.position), asc(guides.title), asc(guides.id)),
  ])
  const product = rows[0]
  if (!product) throw new NotFoundError(`product ${productId}`)
  return { ...product, catalogs: catalogRows, apis: apiRows, guides: guideRows }
}

/** The product alone, with what stands on it. Throws NotFoundError. */
export async function getProductFacts(ctx: DomainContext<AdminActor>, productId: Id<'prd'>) {
  const [product] = await productStatement(ctx, productId)
  if (!product) throw new NotFoundError(`product ${productId}`)
  return product
}

/** A guide and what its product is called. Throws NotFoundError. */
export async function getGuide(ctx: DomainContext<AdminActor>, productId: Id<'prd'>, guideId: Id<'gde'>) {
  const [row] = await ctx.db
    .select({
      id: guides.id,
      slug: guides.slug,
      title: guides.title,
      bodyMarkdown: guides.bodyMarkdown,
      state: guides.state,
      productName: products.name,
      productSlug: products.slug,
    })
    .from(guides)
    .innerJoin(products, eq(products.id, guides.productId))
    .where(and(eq(guides.id, guideId), eq(guides.productId, productId), isNull(products.deletedAt)))
  if (!row) throw new NotFoundError(`guide ${guideId}`)
  return row
}
