// Activates several developers: those who wait for approval, and those whose accounts were closed.
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { UserId } from '~/domain/kernel/ids'
import type { Outcome } from '~/domain/kernel/outcome'
import { activationStatements } from './activate-user.server'
import { explainDecisions } from './already-decided.server'
import { changeMany } from './change-many.server'

export function activateUsers(ctx: DomainContext<AdminActor>, userIds: readonly UserId[]): Promise<Outcome> {
  return changeMany(ctx, userIds, (person) => activationStatements(ctx, person), {
    whyNot: explainDecisions,
    forgetKeys: true,
  })
}
