// Publishes a guide: whoever sees its product reads it.
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import type { Result } from '~/domain/kernel/result'
import { changeGuideState } from './guide-state.server'

export async function publishGuide(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  guideId: Id<'gde'>,
): Promise<Result<{ title: string }>> {
  return changeGuideState(ctx, productId, guideId, {
    type: 'guide.published',
    from: 'draft',
    to: 'published',
    already: 'published',
  })
}
