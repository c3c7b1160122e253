// Approves a pending request, under the plan that was asked for or another one of its catalog, and gives it its key in the
// same write. Of many who decide at once, one does. A change of plan is approved only while the access is in force.
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { violatesUnique } from '~/domain/kernel/unique'
import type { ApproveAccessRequestInput } from './access-request'
import { approvalStatements } from './approval-statements.server'
import { whyNotApproved } from './decision'
import { findOfferedPlan, findRequestFacts } from './queries.server'

export async function approveAccessRequest(
  ctx: DomainContext<AdminActor | SystemActor>,
  requestId: Id<'req'>,
  { planId }: ApproveAccessRequestInput = {},
): Promise<Result<{ requestId: Id<'req'>; credentialId: Id<'crd'> | null }>> {
  const request = await findRequestFacts(ctx, requestId)
  if (!request) return fail(domainError('not_found', 'There is no such access request.'))
  const obstacle = whyNotApproved(request)
  if (obstacle) return fail(obstacle)

  const plan = planId && planId !== request.planId ? await findOfferedPlan(ctx, request, planId) : null
  if (plan && 'error' in plan) return fail(plan.error)
  const approval = await approvalStatements(ctx, request, plan)
  try {
    const results: unknown[] = await ctx.db.batch([...approval.statements])
    const outcome = approval.settle(results)
    if (outcome) return ok({ requestId, credentialId: outcome.issued })
  } catch (error) {
    if (!plan || !violatesUnique(error, 'access_request_products.plan_id')) throw error
    return fail(
      domainError(
        'already_requested',
        `This app already has one of these products under the plan ${plan.name}, or waits for it. Choose another plan.`,
        { fields: { planId: ['Choose another plan: this app has it already, or waits for it.'] } },
      ),
    )
  }
  const now = (await findRequestFacts(ctx, requestId)) ?? request
  if (now.state === 'pending' && plan) {
    const again = await findOfferedPlan(ctx, now, plan.id)
    if ('error' in again) return fail(again.error)
  }
  return fail(
    whyNotApproved(now) ?? domainError('conflict', 'Something changed at the same moment. Try again.'),
  )
}
