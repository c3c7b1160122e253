// Puts a product into the actor's cart, through a catalog that the actor can see. Once in it, adding again changes nothing.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { visibleCatalogs } from '~/domain/catalog/visibility.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { cartItems, catalogs } from '~db/schema'
import type { CartItemInput } from './cart'

export async function addToCart(
  ctx: DomainContext<DeveloperActor>,
  { catalogId, productId }: CartItemInput,
): Promise<Result<{ productName: string; catalogName: string }>> {
  const { db, actor } = ctx
  const offered: SQL = sql`exists (select 1 from ${catalogs}
    join catalog_products on catalog_products.catalog_id = ${catalogs.id} and catalog_products.product_id = ${productId}
    join products on products.id = catalog_products.product_id and products.state = 'published'
    where ${catalogs.id} = ${catalogId} and ${visibleCatalogs(actor)})`
  const callable = sql`exists (select 1 from apis where apis.product_id = ${productId} and apis.upstream_url is not null)`
  const [, found] = await db.batch([
    db
      .insert(cartItems)
      .select(
        sql`select ${actor.userId} as user_id, ${catalogId} as catalog_id, ${productId} as product_id, ${ctx.now} as added_at
          where ${offered} and ${callable}`,
      )
      .onConflictDoNothing(),
    db
      .select({
        productName: sql<string>`(select name from products where id = ${productId})`.as('product_name'),
        catalogName: sql<string>`(select name from catalogs where id = ${catalogId})`.as('catalog_name'),
        inCart: sql<number>`exists (select 1 from cart_items where ${and(
          eq(cartItems.userId, actor.userId),
          eq(cartItems.catalogId, catalogId),
          eq(cartItems.productId, productId),
        )})`.as('in_cart'),
      })
      .from(sql`(select 1)`)
      .where(offered),
  ])
  const row = found[0]
  if (!row) return fail(domainError('not_found', 'There is no such product in this catalog.'))
  if (!row.inCart) {
    return fail(
      domainError(
        'not_requestable',
        `${row.productName} has documentation only: there is nothing to request.`,
      ),
    )
  }
  return ok({ productName: row.productName, catalogName: row.catalogName })
}
