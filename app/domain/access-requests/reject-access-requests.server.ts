// Rejects several requests at once, for one reason, which each of their developers sees.
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import type { Outcome } from '~/domain/kernel/outcome'
import type { RejectAccessRequestInput } from './access-request'
import { closingStatements } from './close-request.server'
import { decideMany } from './decide-many.server'
import { alreadyDecided } from './decision'

export function rejectAccessRequests(
  ctx: DomainContext<AdminActor>,
  requestIds: readonly Id<'req'>[],
  { reason }: RejectAccessRequestInput,
): Promise<Outcome> {
  return decideMany(
    ctx,
    requestIds,
    (request) => closingStatements(ctx, request, { state: 'rejected', reason }),
    (request) => (request.state === 'pending' ? null : alreadyDecided(request)),
  )
}
