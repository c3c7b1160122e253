// Approves several requests at once, each under the plan that it asks for.
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { approvalStatements } from './approval-statements.server'
import { decideMany } from './decide-many.server'
import { whyNotApproved } from './decision'
import type { RequestsOutcome } from './many-requests'

export function approveAccessRequests(
  ctx: DomainContext<AdminActor>,
  requestIds: readonly Id<'req'>[],
): Promise<RequestsOutcome> {
  return decideMany(ctx, requestIds, (request) => approvalStatements(ctx, request, null), whyNotApproved)
}
