// Deletes a product that nobody has access to or waits for. Its row stays as a draft that nobody sees, because requests that
// ended name it; its slug is free again, its APIs, documents and guides are gone.
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { apis, catalogProducts, events, guides, products } from '~db/schema'
import { findProduct, hasLiveAccess, noSuchProduct, productExists } from './find-product.server'

export async function deleteProduct(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
): Promise<Result<{ name: string }>> {
  const found = await findProduct(ctx, productId)
  if (!found) return fail(noSuchProduct)
  const event = recordEvent(
    ctx,
    { type: 'product.deleted', subjectType: 'product', subjectId: productId, data: { name: found.name } },
    sql`${productExists(productId)} and not ${hasLiveAccess(productId)}`,
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  const [, deleted] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(products)
      .set({ deletedAt: ctx.now, state: 'draft', featured: false, slug: sql`lower(${products.id})` })
      .where(and(eq(products.id, productId), isNull(products.deletedAt), won))
      .returning({ id: products.id }),
    ctx.db.delete(catalogProducts).where(and(eq(catalogProducts.productId, productId), won)),
    ctx.db.delete(apis).where(and(eq(apis.productId, productId), won)),
    ctx.db.delete(guides).where(and(eq(guides.productId, productId), won)),
  ])
  if (!deleted[0]) {
    const now = await findProduct(ctx, productId)
    if (!now) return fail(noSuchProduct)
    return fail(
      domainError(
        'in_use',
        `Somebody has access to ${found.name} or waits for it. Unpublish it instead, or revoke the access first.`,
      ),
    )
  }
  ctx.announce(event.id)
  return ok({ name: found.name })
}
