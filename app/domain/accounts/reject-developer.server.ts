// Declines a registration that waits for approval. The reason, when given, is in the mail and on the user's page.
import { and, eq, inArray } from 'drizzle-orm'
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { newDecisionId, type UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { users } from '~db/schema'
import { type RejectDeveloperInput, rejectableStates } from './account'
import { explainDecision } from './already-decided.server'
import type { Change } from './change-many.server'
import { decisionBy, decisionWon, findPerson, type Person } from './person.server'

export async function rejectDeveloper(
  ctx: DomainContext<AdminActor | SystemActor>,
  userId: UserId,
  input: RejectDeveloperInput,
): Promise<Result<{ name: string }>> {
  const person = await findPerson(ctx, userId)
  if (!person) return fail(await explainDecision(ctx, userId))
  const { statements, eventId } = rejectionStatements(ctx, person, input)
  const [rejected] = await ctx.db.batch(statements)
  if (!rejected[0]) return fail(await explainDecision(ctx, userId))
  ctx.announce(eventId)
  return ok({ name: person.name })
}

/** For a batch: the first statement returns a row when this decision won. */
export function rejectionStatements(
  ctx: DomainContext<AdminActor | SystemActor>,
  person: Person,
  input: RejectDeveloperInput,
) {
  const { userId } = person
  const decisionId = newDecisionId(ctx.now)
  const event = recordEvent(
    ctx,
    {
      type: 'user.rejected',
      subjectType: 'user',
      subjectId: userId,
      organizationId: person.organizationId,
      data: { name: person.name, email: person.email, state: 'rejected', reason: input.reason },
    },
    decisionWon(userId, decisionId),
  )
  const statements = [
    ctx.db
      .update(users)
      .set({
        state: 'rejected',
        stateReason: input.reason || null,
        ...decisionBy(ctx, decisionId),
      })
      .where(and(eq(users.id, userId), eq(users.role, 'developer'), inArray(users.state, rejectableStates)))
      .returning({ id: users.id }),
    event.statement,
  ] as const
  return { statements, eventId: event.id, decidedBy: 0 } satisfies Change
}
