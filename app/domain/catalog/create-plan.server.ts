// Makes a plan and offers it in catalogs.

import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fieldError } from '~/domain/kernel/errors'
import { type Id, newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { violatesReference, violatesUnique } from '~/domain/kernel/unique'
import { recordEvent } from '~db/record-event'
import { catalogPlans, plans } from '~db/schema'
import { catalogsGone, offeredIn } from './order.server'
import { type CreatePlanInput, limitsLabel } from './plan'

export async function createPlan(
  ctx: DomainContext<AdminActor | SystemActor>,
  input: CreatePlanInput,
): Promise<Result<{ planId: Id<'pln'> }>> {
  const planId = newId('pln', ctx.now)
  const event = recordEvent(ctx, {
    type: 'plan.created',
    subjectType: 'plan',
    subjectId: planId,
    data: { name: input.name, limits: limitsLabel(input), approval: input.approval },
  })
  try {
    await ctx.db.batch([
      ctx.db.insert(plans).values({
        id: planId,
        name: input.name,
        nameKey: nameKey(input.name),
        description: input.description,
        rateLimit: input.rateLimit,
        ratePeriodSeconds: input.ratePeriodSeconds,
        quotaLimit: input.quotaLimit,
        quotaPeriod: input.quotaPeriod,
        keyLifetimeDays: input.keyLifetimeDays,
        approval: input.approval,
        createdAt: ctx.now,
      }),
      ctx.db.insert(catalogPlans).select(offeredIn(planId, input.catalogIds)),
      event.statement,
    ])
  } catch (error) {
    if (violatesUnique(error, 'plans.name_key'))
      return fail(fieldError('name', 'Another plan has this name. Choose a different one.'))
    if (violatesReference(error)) return fail(catalogsGone)
    throw error
  }
  ctx.announce(event.id)
  return ok({ planId })
}
