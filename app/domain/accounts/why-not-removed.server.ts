// The answer when a second factor was not removed although the proof was right a moment ago.
import { type SQL, sql } from 'drizzle-orm'
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import { users } from '~db/schema'
import { usedCode } from './factor-proof.server'
import { lastFactor } from './factors.server'

/** `mustStay` holds while the factor is the last one of somebody who must have one. */
export async function whyNotRemoved(ctx: DomainContext<UserActor>, mustStay: SQL): Promise<DomainError> {
  const [row] = await ctx.db
    .select({ kept: sql<number>`${mustStay}` })
    .from(users)
    .where(sql`${users.id} = ${ctx.actor.userId}`)
  return row?.kept ? domainError('in_use', lastFactor) : usedCode
}
