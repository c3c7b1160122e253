// The list of products that a viewer sees, with the filters that make sense for this viewer. One trip.
import { and, asc, desc, eq, exists, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { homeTextQuery } from '~/domain/settings/queries.server'
import { keyset } from '~db/keyset'
import { apis, catalogProducts, catalogs, products, productTags, searchEntries } from '~db/schema'
import type { ProductFilter, ProductSort } from './product'
import { cardColumns, type ProductCard, toCard } from './product-card.server'
import type { SearchHit } from './search'
import { foundEntries, hitColumns } from './search.server'
import { visibleCatalogs, visibleProducts } from './visibility.server'

function sortKey({ sort, catalog }: ProductFilter): SQL<string | number> {
  const keys: Record<ProductSort, SQL<string | number>> = {
    relevance: sql`found_products.score`,
    // Its place and, where several share one, its name; as one text, which a cursor can hold.
    catalog: sql`(select printf('%010d ', x.position) || lower(${products}.name) from catalog_products x
      join catalogs c on c.id = x.catalog_id where x.product_id = ${products}.id and c.slug = ${catalog})`,
    name: sql`lower(${products.name})`,
    newest: sql`coalesce(${products.publishedAt}, 0)`,
  }
  return keys[sort]
}

export type ProductList = {
  page: Page<ProductCard>
  catalogs: { slug: string; name: string }[]
  tags: string[]
  /** What a search finds in each product of the page, the best first. */
  hits: SearchHit[]
}

/** How many hits are read for a page of products, and how many of them a product shows. */
const maxHits = 300
const hitsOfProduct = 3

export async function listVisibleProducts(
  ctx: DomainContext,
  filter: ProductFilter,
  page: PageRequest,
): Promise<ProductList> {
  const { db, actor } = ctx
  const { search, sort } = filter
  const key = sortKey(filter)
  const rises = sort === 'name' || sort === 'catalog'
  const { after, order } = keyset(page, key, products.id, rises ? 'lowest' : 'highest')
  const found = foundEntries(actor, search)
  const cards = db.select(cardColumns(actor, key)).from(products).$dynamic()
  if (search !== '') {
    cards.innerJoin(
      sql`(select product_id, max(score) as score from ${found} group by product_id) as found_products`,
      sql`found_products.product_id = ${products.id}`,
    )
  }
  const statements = [
    cards
      .where(and(visibleProducts(actor), ...filterConditions(ctx, filter), after))
      .orderBy(...order)
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
  ] as const
  const [rows, catalogRows, tagRows, hits] =
    search === ''
      ? [...(await db.batch(statements)), []]
      : await db.batch([...statements, hitsStatement(ctx, found)])
  const cut = toPage(rows, page, (row) => ({ key: row.sortKey, id: row.id }))
  const shown = new Set(cut.rows.map((row) => row.slug))
  return {
    page: { ...cut, rows: cut.rows.map(toCard) },
    catalogs: catalogRows,
    tags: tagRows.map((row) => row.tag),
    hits: hits.filter((hit) => shown.has(hit.productSlug)),
  }
}

function hitsStatement({ db }: DomainContext, found: SQL) {
  return db
    .select(hitColumns)
    .from(
      sql`(select entry_id, score, row_number() over (partition by product_id order by score desc, entry_id) as place
        from ${found} where kind <> 'product') as hits`,
    )
    .innerJoin(searchEntries, sql`${searchEntries.id} = hits.entry_id`)
    .innerJoin(products, eq(products.id, searchEntries.productId))
    .leftJoin(apis, eq(apis.id, searchEntries.apiId))
    .where(sql`hits.place <= ${hitsOfProduct}`)
    .orderBy(desc(sql`hits.score`), searchEntries.id)
    .limit(maxHits)
}

/** What the home page shows: its text, and featured products first. */
export async function getHomePage(
  ctx: DomainContext,
  limit: number,
): Promise<{ homeHtml: string; products: ProductCard[] }> {
  const [rows, texts] = await ctx.db.batch([
    ctx.db
      .select(cardColumns(ctx.actor, sql`${products.name}`))
      .from(products)
      .where(and(visibleProducts(ctx.actor), eq(products.state, 'published')))
      .orderBy(desc(products.featured), asc(products.name))
      .limit(limit),
    homeTextQuery(ctx.db),
  ])
  return { homeHtml: texts[0]?.homeHtml ?? '', products: rows.map(toCard) }
}

function filterConditions({ actor }: DomainContext, { catalog, tag }: ProductFilter): (SQL | undefined)[] {
  return [
    catalog === null
      ? undefined
      : sql`exists (select 1 from ${catalogProducts} inner join ${catalogs} on ${catalogs.id} = ${catalogProducts.catalogId}
          where ${catalogProducts.productId} = ${products.id} and ${catalogs.slug} = ${catalog} and ${visibleCatalogs(actor)})`,
    tag === null
      ? undefined
      : sql`exists (select 1 from ${productTags} where ${productTags.productId} = ${products.id} and ${productTags.tag} = ${tag})`,
  ]
}
