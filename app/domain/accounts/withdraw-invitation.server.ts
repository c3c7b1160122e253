// Takes an invitation back: its link is dead from then on. The account stays as it was, without a password.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { events, invitations, users } from '~db/schema'
import { findPerson } from './person.server'

export async function withdrawInvitation(
  ctx: DomainContext<AdminActor>,
  userId: UserId,
): Promise<Result<{ name: string }>> {
  const person = await findPerson(ctx, userId)
  if (!person) return fail(domainError('not_found', 'There is no such user.'))
  const event = recordEvent(
    ctx,
    {
      type: 'user.invitation_withdrawn',
      subjectType: 'user',
      subjectId: userId,
      organizationId: person.organizationId,
      data: { name: person.name, email: person.email },
    },
    sql`exists (select 1 from invitations where user_id = ${userId} and state = 'open')`,
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  const [, rows] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(invitations)
      .set({ state: 'withdrawn', decidedAt: ctx.now })
      .where(and(eq(invitations.userId, userId), eq(invitations.state, 'open'), won))
      .returning({ id: invitations.id }),
    ctx.db
      .update(users)
      .set({ resetVersion: sql`${users.resetVersion} + 1` })
      .where(and(eq(users.id, userId), won)),
  ])
  if (!rows[0]) return fail(domainError('already_decided', `${person.name} has no open invitation.`))
  ctx.announce(event.id)
  return ok({ name: person.name })
}
