// Ends sessions: one's own, one by one or all others, and (by an admin) all of somebody. The next request of an ended
// session is a visitor's.
import { and, eq, ne, type SQL, sql } from 'drizzle-orm'
import type { AdminActor, UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id, UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { sessions } from '~db/schema'
import { findPerson } from './person.server'

/** A session of somebody else does not exist for the actor. */
export async function endSession(
  ctx: DomainContext<UserActor>,
  sessionId: Id<'ses'>,
): Promise<Result<{ ended: number }>> {
  const { userId, name, email } = ctx.actor
  const ended = await end(ctx, { userId, name, email }, eq(sessions.id, sessionId))
  return ended > 0 ? ok({ ended }) : fail(domainError('not_found', 'This session has ended already.'))
}

export async function endOtherSessions(ctx: DomainContext<UserActor>): Promise<Result<{ ended: number }>> {
  const { userId, name, email, sessionId } = ctx.actor
  return ok({ ended: await end(ctx, { userId, name, email }, ne(sessions.id, sessionId)) })
}

export async function endSessionsOf(
  ctx: DomainContext<AdminActor>,
  userId: UserId,
): Promise<Result<{ ended: number; name: string }>> {
  const person = await findPerson(ctx, userId)
  if (!person) return fail(domainError('not_found', 'There is no such user.'))
  return ok({ ended: await end(ctx, { ...person, userId }, sql`1`), name: person.name })
}

type Owner = { userId: UserId; name: string; email: string }

async function end(ctx: DomainContext<UserActor>, owner: Owner, which: SQL): Promise<number> {
  const theirs = and(eq(sessions.userId, owner.userId), which)
  const event = recordEvent(
    ctx,
    {
      type: 'user.sessions_ended',
      subjectType: 'user',
      subjectId: owner.userId,
      data: { name: owner.name, email: owner.email },
    },
    sql`exists (select 1 from ${sessions} where ${theirs})`,
  )
  const [, ended] = await ctx.db.batch([
    event.statement,
    ctx.db.delete(sessions).where(theirs).returning({ id: sessions.id }),
  ])
  if (ended.length > 0) ctx.announce(event.id)
  return ended.length
}
