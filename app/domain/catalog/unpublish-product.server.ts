// Makes a published product a draft again: nobody but admins sees it or asks for it. Access that was given goes on, and
// requests that wait can still be decided.
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { products } from '~db/schema'
import { findProduct, noSuchProduct } from './find-product.server'

export async function unpublishProduct(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
): Promise<Result<{ name: string }>> {
  const found = await findProduct(ctx, productId)
  if (!found) return fail(noSuchProduct)
  const event = recordEvent(
    ctx,
    { type: 'product.unpublished', subjectType: 'product', subjectId: productId, data: { name: found.name } },
    sql`exists (select 1 from products where products.id = ${productId} and products.state = 'published' and products.deleted_at is null)`,
  )
  const [, changed] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(products)
      .set({ state: 'draft' })
      .where(and(eq(products.id, productId), eq(products.state, 'published'), isNull(products.deletedAt)))
      .returning({ id: products.id }),
  ])
  if (!changed[0]) return fail(domainError('already_decided', `${found.name} is a draft already.`))
  ctx.announce(event.id)
  return ok({ name: found.name })
}
