// Stops an app: the gateway refuses its credentials, at once here and within seconds elsewhere, until it is unfrozen.
// Keys, limits and requests stay as they are. An admin's freeze also takes over one that developers made.
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import type { Result } from '~/domain/kernel/result'
import type { FreezeAppInput } from './app'
import { changeFreeze } from './change-freeze.server'
import type { AppActor } from './visibility.server'

export async function freezeApp(
  ctx: DomainContext<AppActor>,
  appId: Id<'app'>,
  input: FreezeAppInput,
): Promise<Result<{ name: string }>> {
  return changeFreeze(ctx, appId, { to: 'frozen', reason: input.reason })
}
