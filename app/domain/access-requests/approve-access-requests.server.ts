// Approves several requests at once, each under the plan that it asks for.
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import type { Outcome } from '~/domain/kernel/outcome'
import { approvalStatements } from './approval-statements.server'
import { decideMany } from './decide-many.server'
import { whyNotApproved } from './decision'

export function approveAccessRequests(
  ctx: DomainContext<AdminActor>,
  requestIds: readonly Id<'req'>[],
): Promise<Outcome> {
  return decideMany(ctx, requestIds, (request) => approvalStatements(ctx, request, null), whyNotApproved)
}
