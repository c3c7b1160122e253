// Makes a guide a draft again, which only admins see.
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import type { Result } from '~/domain/kernel/result'
import { changeGuideState } from './guide-state.server'

export async function unpublishGuide(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  guideId: Id<'gde'>,
): Promise<Result<{ title: string }>> {
  return changeGuideState(ctx, productId, guideId, {
    type: 'guide.unpublished',
    from: 'published',
    to: 'draft',
    already: 'a draft',
  })
}
