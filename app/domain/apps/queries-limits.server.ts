// The limits that people set on a credential, for the page that changes them.
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { credentialStateAt } from './credential'
import { noLimits } from './credential-limits'
import { credentialFacts } from './queries.server'
import { type AppActor, visibleApps } from './visibility.server'

/** Null for a credential that is not in `appId`, or whose app the actor does not see. */
export async function findCredentialLimits(
  ctx: DomainContext<AppActor>,
  appId: Id<'app'>,
  credentialId: Id<'crd'>,
) {
  const found = await credentialFacts(ctx, visibleApps(ctx.actor), appId, credentialId)
  if (!found) return null
  const { name, type, hint, appName, organizationId, products, expiresAt, retiresAt } = found
  const { version, planExpiresAt, ...limits } = found.limits ?? {
    ...noLimits,
    version: 0,
    planExpiresAt: expiresAt,
  }
  const state = credentialStateAt(found, ctx.now)
  return {
    id: credentialId,
    name,
    type,
    hint,
    appName,
    organizationId,
    products,
    expiresAt,
    retiresAt,
    state,
    limits,
    planExpiresAt,
    version,
  }
}
