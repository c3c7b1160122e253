// Sends (again) the invitations of several people who have no password yet.
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { UserId } from '~/domain/kernel/ids'
import type { Outcome } from '~/domain/kernel/outcome'
import { changeMany } from './change-many.server'
import { invitationStatements, whyNotInvited } from './invite-user.server'

export function inviteUsers(ctx: DomainContext<AdminActor>, userIds: readonly UserId[]): Promise<Outcome> {
  return changeMany(ctx, userIds, (person) => invitationStatements(ctx, person), { whyNot: whyNotInvited })
}
