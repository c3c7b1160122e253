// Publishes a draft. Of two admins who publish at once one does, and one event is written.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { products } from '~db/schema'

export async function publishProduct(
  ctx: DomainContext<AdminActor | SystemActor>,
  productId: Id<'prd'>,
): Promise<Result<{ productId: Id<'prd'> }>> {
  const [found] = await ctx.db
    .select({ name: products.name })
    .from(products)
    .where(eq(products.id, productId))
  if (!found) return fail(domainError('not_found', 'This product does not exist.'))
  const draft = sql`exists (select 1 from ${products} where ${products.id} = ${productId} and ${products.state} = 'draft')`
  const event = recordEvent(
    ctx,
    { type: 'product.published', subjectType: 'product', subjectId: productId, data: { name: found.name } },
    draft,
  )
  // The event first: it looks for the draft that the update then ends, in the same transaction.
  const [, published] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(products)
      .set({ state: 'published', publishedAt: ctx.now })
      .where(and(eq(products.id, productId), eq(products.state, 'draft')))
      .returning({ id: products.id }),
  ])
  if (!published[0]) return fail(domainError('already_decided', `${found.name} is published already.`))
  ctx.announce(event.id)
  return ok({ productId })
}
