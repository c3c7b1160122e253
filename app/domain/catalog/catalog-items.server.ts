// Products and plans of a catalog are kept alike: one table each, in an order. What both commands and lists need of them.
import { eq, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { plans, products } from '~db/schema'
import type { Ordered } from './order.server'

export type CatalogItem = Id<'prd'> | Id<'pln'>

export function isProduct(item: CatalogItem): item is Id<'prd'> {
  return item.startsWith('prd_')
}

/** The name of the product or plan, and the guard that it is still there. */
export async function findCatalogItem(
  ctx: DomainContext,
  item: CatalogItem,
): Promise<{ name: string; exists: SQL } | null> {
  const exists = isProduct(item)
    ? sql`exists (select 1 from products where products.id = ${item} and products.deleted_at is null)`
    : sql`exists (select 1 from plans where plans.id = ${item})`
  const [found] = isProduct(item)
    ? await ctx.db
        .select({ name: products.name })
        .from(products)
        .where(sql`${products.id} = ${item} and ${products.deletedAt} is null`)
    : await ctx.db.select({ name: plans.name }).from(plans).where(eq(plans.id, item))
  return found ? { name: found.name, exists } : null
}

/** Whether the catalog holds the item. */
export function inCatalog(catalogId: Id<'cat'>, item: CatalogItem): SQL {
  return isProduct(item)
    ? sql`exists (select 1 from catalog_products where catalog_products.catalog_id = ${catalogId} and catalog_products.product_id = ${item})`
    : sql`exists (select 1 from catalog_plans where catalog_plans.catalog_id = ${catalogId} and catalog_plans.plan_id = ${item})`
}

/** The list of a catalog that the item is or would be in, in its order. */
export function itemList(catalogId: Id<'cat'>, item: CatalogItem): Ordered {
  return isProduct(item)
    ? {
        table: sql`catalog_products`,
        key: sql`catalog_products.product_id`,
        scope: sql`catalog_products.catalog_id = ${catalogId}`,
        order: productOrder,
        name: sql`(select products.name from products where products.id = item)`,
      }
    : {
        table: sql`catalog_plans`,
        key: sql`catalog_plans.plan_id`,
        scope: sql`catalog_plans.catalog_id = ${catalogId}`,
        order: planOrder,
        name: sql`(select plans.name from plans where plans.id = item)`,
      }
}

/** What the list is called in events. */
export function listName(item: CatalogItem): 'products' | 'plans' {
  return isProduct(item) ? 'products' : 'plans'
}

/** The order in which an admin sees, and moves, the products of a catalog. Joins `products`. */
export const productOrder = sql`catalog_products.position, (select lower(products.name) from products where products.id = catalog_products.product_id), catalog_products.product_id`

/** The order of the plans of a catalog, as everybody sees it. */
export const planOrder = sql`catalog_plans.position, (select plans.created_at from plans where plans.id = catalog_plans.plan_id), catalog_plans.plan_id`
