// An admin says no to a pending request; the developer sees the reason.
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import type { RejectAccessRequestInput } from './access-request'
import { closeRequest } from './close-request.server'
import { alreadyDecided } from './decision'
import { findRequestFacts } from './queries.server'

export async function rejectAccessRequest(
  ctx: DomainContext<AdminActor>,
  requestId: Id<'req'>,
  input: RejectAccessRequestInput,
): Promise<Result<{ requestId: Id<'req'> }>> {
  const request = await findRequestFacts(ctx, requestId)
  if (!request) return fail(domainError('not_found', 'There is no such access request.'))
  if (request.state !== 'pending') return fail(alreadyDecided(request))
  if (await closeRequest(ctx, request, { state: 'rejected', reason: input.reason })) return ok({ requestId })
  return fail(alreadyDecided((await findRequestFacts(ctx, requestId)) ?? request))
}
