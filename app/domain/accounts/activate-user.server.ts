// Lets somebody in who waits for approval or was deactivated. Of several who decide at once, one wins.
import { and, eq, inArray } from 'drizzle-orm'
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { newDecisionId, type UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { users } from '~db/schema'
import { activatableStates } from './account'
import { explainDecision } from './already-decided.server'
import type { Change } from './change-many.server'
import { decisionBy, decisionWon, findPerson, forgetKeysOf, type Person } from './person.server'

export async function activateUser(
  ctx: DomainContext<AdminActor | SystemActor>,
  userId: UserId,
): Promise<Result<{ name: string }>> {
  const person = await findPerson(ctx, userId)
  if (!person) return fail(await explainDecision(ctx, userId))
  const { statements, eventId } = activationStatements(ctx, person)
  const [activated] = await ctx.db.batch(statements)
  if (!activated[0]) return fail(await explainDecision(ctx, userId))
  ctx.announce(eventId)
  await forgetKeysOf(ctx, userId)
  return ok({ name: person.name })
}

/** For a batch: the first statement returns a row when this decision won. */
export function activationStatements(ctx: DomainContext<AdminActor | SystemActor>, person: Person) {
  const { userId } = person
  const decisionId = newDecisionId(ctx.now)
  const event = recordEvent(
    ctx,
    {
      type: 'user.activated',
      subjectType: 'user',
      subjectId: userId,
      organizationId: person.organizationId,
      data: { name: person.name, email: person.email, state: 'active' },
    },
    decisionWon(userId, decisionId),
  )
  const statements = [
    ctx.db
      .update(users)
      .set({
        state: 'active',
        stateReason: null,
        ...decisionBy(ctx, decisionId),
      })
      .where(and(eq(users.id, userId), inArray(users.state, activatableStates)))
      .returning({ id: users.id }),
    event.statement,
  ] as const
  return { statements, eventId: event.id, decidedBy: 0 } satisfies Change
}
