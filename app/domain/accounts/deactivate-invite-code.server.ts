// Switches an invite code off: from the next registration on it lets nobody in. Who came in by it stays.
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import type { Result } from '~/domain/kernel/result'
import { switchInviteCode } from './change-invite-code.server'

export function deactivateInviteCode(
  ctx: DomainContext<AdminActor>,
  codeId: Id<'code'>,
): Promise<Result<{ code: string }>> {
  return switchInviteCode(ctx, codeId, false)
}
