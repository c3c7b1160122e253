// A developer takes a pending request back: whoever may manage its app.
import { visibleApps } from '~/domain/apps/visibility.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { closeRequest } from './close-request.server'
import { alreadyDecided } from './decision'
import { findRequestFacts } from './queries.server'

export async function withdrawAccessRequest(
  ctx: DomainContext<DeveloperActor>,
  requestId: Id<'req'>,
): Promise<Result<{ appId: Id<'app'> }>> {
  const access = visibleApps(ctx.actor)
  const request = await findRequestFacts(ctx, requestId, access)
  if (!request) return fail(domainError('not_found', 'There is no such access request.'))
  if (request.state !== 'pending') return fail(alreadyDecided(request))
  if (await closeRequest(ctx, request, { state: 'withdrawn', access })) return ok({ appId: request.appId })
  return fail(alreadyDecided((await findRequestFacts(ctx, requestId)) ?? request))
}
