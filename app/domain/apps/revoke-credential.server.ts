// Ends a credential for good; a client with the old secrets that still work beside its own. Approved access that no other
// credential serves ends with it, so that its products can be asked for again; a change of its plan that waits is withdrawn.
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { type Id, newDecisionId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { apps, credentials } from '~db/schema'
import { accessEndStatements } from './access-end-statements.server'
import { type CredentialType, revokedWord } from './credential'
import { credentialFacts } from './queries.server'
import { type AppActor, visibleApps } from './visibility.server'
import { listWaitingChanges, withdrawWaitingChanges } from './waiting-change-statements.server'

export async function revokeCredential(
  ctx: DomainContext<AppActor | SystemActor>,
  appId: Id<'app'>,
  credentialId: Id<'crd'>,
): Promise<Result<{ appId: Id<'app'>; type: CredentialType }>> {
  const found = await credentialFacts(ctx, visibleApps(ctx.actor), appId, credentialId)
  if (!found) return fail(domainError('not_found', 'There is no such credential.'))

  const changes = await listWaitingChanges(
    ctx,
    sql`(select request_id from credential_requests where credential_id = ${credentialId})`,
  )
  const decisionId = newDecisionId(ctx.now)
  const deciderId = ctx.actor.type === 'system' ? null : ctx.actor.userId
  const served = JSON.stringify(found.requests.map((request) => request.id))
  const won = sql`exists (select 1 from credentials where id = ${credentialId} and decision_id = ${decisionId} and state = 'revoked')`
  const place = { organizationId: found.organizationId, appId }
  const waiting = withdrawWaitingChanges(ctx, changes, decisionId, deciderId)
  const revoked = recordEvent(
    ctx,
    {
      type: 'credential.revoked',
      subjectType: 'credential',
      subjectId: credentialId,
      ...place,
      data: {
        credential: found.name,
        hint: found.hint,
        credentialType: found.type,
        app: found.appName,
        products: found.products,
      },
    },
    won,
  )
  const access = accessEndStatements(
    ctx,
    decisionId,
    [credentialId],
    found.requests.map(({ id, names }) => ({ id, ...place, data: { ...names, app: found.appName } })),
  )
  // Not of an old secret: the client works on.
  const clientId = found.state === 'retiring' ? null : found.clientId
  const [changed, siblings, endedRows, , , withdrawn] = await ctx.db.batch([
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
          // What it came to serve since it was read is told of as well.
          sql`not exists (select 1 from credential_requests q join access_requests r on r.id = q.request_id and r.state = 'approved'
            where q.credential_id = ${credentialId} and r.id not in (select value from json_each(${served})))`,
          sql`exists (select 1 from ${apps} where ${apps.id} = ${credentials.appId} and ${visibleApps(ctx.actor)})`,
        ),
      )
      .returning({ id: credentials.id }),
    ctx.db
      .update(credentials)
      .set({ state: 'revoked', revokedAt: ctx.now, revokedById: deciderId, secretCipher: null })
      .where(and(eq(credentials.clientId, clientId ?? ''), eq(credentials.state, 'retiring'), won))
      .returning({ id: credentials.id }),
    ...access.statements,
    ...waiting.statements,
    revoked.statement,
  ])
  // Also when somebody else was first: this isolate may not have heard of it.
  for (const { id } of [{ id: credentialId }, ...siblings]) ctx.forgetCredential(id)
  if (!changed[0]) {
    const again = await credentialFacts(ctx, visibleApps(ctx.actor), appId, credentialId)
    const serves = JSON.stringify(again?.requests.map((request) => request.id) ?? [])
    if (again && again.state !== 'revoked' && serves !== served)
      return revokeCredential(ctx, appId, credentialId)
    return fail(domainError('already_decided', `This ${revokedWord(found)} has already been revoked.`))
  }
  ctx.announce(revoked.id)
  access.announce(endedRows)
  waiting.settle(withdrawn)
  return ok({ appId, type: found.type })
}
