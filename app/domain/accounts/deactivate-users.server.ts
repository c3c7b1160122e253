// Closes several accounts at once, for one reason. The last super admin of an organization with members is skipped, even
// when all of its super admins are among them.
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { UserId } from '~/domain/kernel/ids'
import type { Outcome } from '~/domain/kernel/outcome'
import type { DeactivateUserInput } from './account'
import { changeMany } from './change-many.server'
import { deactivationStatements, whyNotDeactivated } from './deactivate-user.server'

export function deactivateUsers(
  ctx: DomainContext<AdminActor>,
  userIds: readonly UserId[],
  input: DeactivateUserInput,
): Promise<Outcome> {
  return changeMany(ctx, userIds, (person) => deactivationStatements(ctx, person, input), {
    whyNot: whyNotDeactivated,
    forgetKeys: true,
  })
}
