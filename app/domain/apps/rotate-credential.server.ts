// Replaces a key by a new one for the same access. Whoever manages the app may; the new key is revealed like any other,
// so an admin who rotates one never sees it.
import { sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { type CredentialType, credentialStateAt, credentialWords } from './credential'
import { credentialFacts } from './queries.server'
import type { RotateCredentialInput } from './rotation'
import { rotationStatements } from './rotation-statements.server'
import { type AppActor, visibleApps } from './visibility.server'

export async function rotateCredential(
  ctx: DomainContext<AppActor>,
  appId: Id<'app'>,
  credentialId: Id<'crd'>,
  input: RotateCredentialInput,
): Promise<Result<{ credentialId: Id<'crd'>; type: CredentialType }>> {
  const found = await credentialFacts(ctx, visibleApps(ctx.actor), appId, credentialId)
  if (!found) return fail(domainError('not_found', 'There is no such credential.'))
  const key = { ...found, id: credentialId, appId }
  const rotation = await rotationStatements(
    ctx,
    found.organizationId,
    [key],
    // What has expired works no more, so there is nothing to overlap.
    credentialStateAt(found, ctx.now) === 'expired' ? 'now' : input.overlap,
    sql`exists (select 1 from apps where apps.id = credentials.app_id and ${visibleApps(ctx.actor)})`,
  )
  const [rotated] = await ctx.db.batch(rotation.statements)
  const { newIds } = rotation.settle(rotated)
  if (!newIds[0]) {
    const word = credentialWords[found.type].secret
    return fail(domainError('already_decided', `This ${word} was rotated or revoked already.`))
  }
  return ok({ credentialId: newIds[0], type: found.type })
}
