// Approves a pending request and issues its credential in the same write. Of many who decide at once, one does.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { type Id, newDecisionId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { accessRequests } from '~db/schema'
import { alreadyDecided, requestEventData } from './decision'
import { insertCredential, newCredential } from './new-credential.server'
import { findRequestFacts } from './queries.server'

export async function approveAccessRequest(
  ctx: DomainContext<AdminActor | SystemActor>,
  requestId: Id<'req'>,
): Promise<Result<{ requestId: Id<'req'>; credentialId: Id<'crd'> }>> {
  const request = await findRequestFacts(ctx, requestId)
  if (!request) return fail(domainError('not_found', 'There is no such access request.'))
  if (request.state !== 'pending') return fail(alreadyDecided(request))

  const credential = await newCredential(ctx, request.planName, request.showSecretsOnce)
  const decisionId = newDecisionId(ctx.now)
  const won = sql`${accessRequests.decisionId} = ${decisionId}`
  const decided = sql`exists (select 1 from ${accessRequests} where ${accessRequests.id} = ${requestId} and ${won})`
  const place = { organizationId: request.organizationId, appId: request.appId }
  const approved = recordEvent(
    ctx,
    {
      type: 'access_request.approved',
      subjectType: 'access_request',
      subjectId: requestId,
      ...place,
      data: requestEventData(request),
    },
    decided,
  )
  const issued = recordEvent(
    ctx,
    {
      type: 'credential.issued',
      subjectType: 'credential',
      subjectId: credential.id,
      ...place,
      data: {
        credential: credential.name,
        hint: credential.hint,
        app: request.appName,
        products: request.products,
      },
    },
    decided,
  )
  const [rows] = await ctx.db.batch([
    ctx.db
      .update(accessRequests)
      .set({
        state: 'approved',
        decisionId,
        decidedById: ctx.actor.type === 'admin' ? ctx.actor.userId : null,
        decidedAt: ctx.now,
      })
      .where(and(eq(accessRequests.id, requestId), eq(accessRequests.state, 'pending')))
      .returning({ id: accessRequests.id }),
    ...insertCredential(ctx, credential, requestId, won),
    approved.statement,
    issued.statement,
  ])
  if (!rows[0]) return fail(alreadyDecided((await findRequestFacts(ctx, requestId)) ?? request))
  ctx.announce(approved.id)
  ctx.announce(issued.id)
  return ok({ requestId, credentialId: credential.id })
}
