// Makes a draft of a product public, or a public one a draft again. Of two admins at once one does it, with one event.
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { products } from '~db/schema'
import { findProduct, noSuchProduct } from './find-product.server'

type Change = {
  type: 'product.published' | 'product.unpublished'
  from: 'draft' | 'published'
  set: Partial<typeof products.$inferInsert>
  /** What it is when somebody else was first. */
  already: string
}

export async function changeProductState(
  ctx: DomainContext<AdminActor | SystemActor>,
  productId: Id<'prd'>,
  { type, from, set, already }: Change,
): Promise<Result<{ name: string }>> {
  const found = await findProduct(ctx, productId)
  if (!found) return fail(noSuchProduct)
  const event = recordEvent(
    ctx,
    { type, subjectType: 'product', subjectId: productId, data: { name: found.name } },
    sql`exists (select 1 from products where products.id = ${productId} and products.state = ${from} and products.deleted_at is null)`,
  )
  // The event first: it looks for the state that the update then ends, in the same transaction.
  const [, changed] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(products)
      .set(set)
      .where(and(eq(products.id, productId), eq(products.state, from), isNull(products.deletedAt)))
      .returning({ id: products.id }),
  ])
  if (!changed[0]) return fail(domainError('already_decided', `${found.name} is ${already} already.`))
  ctx.announce(event.id)
  return ok({ name: found.name })
}
