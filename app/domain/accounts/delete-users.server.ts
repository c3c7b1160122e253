// Deletes several accounts for good. What they share passes on as with one: whoever goes later in the row may inherit, and
// hands on.
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { UserId } from '~/domain/kernel/ids'
import type { Outcome } from '~/domain/kernel/outcome'
import { changeMany } from './change-many.server'
import { deletionStatements, whyNotDeleted } from './delete-user.server'

export function deleteUsers(ctx: DomainContext<AdminActor>, userIds: readonly UserId[]): Promise<Outcome> {
  return changeMany(ctx, userIds, (person) => deletionStatements(ctx, person), {
    whyNot: whyNotDeleted,
    forgetKeys: true,
  })
}
