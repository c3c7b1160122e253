// Lets an invite code that was switched off let people in again.
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import type { Result } from '~/domain/kernel/result'
import { switchInviteCode } from './change-invite-code.server'

export function activateInviteCode(
  ctx: DomainContext<AdminActor>,
  codeId: Id<'code'>,
): Promise<Result<{ code: string }>> {
  return switchInviteCode(ctx, codeId, true)
}
