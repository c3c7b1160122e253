// Makes a published product a draft again: nobody but admins sees it or asks for it. Access that was given goes on, and
// requests that wait can still be decided.
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import type { Result } from '~/domain/kernel/result'
import { changeProductState } from './product-state.server'

export async function unpublishProduct(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
): Promise<Result<{ name: string }>> {
  return changeProductState(ctx, productId, {
    type: 'product.unpublished',
    from: 'published',
    set: { state: 'draft' },
    already: 'a draft',
  })
}
