// What is told to whoever decided about somebody too late: what happened, and who did it.
import { eq, inArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import type { UserId } from '~/domain/kernel/ids'
import { users } from '~db/schema'
import type { UserState } from './account'
import { listed } from './person.server'

const past: Record<UserState, string> = {
  active: 'was activated already',
  rejected: 'was rejected already',
  deactivated: 'was deactivated',
  pending: 'waits for approval again',
  invited: 'was invited and has not chosen a password yet',
}

export async function explainDecision(ctx: DomainContext, userId: UserId): Promise<DomainError> {
  const explained = await explainDecisions(ctx, [userId])
  return explained.get(userId) ?? domainError('not_found', 'This user does not exist (any more).')
}

/** Who is missing from the map does not exist. */
export async function explainDecisions(
  ctx: DomainContext,
  userIds: UserId[],
): Promise<Map<UserId, DomainError>> {
  const decider = alias(users, 'decider')
  const rows = await ctx.db
    .select({
      id: users.id,
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
      state: users.state,
      by: sql<string | null>`trim(${decider.firstName} || ' ' || ${decider.lastName})`,
    })
    .from(users)
    .leftJoin(decider, eq(decider.id, users.decidedById))
    .where(inArray(users.id, listed(userIds)))
  return new Map(
    rows.map(({ id, name, state, by }) => {
      const told = state === 'active' || state === 'rejected' || state === 'deactivated'
      return [id, domainError('already_decided', `${name} ${past[state]}${by && told ? ` by ${by}` : ''}.`)]
    }),
  )
}
