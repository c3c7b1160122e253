// An admin (or the demo) makes another admin's account. Admins are in no organization.

import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { newId, type UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import type { AddAdminInput } from './account'
import { addressTaken, hashGivenPassword } from './given-account.server'
import { insertUser, userInserted } from './new-user.server'

export async function addAdmin(
  ctx: DomainContext<AdminActor | SystemActor>,
  input: AddAdminInput,
): Promise<Result<{ userId: UserId }>> {
  const hashed = await hashGivenPassword(ctx, input)
  if (!hashed.ok) return hashed
  const passwordHash = hashed.value
  const id = newId('usr', ctx.now)
  const event = recordEvent(
    ctx,
    {
      type: 'admin.created',
      subjectType: 'user',
      subjectId: id,
      data: { name: `${input.firstName} ${input.lastName}`, email: input.email },
    },
    userInserted(id),
  )
  const [inserted] = await ctx.db.batch([
    insertUser(ctx, {
      id,
      email: input.email,
      firstName: input.firstName,
      lastName: input.lastName,
      state: passwordHash ? 'active' : 'invited',
      passwordHash,
      mustChangePassword: passwordHash !== null && input.mustChangePassword,
      emailVerifiedAt: passwordHash ? ctx.now : null,
      place: null,
    }),
    event.statement,
  ])
  if (!inserted[0]) {
    return fail(
      (await addressTaken(ctx, input.email)) ??
        domainError('conflict', 'The account could not be made. Try again.'),
    )
  }
  ctx.announce(event.id)
  return ok({ userId: id })
}
