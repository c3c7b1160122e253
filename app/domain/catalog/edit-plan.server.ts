// Changes a plan and where it is offered. Access that was given keeps the terms it was given: each request has its own copy.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fieldError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { violatesReference, violatesUnique } from '~/domain/kernel/unique'
import { beforeIn, listOf } from '~db/event-before'
import { recordEvent } from '~db/record-event'
import { catalogPlans, plans } from '~db/schema'
import { noSuchPlan } from './find-plan.server'
import { catalogsGone, chosenCatalogs, offeredIn } from './order.server'
import { type EditPlanInput, limitsLabel } from './plan'

export async function editPlan(
  ctx: DomainContext<AdminActor>,
  planId: Id<'pln'>,
  input: EditPlanInput,
): Promise<Result<{ name: string }>> {
  const { catalogIds, name, ...terms } = input
  const chosen = catalogIds && JSON.stringify(catalogIds)
  const exists = sql`exists (select 1 from plans where plans.id = ${planId})`
  const { was } = beforeIn(sql`plans`, planId)
  const event = recordEvent(
    ctx,
    {
      type: 'plan.changed',
      subjectType: 'plan',
      subjectId: planId,
      data: { name, limits: limitsLabel(terms), ...terms },
    },
    exists,
    {
      name: was(sql`name`),
      description: was(sql`description`),
      approval: was(sql`approval`),
      rateLimit: was(sql`rate_limit`),
      ratePeriodSeconds: was(sql`rate_period_seconds`),
      quotaLimit: was(sql`quota_limit`),
      quotaPeriod: was(sql`quota_period`),
      keyLifetimeDays: was(sql`key_lifetime_days`),
      ...(chosen && {
        catalogs: listOf(
          sql`c.name`,
          sql`from catalogs c join catalog_plans o on o.catalog_id = c.id
            where c.deleted_at is null and o.plan_id = ${planId}`,
        ),
      }),
    },
    chosen ? { catalogs: listOf(sql`c.name`, chosenCatalogs(chosen)) } : {},
  )
  try {
    const [, rows] = await ctx.db.batch([
      event.statement,
      ctx.db
        .update(plans)
        .set({ name, nameKey: nameKey(name), ...terms })
        .where(eq(plans.id, planId))
        .returning({ id: plans.id }),
      ...(catalogIds
        ? [
            ctx.db
              .delete(catalogPlans)
              .where(
                and(
                  eq(catalogPlans.planId, planId),
                  sql`${catalogPlans.catalogId} not in (select value from json_each(${chosen}))`,
                ),
              ),
            ctx.db.insert(catalogPlans).select(offeredIn(planId, catalogIds)).onConflictDoNothing(),
          ]
        : []),
    ])
    if (!rows[0]) return fail(noSuchPlan)
  } catch (error) {
    if (violatesUnique(error, 'plans.name_key'))
      return fail(fieldError('name', 'Another plan has this name. Choose a different one.'))
    if (violatesReference(error)) return fail(catalogsGone)
    throw error
  }
  ctx.announce(event.id)
  return ok({ name })
}
