// Products that go with one: most tags in common first, then most catalogs. Only what the viewer sees counts.
import { and, asc, desc, ne, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { catalogProducts, catalogs, products, productTags } from '~db/schema'
import { cardColumns } from './product-card.server'
import { seen } from './product-head.server'
import { visibleCatalogs, visibleProducts } from './visibility.server'

const maxRelated = 3

/** How many neighbours by tag and by catalog are compared. */
const maxCompared = 100

/** A statement for a batch. */
export function relatedStatement({ db, actor }: DomainContext, slug: string) {
  const product = sql`(select ${products.id} from ${products} where ${seen(actor, slug)})`
  const byTag = sql`select * from (select other.product_id, 10 as points from ${productTags}
    inner join product_tags as other on other.tag = ${productTags.tag} where ${productTags.productId} = ${product} limit ${maxCompared})`
  const byCatalog = sql`select * from (select other.product_id, 1 as points from ${catalogProducts}
    inner join ${catalogs} on ${catalogs.id} = ${catalogProducts.catalogId}
    inner join catalog_products as other on other.catalog_id = ${catalogProducts.catalogId}
    where ${catalogProducts.productId} = ${product} and ${visibleCatalogs(actor)} limit ${maxCompared})`
  const points = sql`(select product_id, sum(points) as points from (${byTag} union all ${byCatalog}) group by product_id) as related`
  return db
    .select(cardColumns(actor, sql`related.points`))
    .from(products)
    .innerJoin(points, sql`related.product_id = ${products.id}`)
    .where(and(visibleProducts(actor), sql`${products.state} = 'published'`, ne(products.id, product)))
    .orderBy(desc(sql`related.points`), asc(products.name))
    .limit(maxRelated)
}
