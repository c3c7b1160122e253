// Offers an archived plan again, in the catalogs that it was in.
import { sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import type { Result } from '~/domain/kernel/result'
import { changePlanState } from './plan-state.server'

export async function restorePlan(
  ctx: DomainContext<AdminActor>,
  planId: Id<'pln'>,
): Promise<Result<{ name: string }>> {
  return changePlanState(ctx, planId, {
    type: 'plan.restored',
    from: sql`plans.archived_at is not null`,
    archivedAt: null,
    already: 'offered',
  })
}
