// Takes a plan out of every cart without touching access that was given under it.
import { sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import type { Result } from '~/domain/kernel/result'
import { changePlanState } from './plan-state.server'

export async function archivePlan(
  ctx: DomainContext<AdminActor>,
  planId: Id<'pln'>,
): Promise<Result<{ name: string }>> {
  return changePlanState(ctx, planId, {
    type: 'plan.archived',
    from: sql`plans.archived_at is null`,
    archivedAt: ctx.now,
    already: 'archived',
  })
}
