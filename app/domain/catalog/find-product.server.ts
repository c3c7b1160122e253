// The product that a command is about, as it is called now, and what access stands on it.
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { products } from '~db/schema'

export const noSuchProduct: DomainError = domainError('not_found', 'This product does not exist (any more).')

export function productExists(productId: Id<'prd'>): SQL {
  return sql`exists (select 1 from products where products.id = ${productId} and products.deleted_at is null)`
}

/** Requests for the product that wait or are approved. */
export function hasLiveAccess(productId: Id<'prd'>): SQL {
  return sql`exists (select 1 from access_request_products
    where access_request_products.product_id = ${productId} and access_request_products.live = 1)`
}

/** `live` tells whether somebody has access to the product or waits for it. */
export async function findProduct(ctx: DomainContext, productId: Id<'prd'>) {
  const [found] = await ctx.db
    .select({
      name: products.name,
      slug: products.slug,
      live: sql<boolean>`${hasLiveAccess(productId)}`.mapWith(Boolean).as('has_live_access'),
    })
    .from(products)
    .where(and(eq(products.id, productId), isNull(products.deletedAt)))
  return found ?? null
}
