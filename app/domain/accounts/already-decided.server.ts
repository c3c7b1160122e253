// What is told to whoever decided about somebody too late: what happened, and who did it.
import { eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import type { UserId } from '~/domain/kernel/ids'
import { users } from '~db/schema'
import type { UserState } from './account'

const past: Record<UserState, string> = {
  active: 'was activated already',
  rejected: 'was rejected already',
  deactivated: 'was deactivated',
  pending: 'waits for approval again',
  invited: 'was invited and has not chosen a password yet',
}

export async function explainDecision(ctx: DomainContext, userId: UserId): Promise<DomainError> {
  const decider = alias(users, 'decider')
  const [row] = await ctx.db
    .select({
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
      state: users.state,
      by: sql<string | null>`trim(${decider.firstName} || ' ' || ${decider.lastName})`,
    })
    .from(users)
    .leftJoin(decider, eq(decider.id, users.decidedById))
    .where(eq(users.id, userId))
  if (!row) return domainError('not_found', 'This user does not exist (any more).')
  const by =
    row.by && (row.state === 'active' || row.state === 'rejected' || row.state === 'deactivated')
      ? ` by ${row.by}`
      : ''
  return domainError('already_decided', `${row.name} ${past[row.state]}${by}.`)
}
