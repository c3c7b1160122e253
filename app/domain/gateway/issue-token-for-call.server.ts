// Grants an access token of one's own client for a call from the reference. Whoever may reveal the secret may have one, and
// each is an event. The secret stays where it is, so a client whose secret is shown once only can be tried too.
import { and, eq, isNull, sql } from 'drizzle-orm'
import { credentialStateAt } from '~/domain/apps/credential'
import { credentialFacts } from '~/domain/apps/queries.server'
import { appsWithOpenSecrets } from '~/domain/apps/visibility.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { apps, credentials, events } from '~db/schema'
import type { TokenGrant } from './access-token'
import { grantOf } from './client-grant'

export async function issueTokenForCall(
  ctx: DomainContext<DeveloperActor>,
  appId: Id<'app'>,
  credentialId: Id<'crd'>,
): Promise<Result<TokenGrant>> {
  const found = await credentialFacts(ctx, appsWithOpenSecrets(ctx.actor), appId, credentialId)
  if (!found?.clientId) return fail(domainError('not_found', 'There is no such client.'))
  const state = credentialStateAt(found, ctx.now)
  if (state === 'revoked' || state === 'expired')
    return fail(domainError('secret_unavailable', 'This client no longer works. Choose another one.'))
  const event = recordEvent(
    ctx,
    {
      type: 'credential.token_issued',
      subjectType: 'credential',
      subjectId: credentialId,
      organizationId: ctx.actor.organizationId,
      appId,
      data: { credential: found.name, hint: found.hint, app: found.appName, products: found.products },
    },
    sql`exists (select 1 from ${credentials} join ${apps} on ${apps.id} = ${credentials.appId} where ${and(
      eq(credentials.id, credentialId),
      sql`${credentials.state} in ('active', 'retiring')`,
      isNull(apps.frozenAt),
      appsWithOpenSecrets(ctx.actor),
    )})`,
  )
  const recorded = await event.statement.returning({ id: events.id })
  if (!recorded[0])
    return fail(domainError('secret_unavailable', 'This client gives no tokens now. Look at its app.'))
  ctx.announce(event.id)
  return ok(grantOf({ ...found, credentialId }, found.clientId, null, ctx.now))
}
