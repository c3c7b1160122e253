// Deletes one's own account: only with the password, and with the address typed.
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fieldError } from '~/domain/kernel/errors'
import { fail, type Result } from '~/domain/kernel/result'
import { emailKey } from '~/domain/kernel/text'
import type { DeleteOwnAccountInput } from './account'
import { confirmIdentity } from './confirm-identity.server'
import { deleteUser } from './delete-user.server'

export async function deleteOwnAccount(
  ctx: DomainContext<UserActor>,
  input: DeleteOwnAccountInput,
): Promise<Result<{ name: string }>> {
  if (emailKey(input.confirmation) !== emailKey(ctx.actor.email)) {
    return fail(fieldError('confirmation', `Type your email address, ${ctx.actor.email}.`))
  }
  const confirmed = await confirmIdentity(ctx, input.currentPassword)
  if (!confirmed.ok) return confirmed
  return deleteUser(ctx, ctx.actor.userId)
}
