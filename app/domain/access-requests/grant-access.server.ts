// An admin gives an app access that nobody asked for: a request that is approved as it is made, with its credential, in one
// write. From then on nothing tells it from one that was asked for. The same form sent again answers the same.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { type Id, newDecisionId, newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { violatesUnique } from '~/domain/kernel/unique'
import { recordEvent } from '~db/record-event'
import { accessRequestProducts, accessRequests } from '~db/schema'
import type { GrantAccessInput } from './access-request'
import { requestEventData } from './decision'
import { checkGrant, grantAllowed, grantKey } from './grant.server'
import { credentialIssued, insertCredential, newCredential } from './new-credential.server'
import { termsOfPlans } from './terms.server'

export async function grantAccess(
  ctx: DomainContext<AdminActor>,
  appId: Id<'app'>,
  input: GrantAccessInput,
): Promise<Result<{ requestId: Id<'req'> }>> {
  const check = await checkGrant(ctx, appId, input)
  if ('error' in check) return fail(check.error)
  if ('previous' in check) return ok({ requestId: check.previous })

  const { db, actor, now } = ctx
  const requestId = newId('req', now)
  const decisionId = newDecisionId(now)
  const credential = await newCredential(ctx, input.credentialType, check.planName, check.showSecretsOnce)
  const sent = sql`exists (select 1 from access_requests where id = ${requestId})`
  const place = { organizationId: check.organizationId, appId }
  const names = requestEventData({ ...check, requesterName: actor.name })
  const request = { subjectType: 'access_request', subjectId: requestId, ...place } as const
  const facts = [
    // No admin is told that a request waits, because none does.
    { ...request, type: 'access_request.submitted', data: { ...names, autoApproved: true } },
    { ...request, type: 'access_request.approved', data: names },
  ] as const
  const recorded = [
    ...facts.map((fact) => recordEvent(ctx, fact, sent)),
    credentialIssued(ctx, credential, place, check),
  ]
  try {
    const [rows] = await db.batch([
      db
        .insert(accessRequests)
        .select(
          sql`select ${requestId} as id, ${grantKey(actor, input.submissionId)} as submission_id, ${appId} as app_id,
            ${check.organizationId} as organization_id, ${actor.userId} as requester_id, ${input.catalogId} as catalog_id,
            plans.id as plan_id, ${input.credentialType} as credential_type, '' as note, 'approved' as state, null as rejection_reason,
            ${termsOfPlans}, null as reminded_at, ${decisionId} as decision_id,
            ${actor.userId} as decided_by_id, ${now} as decided_at, ${now} as created_at,
            null as replaces_id, null as replaced_by_id, null as limits_id, null as wanted_credential_id
            from plans where plans.id = ${input.planId} and ${grantAllowed(appId, check.organizationId, input)}`,
        )
        .returning({ id: accessRequests.id }),
      db.insert(accessRequestProducts).select(
        sql`select ${requestId} as request_id, value as product_id, ${appId} as app_id, ${input.planId} as plan_id, 1 as live
          from json_each(${JSON.stringify(input.productIds)}) where ${sent}`,
      ),
      ...insertCredential(
        ctx,
        credential,
        requestId,
        sql`${and(eq(accessRequests.decisionId, decisionId), eq(accessRequests.state, 'approved'))}`,
      ),
      ...recorded.map((event) => event.statement),
    ])
    if (rows.length > 0) {
      for (const event of recorded) ctx.announce(event.id)
      return ok({ requestId })
    }
  } catch (error) {
    const isRepeated = violatesUnique(error, 'access_requests.submission_id')
    if (!isRepeated && !violatesUnique(error, 'access_request_products.plan_id')) throw error
  }
  // Something changed between the check and the write: look again, and say what.
  const again = await checkGrant(ctx, appId, input)
  if ('previous' in again) return ok({ requestId: again.previous })
  if ('error' in again) return fail(again.error)
  return fail(domainError('conflict', 'Something changed at the same moment. Look at the choices again.'))
}
