// Ends approved access. Its credentials end with it, unless they also serve other approved requests; so does a change of
// its plan that waits.
import { and, eq, inArray, sql } from 'drizzle-orm'
import { listWaitingChanges, withdrawWaitingChanges } from '~/domain/apps/waiting-change-statements.server'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { type Id, newDecisionId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { accessRequestProducts, accessRequests, credentialRequests, credentials } from '~db/schema'
import { alreadyDecided, requestEventData } from './decision'
import { findRequestFacts, servesOthers } from './queries.server'

export async function revokeAccessRequest(
  ctx: DomainContext<AdminActor>,
  requestId: Id<'req'>,
): Promise<Result<{ requestId: Id<'req'>; revokedCredentials: number }>> {
  const request = await findRequestFacts(ctx, requestId)
  if (!request) return fail(domainError('not_found', 'There is no such access request.'))
  if (request.state !== 'approved') return fail(alreadyDecided(request))
  const linked = await ctx.db
    .select({ id: credentials.id, name: credentials.name, hint: credentials.hint })
    .from(credentials)
    .innerJoin(credentialRequests, eq(credentialRequests.credentialId, credentials.id))
    .where(eq(credentialRequests.requestId, requestId))

  const changes = await listWaitingChanges(ctx, sql`(${requestId})`)
  const decisionId = newDecisionId(ctx.now)
  const won = sql`exists (select 1 from access_requests where id = ${requestId} and decision_id = ${decisionId})`
  const place = { organizationId: request.organizationId, appId: request.appId }
  const waiting = withdrawWaitingChanges(ctx, changes, decisionId, ctx.actor.userId)
  const revoked = recordEvent(
    ctx,
    {
      type: 'access_request.revoked',
      subjectType: 'access_request',
      subjectId: requestId,
      ...place,
      data: requestEventData(request),
    },
    won,
  )
  const credentialEvents = linked.map((credential) =>
    recordEvent(
      ctx,
      {
        type: 'credential.revoked',
        subjectType: 'credential',
        subjectId: credential.id,
        ...place,
        data: {
          credential: credential.name,
          hint: credential.hint,
          credentialType: request.credentialType,
          app: request.appName,
          products: request.products,
        },
      },
      sql`exists (select 1 from credentials where id = ${credential.id} and decision_id = ${decisionId})`,
    ),
  )
  const [rows, , endedCredentials, withdrawn] = await ctx.db.batch([
    ctx.db
      .update(accessRequests)
      .set({ state: 'revoked', decisionId, decidedById: ctx.actor.userId, decidedAt: ctx.now })
      .where(and(eq(accessRequests.id, requestId), eq(accessRequests.state, 'approved')))
      .returning({ id: accessRequests.id }),
    ctx.db
      .update(accessRequestProducts)
      .set({ live: false })
      .where(and(eq(accessRequestProducts.requestId, requestId), won)),
    ctx.db
      .update(credentials)
      .set({
        state: 'revoked',
        revokedAt: ctx.now,
        revokedById: ctx.actor.userId,
        decisionId,
        secretCipher: null,
      })
      .where(
        and(
          sql`${credentials.id} in (select credential_id from credential_requests where request_id = ${requestId})`,
          inArray(credentials.state, ['active', 'retiring']),
          sql`not ${servesOthers(requestId)}`,
          won,
        ),
      )
      .returning({ id: credentials.id }),
    ...waiting.statements,
    revoked.statement,
    ...credentialEvents.map((event) => event.statement),
  ])
  for (const credential of linked) ctx.forgetCredential(credential.id)
  if (!rows[0]) return fail(alreadyDecided((await findRequestFacts(ctx, requestId)) ?? request))
  ctx.announce(revoked.id)
  waiting.settle(withdrawn)
  const ended = new Set<string>(endedCredentials.map((row) => row.id))
  linked.forEach((credential, at) => {
    const event = credentialEvents[at]
    if (event && ended.has(credential.id)) ctx.announce(event.id)
  })
  return ok({ requestId, revokedCredentials: ended.size })
}
