// The list of products that a viewer sees, with the filters that make sense for this viewer. One trip.
import { and, asc, desc, eq, exists, or, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type Cursor, decodeCursor, type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { catalogProducts, catalogs, products, productTags } from '~db/schema'
import type { ProductFilter } from './product'
import { visibleCatalogs, visibleProducts } from './visibility.server'

export type ProductCard = {
  slug: string
  name: string
  summary: string
  featured: boolean
  draft: boolean
  hasLogo: boolean
  tags: string[]
  catalogs: string[]
}

export type ProductList = {
  page: Page<ProductCard>
  catalogs: { slug: string; name: string }[]
  tags: string[]
}

type Row = ProductCard & { id: string; sortKey: string | number }

function cardColumns(actor: Actor, sortKey: SQL<string | number>) {
  return {
    id: products.id,
    slug: products.slug,
    name: products.name,
    summary: products.summary,
    featured: products.featured,
    draft: sql<boolean>`${products.state} = 'draft'`.mapWith(Boolean).as('draft'),
    hasLogo: sql<boolean>`${products.logoContentType} is not null`.mapWith(Boolean).as('has_logo'),
    tags: jsonList(
      sql`(select json_group_array(tag) from (select t.tag from product_tags t where t.product_id = ${products}.id order by t.tag))`,
      'tags',
    ),
    catalogs: jsonList(
      sql`(select json_group_array(name) from (select ${catalogs.name} as name from ${catalogProducts}
        inner join ${catalogs} on ${catalogs.id} = ${catalogProducts.catalogId}
        where ${catalogProducts.productId} = ${products}.id and ${visibleCatalogs(actor)} order by ${catalogs.position}, ${catalogs.name}))`,
      'catalogs',
    ),
    sortKey: sortKey.as('sort_key'),
  }
}

function jsonList(value: SQL, name: string) {
  return sql<string[]>`${value}`.mapWith((text: string) => JSON.parse(text) as string[]).as(name)
}

function toCard({ id: _id, sortKey: _sortKey, ...card }: Row): ProductCard {
  return card
}

export async function listVisibleProducts(
  ctx: DomainContext,
  filter: ProductFilter,
  page: PageRequest,
): Promise<ProductList> {
  const { db, actor } = ctx
  const newest = filter.sort === 'newest'
  const key: SQL<string | number> = newest
    ? sql`coalesce(${products.publishedAt}, 0)`
    : sql`lower(${products.name})`
  const cursor = decodeCursor(page.cursor)
  const forward = (page.direction === 'next') !== newest
  const order = forward ? asc : desc
  const [rows, catalogRows, tagRows] = await db.batch([
    db
      .select(cardColumns(actor, key))
      .from(products)
      .where(
        and(
          visibleProducts(actor),
          ...filterConditions(ctx, filter),
          cursor ? beyond(key, cursor, forward) : undefined,
        ),
      )
      .orderBy(order(key), order(products.id))
      .limit(page.size + 1),
    db
      .select({ slug: catalogs.slug, name: catalogs.name })
      .from(catalogs)
      .where(visibleCatalogs(actor))
      .orderBy(asc(catalogs.position), asc(catalogs.name)),
    db
      .selectDistinct({ tag: productTags.tag })
      .from(productTags)
      .where(
        exists(
          db
            .select({ one: sql`1` })
            .from(products)
            .where(and(eq(products.id, productTags.productId), visibleProducts(actor))),
        ),
      )
      .orderBy(asc(productTags.tag))
      .limit(100),
  ])
  const cut = toPage(rows, { ...page, cursor: cursor ? page.cursor : null }, (row) => ({
    key: row.sortKey,
    id: row.id,
  }))
  return {
    page: { ...cut, rows: cut.rows.map(toCard) },
    catalogs: catalogRows,
    tags: tagRows.map((row) => row.tag),
  }
}

/** What the home page shows: featured products first. */
export async function listFeaturedProducts(ctx: DomainContext, limit: number): Promise<ProductCard[]> {
  const rows = await ctx.db
    .select(cardColumns(ctx.actor, sql`${products.name}`))
    .from(products)
    .where(and(visibleProducts(ctx.actor), eq(products.state, 'published')))
    .orderBy(desc(products.featured), asc(products.name))
    .limit(limit)
  return rows.map(toCard)
}

function filterConditions(
  { actor }: DomainContext,
  { catalog, tag, search }: ProductFilter,
): (SQL | undefined)[] {
  return [
    catalog === null
      ? undefined
      : sql`exists (select 1 from ${catalogProducts} inner join ${catalogs} on ${catalogs.id} = ${catalogProducts.catalogId}
          where ${catalogProducts.productId} = ${products.id} and ${catalogs.slug} = ${catalog} and ${visibleCatalogs(actor)})`,
    tag === null
      ? undefined
      : sql`exists (select 1 from ${productTags} where ${productTags.productId} = ${products.id} and ${productTags.tag} = ${tag})`,
    search === ''
      ? undefined
      : or(
          sql`instr(lower(${products.name} || ' ' || ${products.summary}), lower(${search})) > 0`,
          sql`exists (select 1 from ${productTags} where ${productTags.productId} = ${products.id} and instr(${productTags.tag}, lower(${search})) > 0)`,
        ),
  ]
}

function beyond(key: SQL, cursor: Cursor, forward: boolean): SQL {
  return forward
    ? sql`(${key}, ${products.id}) > (${cursor.key}, ${cursor.id})`
    : sql`(${key}, ${products.id}) < (${cursor.key}, ${cursor.id})`
}
