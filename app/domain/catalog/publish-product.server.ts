// Publishes a draft. Of two admins who publish at once one does, and one event is written.
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { products } from '~db/schema'
import { findProduct, noSuchProduct } from './find-product.server'

export async function publishProduct(
  ctx: DomainContext<AdminActor | SystemActor>,
  productId: Id<'prd'>,
): Promise<Result<{ productId: Id<'prd'>; name: string }>> {
  const found = await findProduct(ctx, productId)
  if (!found) return fail(noSuchProduct)
  const event = recordEvent(
    ctx,
    { type: 'product.published', subjectType: 'product', subjectId: productId, data: { name: found.name } },
    sql`exists (select 1 from products where products.id = ${productId} and products.state = 'draft' and products.deleted_at is null)`,
  )
  // The event first: it looks for the draft that the update then ends, in the same transaction.
  const [, published] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(products)
      .set({ state: 'published', publishedAt: ctx.now })
      .where(and(eq(products.id, productId), eq(products.state, 'draft'), isNull(products.deletedAt)))
      .returning({ id: products.id }),
  ])
  if (!published[0]) return fail(domainError('already_decided', `${found.name} is published already.`))
  ctx.announce(event.id)
  return ok({ productId, name: found.name })
}
