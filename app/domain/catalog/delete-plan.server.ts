// Deletes a plan that nobody ever asked for. One with requests stays: what was approved under it names it; archive it instead.
import { eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { catalogPlans, events, plans } from '~db/schema'
import { findPlan, noSuchPlan } from './find-plan.server'

export async function deletePlan(
  ctx: DomainContext<AdminActor>,
  planId: Id<'pln'>,
): Promise<Result<{ name: string }>> {
  const plan = await findPlan(ctx, planId)
  if (!plan) return fail(noSuchPlan)
  const event = recordEvent(
    ctx,
    { type: 'plan.deleted', subjectType: 'plan', subjectId: planId, data: { name: plan.name } },
    sql`exists (select 1 from plans where plans.id = ${planId})
      and not exists (select 1 from access_requests where access_requests.plan_id = ${planId})`,
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  const [, , deleted] = await ctx.db.batch([
    event.statement,
    ctx.db.delete(catalogPlans).where(sql`${catalogPlans.planId} = ${planId} and ${won}`),
    ctx.db
      .delete(plans)
      .where(sql`${eq(plans.id, planId)} and ${won}`)
      .returning({ id: plans.id }),
  ])
  if (!deleted[0]) {
    return fail(domainError('in_use', `${plan.name} has access requests. Archive it instead.`))
  }
  ctx.announce(event.id)
  return ok(plan)
}
