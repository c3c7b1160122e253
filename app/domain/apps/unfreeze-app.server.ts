// Lets a frozen app go on with the same credentials and limits. What an admin froze, only admins unfreeze.
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import type { Result } from '~/domain/kernel/result'
import { changeFreeze } from './change-freeze.server'
import type { AppActor } from './visibility.server'

export async function unfreezeApp(
  ctx: DomainContext<AppActor>,
  appId: Id<'app'>,
): Promise<Result<{ name: string }>> {
  return changeFreeze(ctx, appId, { to: 'unfrozen', reason: '' })
}
