// An admin invites another: the account and its invitation in one write.
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { newId, type UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import type { InviteAdminInput } from './account'
import { addressTaken } from './given-account.server'
import { invitationStatements } from './invite-user.server'
import { insertUser, userInserted } from './new-user.server'

export async function inviteAdmin(
  ctx: DomainContext<AdminActor>,
  input: InviteAdminInput,
): Promise<Result<{ userId: UserId; email: string }>> {
  const userId = newId('usr', ctx.now)
  const name = `${input.firstName} ${input.lastName}`
  const created = recordEvent(
    ctx,
    { type: 'admin.created', subjectType: 'user', subjectId: userId, data: { name, email: input.email } },
    userInserted(userId),
  )
  const sending = invitationStatements(
    ctx,
    { userId, name, email: input.email, role: 'admin', organizationId: null },
    userInserted(userId),
  )
  const [inserted] = await ctx.db.batch([
    insertUser(ctx, {
      id: userId,
      ...input,
      state: 'invited',
      passwordHash: null,
      mustChangePassword: false,
      emailVerifiedAt: null,
      place: null,
    }),
    created.statement,
    ...sending.statements,
  ])
  if (!inserted[0]) {
    return fail(
      (await addressTaken(ctx, input.email)) ??
        domainError('conflict', 'The account could not be made. Try again.'),
    )
  }
  ctx.announce(created.id)
  ctx.announce(sending.eventId)
  return ok({ userId, email: input.email })
}
