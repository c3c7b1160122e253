// Closes an account: every session ends, links that are under way die, and the gateway refuses the keys of personal apps
// until the account is active again. Apps that are shared go on: others work with them.
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import { newDecisionId, type UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { sessions, users } from '~db/schema'
import type { DeactivateUserInput } from './account'
import { explainDecision, explainDecisions } from './already-decided.server'
import type { Change } from './change-many.server'
import { decisionBy, decisionWon, findPerson, forgetKeysOf, listed, type Person } from './person.server'
import { isLastSuperAdmin, lastAdmin, leavesAnAdmin, leavesASuperAdmin } from './standing.server'

export async function deactivateUser(
  ctx: DomainContext<AdminActor>,
  userId: UserId,
  input: DeactivateUserInput,
): Promise<Result<{ name: string }>> {
  const person = await findPerson(ctx, userId)
  if (!person) return fail(await explainDecision(ctx, userId))
  const { statements, eventId } = deactivationStatements(ctx, person, input)
  const [rows] = await ctx.db.batch(statements)
  if (!rows[0]) {
    const why = (await whyNotDeactivated(ctx, [userId])).get(userId)
    return fail(why ?? (await explainDecision(ctx, userId)))
  }
  ctx.announce(eventId)
  await forgetKeysOf(ctx, userId)
  return ok({ name: person.name })
}

/** For a batch: the first statement returns a row when this decision won. */
export function deactivationStatements(
  ctx: DomainContext<AdminActor>,
  person: Person,
  input: DeactivateUserInput,
) {
  const { userId } = person
  const decisionId = newDecisionId(ctx.now)
  const won = decisionWon(userId, decisionId)
  const event = recordEvent(
    ctx,
    {
      type: 'user.deactivated',
      subjectType: 'user',
      subjectId: userId,
      organizationId: person.organizationId,
      data: { name: person.name, email: person.email, state: 'deactivated', reason: input.reason },
    },
    won,
  )
  const statements = [
    ctx.db
      .update(users)
      .set({
        state: 'deactivated',
        stateReason: input.reason || null,
        resetVersion: sql`${users.resetVersion} + 1`,
        ...decisionBy(ctx, decisionId),
      })
      .where(and(eq(users.id, userId), eq(users.state, 'active'), leavesAnAdmin, leavesASuperAdmin))
      .returning({ id: users.id }),
    ctx.db.delete(sessions).where(and(eq(sessions.userId, userId), won)),
    event.statement,
  ] as const
  return { statements, eventId: event.id, decidedBy: 0 } satisfies Change
}

export async function whyNotDeactivated(
  ctx: DomainContext,
  userIds: UserId[],
): Promise<Map<UserId, DomainError>> {
  const explained = await explainDecisions(ctx, userIds)
  const rows = await ctx.db
    .select({
      id: users.id,
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
      admin: sql<number>`${leavesAnAdmin}`,
      superAdmin: sql<number>`${leavesASuperAdmin}`,
    })
    .from(users)
    .where(and(inArray(users.id, listed(userIds)), eq(users.state, 'active')))
  for (const { id, name, admin, superAdmin } of rows) {
    if (!admin) explained.set(id, domainError('last_admin', lastAdmin))
    else if (!superAdmin) explained.set(id, domainError('last_super_admin', isLastSuperAdmin(name)))
  }
  return explained
}
