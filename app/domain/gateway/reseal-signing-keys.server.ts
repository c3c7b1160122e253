// The private halves of signing keys move on to the newest vault key.
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { reseal } from '~db/reseal'

export async function resealSigningKeys(ctx: DomainContext<SystemActor>): Promise<number> {
  return reseal(ctx, { table: 'signing_keys', id: 'id', cipher: 'private_cipher' }, (id) => id)
}
