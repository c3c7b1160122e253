// Offers an archived plan again, in the catalogs that it was in. Of two admins at once one does it.
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { plans } from '~db/schema'

export async function restorePlan(
  ctx: DomainContext<AdminActor>,
  planId: Id<'pln'>,
): Promise<Result<{ name: string }>> {
  const [plan] = await ctx.db.select({ name: plans.name }).from(plans).where(eq(plans.id, planId))
  if (!plan) return fail(domainError('not_found', 'This plan does not exist (any more).'))
  const event = recordEvent(
    ctx,
    { type: 'plan.restored', subjectType: 'plan', subjectId: planId, data: { name: plan.name } },
    sql`exists (select 1 from plans where plans.id = ${planId} and plans.archived_at is not null)`,
  )
  // The event first: it looks for the plan that the update then restores, in the same transaction.
  const [, restored] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(plans)
      .set({ archivedAt: null })
      .where(and(eq(plans.id, planId), isNotNull(plans.archivedAt)))
      .returning({ id: plans.id }),
  ])
  if (!restored[0]) return fail(domainError('already_decided', `${plan.name} is offered already.`))
  ctx.announce(event.id)
  return ok(plan)
}
