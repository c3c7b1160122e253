// Publishes a draft of a product: whoever sees a catalog that holds it sees it.
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import type { Result } from '~/domain/kernel/result'
import { changeProductState } from './product-state.server'

export async function publishProduct(
  ctx: DomainContext<AdminActor | SystemActor>,
  productId: Id<'prd'>,
): Promise<Result<{ name: string }>> {
  return changeProductState(ctx, productId, {
    type: 'product.published',
    from: 'draft',
    set: { state: 'published', publishedAt: ctx.now },
    already: 'published',
  })
}
