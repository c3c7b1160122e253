// Declines several registrations at once, for one reason, which is in each mail.
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { UserId } from '~/domain/kernel/ids'
import type { Outcome } from '~/domain/kernel/outcome'
import type { RejectDeveloperInput } from './account'
import { explainDecisions } from './already-decided.server'
import { changeMany } from './change-many.server'
import { rejectionStatements } from './reject-developer.server'

export function rejectDevelopers(
  ctx: DomainContext<AdminActor>,
  userIds: readonly UserId[],
  input: RejectDeveloperInput,
): Promise<Outcome> {
  return changeMany(ctx, userIds, (person) => rejectionStatements(ctx, person, input), {
    whyNot: explainDecisions,
  })
}
