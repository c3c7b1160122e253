// Secrets of credentials move on to the newest vault key.
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { reseal } from '~db/reseal'

export async function resealCredentials(ctx: DomainContext<SystemActor>): Promise<number> {
  return reseal(ctx, { table: 'credentials', id: 'id', cipher: 'secret_cipher' }, (id) => id)
}
