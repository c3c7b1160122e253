// Takes a plan out of every cart, or offers it again in the catalogs that it was in. Access that was given under it goes on
// in any case. Of two admins at once one does it.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { plans } from '~db/schema'
import { findPlan, noSuchPlan } from './find-plan.server'

type Change = {
  type: 'plan.archived' | 'plan.restored'
  /** Holds of `plans` while it is to be done. */
  from: SQL
  archivedAt: number | null
  /** What it is when somebody else was first. */
  already: string
}

export async function changePlanState(
  ctx: DomainContext<AdminActor>,
  planId: Id<'pln'>,
  { type, from, archivedAt, already }: Change,
): Promise<Result<{ name: string }>> {
  const plan = await findPlan(ctx, planId)
  if (!plan) return fail(noSuchPlan)
  const event = recordEvent(
    ctx,
    { type, subjectType: 'plan', subjectId: planId, data: { name: plan.name } },
    sql`exists (select 1 from plans where plans.id = ${planId} and ${from})`,
  )
  // The event first: it looks for the state that the update then ends, in the same transaction.
  const [, changed] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(plans)
      .set({ archivedAt })
      .where(and(eq(plans.id, planId), from))
      .returning({ id: plans.id }),
  ])
  if (!changed[0]) return fail(domainError('already_decided', `${plan.name} is ${already} already.`))
  ctx.announce(event.id)
  return ok(plan)
}
