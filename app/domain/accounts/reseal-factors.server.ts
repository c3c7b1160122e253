// Secrets of authenticator apps move on to the newest vault key.
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { reseal } from '~db/reseal'
import { sealedFor } from './factors.server'

export async function resealFactors(ctx: DomainContext<SystemActor>): Promise<number> {
  return reseal(ctx, { table: 'two_factor_secrets', id: 'user_id', cipher: 'secret_cipher' }, sealedFor)
}
