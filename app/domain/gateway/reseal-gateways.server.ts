// Secrets of external gateways, and the keys they were told of, move on to the newest vault key.
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { reseal } from '~db/reseal'

export async function resealGateways(ctx: DomainContext<SystemActor>): Promise<number> {
  const secrets = await reseal(ctx, { table: 'gateways', id: 'id', cipher: 'secret_cipher' }, (id) => id)
  const keys = await reseal(
    ctx,
    { table: 'gateway_keys', id: 'credential_id', cipher: 'secret_cipher' },
    (credentialId) => credentialId,
  )
  return secrets + keys
}
