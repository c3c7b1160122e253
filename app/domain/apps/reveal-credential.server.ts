// Shows a secret to a developer of its app. Each time is an event, written only while the access still holds; a secret
// that is shown once only is erased by the same write, so that of many who ask at once exactly one gets it; a call from
// the reference does not spend that one time. Both need a person who was there lately, not only a session.
import { and, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm'
import { seeKeyWithinMs, useKeyWithinMs, wasThereWithin } from '~/domain/accounts/presence'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { type Id, newDecisionId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { apps, credentials, events } from '~db/schema'
import { credentialStateAt, credentialWords } from './credential'
import { credentialFacts } from './queries.server'
import { appsWithOpenSecrets } from './visibility.server'

export async function revealCredential(
  ctx: DomainContext<DeveloperActor>,
  appId: Id<'app'>,
  credentialId: Id<'crd'>,
  purpose: 'show' | 'call' = 'show',
): Promise<Result<{ secret: string; shownOnce: boolean }>> {
  const found = await credentialFacts(ctx, appsWithOpenSecrets(ctx.actor), appId, credentialId)
  // A call is sent with a key, or with a token of the client: never with its secret.
  if (!found || (purpose === 'call' && found.type !== 'api_key'))
    return fail(domainError('not_found', 'There is no such credential.'))
  const word = credentialWords[found.type].secret
  const state = credentialStateAt(found, ctx.now)
  if (state === 'revoked' || state === 'expired') {
    return fail(domainError('secret_unavailable', `This ${word} no longer works, so it is not shown.`))
  }
  if (!found.secretCipher) {
    return fail(domainError('secret_unavailable', `This ${word} was shown once and cannot be shown again.`))
  }
  if (found.showOnce && purpose === 'call') {
    return fail(
      domainError('secret_unavailable', 'This key is shown once only. Paste it to send a call with it.'),
    )
  }
  const withinMs = purpose === 'show' ? seeKeyWithinMs : useKeyWithinMs
  if (!wasThereWithin(ctx.actor, withinMs, ctx.now)) return fail(proofNeeded[purpose])
  const secret = await ctx.vault.open(found.secretCipher, credentialId)

  const decisionId = newDecisionId(ctx.now)
  const stillOpen = and(
    eq(credentials.id, credentialId),
    inArray(credentials.state, ['active', 'retiring']),
    isNotNull(credentials.secretCipher),
    sql`exists (select 1 from ${apps} where ${apps.id} = ${credentials.appId} and ${appsWithOpenSecrets(ctx.actor)})`,
  )
  const revealed = (when: SQL) =>
    recordEvent(
      ctx,
      {
        type: 'credential.revealed',
        subjectType: 'credential',
        subjectId: credentialId,
        organizationId: ctx.actor.organizationId,
        appId,
        data: {
          credential: found.name,
          hint: found.hint,
          credentialType: found.type,
          app: found.appName,
          products: found.products,
        },
      },
      when,
    )

  if (!found.showOnce) {
    const event = revealed(sql`exists (select 1 from ${credentials} where ${stillOpen})`)
    const recorded = await event.statement.returning({ id: events.id })
    if (!recorded[0]) return fail(domainError('not_found', 'There is no such credential.'))
    ctx.announce(event.id)
    return ok({ secret, shownOnce: false })
  }
  const event = revealed(
    sql`exists (select 1 from credentials where id = ${credentialId} and decision_id = ${decisionId})`,
  )
  const [erased] = await ctx.db.batch([
    ctx.db
      .update(credentials)
      .set({ secretCipher: null, decisionId })
      .where(stillOpen)
      .returning({ id: credentials.id }),
    event.statement,
  ])
  if (!erased[0])
    return fail(domainError('secret_unavailable', `This ${word} was shown once and cannot be shown again.`))
  ctx.announce(event.id)
  return ok({ secret, shownOnce: true })
}

const proofNeeded = {
  show: domainError('proof_needed', 'Confirm that it is you to see this key.'),
  call: domainError(
    'proof_needed',
    'You logged in a while ago. Press Reveal on the page of the app to confirm that it is you, then send the call again.',
  ),
}
