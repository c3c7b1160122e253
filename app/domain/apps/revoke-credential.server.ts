// Ends a credential for good. Approved access that no other credential serves ends with it, so that its products can be
// asked for again.
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { type Id, newDecisionId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { accessRequestProducts, accessRequests, apps, credentials } from '~db/schema'
import { credentialFacts } from './queries.server'
import { type AppActor, visibleApps } from './visibility.server'

export async function revokeCredential(
  ctx: DomainContext<AppActor | SystemActor>,
  appId: Id<'app'>,
  credentialId: Id<'crd'>,
): Promise<Result<{ appId: Id<'app'> }>> {
  const found = await credentialFacts(ctx, visibleApps(ctx.actor), appId, credentialId)
  if (!found) return fail(domainError('not_found', 'There is no such credential.'))

  const decisionId = newDecisionId(ctx.now)
  const deciderId = ctx.actor.type === 'system' ? null : ctx.actor.userId
  const won = sql`exists (select 1 from credentials where id = ${credentialId} and decision_id = ${decisionId} and state = 'revoked')`
  const place = { organizationId: found.organizationId, appId }
  const revoked = recordEvent(
    ctx,
    {
      type: 'credential.revoked',
      subjectType: 'credential',
      subjectId: credentialId,
      ...place,
      data: { credential: found.name, hint: found.hint, app: found.appName, products: found.products },
    },
    won,
  )
  const ended = found.requests.map((request) =>
    recordEvent(
      ctx,
      {
        type: 'access_request.revoked',
        subjectType: 'access_request',
        subjectId: request.id,
        ...place,
        data: { ...request.names, app: found.appName },
      },
      sql`exists (select 1 from access_requests where id = ${request.id} and decision_id = ${decisionId})`,
    ),
  )
  const [changed, endedRows] = await ctx.db.batch([
    ctx.db
      .update(credentials)
      .set({
        state: 'revoked',
        revokedAt: ctx.now,
        revokedById: deciderId,
        decisionId,
        secretCipher: null,
      })
      .where(
        and(
          eq(credentials.id, credentialId),
          inArray(credentials.state, ['active', 'retiring', 'expired']),
          sql`exists (select 1 from ${apps} where ${apps.id} = ${credentials.appId} and ${visibleApps(ctx.actor)})`,
        ),
      )
      .returning({ id: credentials.id }),
    ctx.db
      .update(accessRequests)
      .set({ state: 'revoked', decisionId, decidedById: deciderId, decidedAt: ctx.now })
      .where(
        and(
          eq(accessRequests.state, 'approved'),
          won,
          sql`${accessRequests.id} in (select request_id from credential_requests where credential_id = ${credentialId})`,
          sql`not exists (select 1 from credential_requests other join credentials on credentials.id = other.credential_id
            where other.request_id = ${accessRequests.id} and credentials.state in ('active', 'retiring')
            and (credentials.retires_at is null or credentials.retires_at > ${ctx.now}))`,
        ),
      )
      .returning({ id: accessRequests.id }),
    ctx.db
      .update(accessRequestProducts)
      .set({ live: false })
      .where(
        sql`${accessRequestProducts.requestId} in (select id from access_requests where decision_id = ${decisionId} and state = 'revoked')`,
      ),
    revoked.statement,
    ...ended.map((event) => event.statement),
  ])
  // Also when somebody else was first: this isolate may not have heard of it.
  ctx.forgetCredential(credentialId)
  if (!changed[0]) return fail(domainError('already_decided', 'This key has already been revoked.'))
  ctx.announce(revoked.id)
  const endedIds = new Set<string>(endedRows.map((row) => row.id))
  found.requests.forEach((request, at) => {
    const event = ended[at]
    if (event && endedIds.has(request.id)) ctx.announce(event.id)
  })
  return ok({ appId })
}
