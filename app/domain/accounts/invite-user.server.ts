// Sends (again) the link by which an invited person chooses a password. Each new link kills the earlier ones. The token
// itself is made where the mail is sent.
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { AdminActor, SuperAdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import { newId, type UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { events, invitations, users } from '~db/schema'
import { invitationEveryMs, invitationLifetimeMs, invitationsPerDay } from './invitation'
import { findPerson, listed } from './person.server'

export async function inviteUser(
  ctx: DomainContext<AdminActor>,
  userId: UserId,
): Promise<Result<{ name: string; email: string }>> {
  const person = await findPerson(ctx, userId)
  if (!person) return fail(domainError('not_found', 'There is no such user.'))
  const sending = invitationStatements(ctx, { ...person, userId })
  const results = await ctx.db.batch(sending.statements)
  if (!results[2][0]) {
    const why = (await whyNotInvited(ctx, [userId])).get(userId)
    return fail(why ?? domainError('not_found', 'There is no such user (any more).'))
  }
  ctx.announce(sending.eventId)
  return ok({ name: person.name, email: person.email })
}

type Invitee = {
  userId: UserId
  name: string
  email: string
  role: 'admin' | 'developer'
  organizationId: `org_${string}` | null
}

/** No mailbox is filled: how often one person can be sent an invitation. */
export function invitationLimits(
  ctx: DomainContext,
  userId: UserId,
  type: 'user.invited' | 'admin.invited',
): SQL {
  const sentSince = (since: number) =>
    sql`(select count(*) from events where subject_id = ${userId} and type = ${type} and created_at > ${since})`
  return sql`${sentSince(ctx.now - invitationEveryMs)} = 0 and ${sentSince(ctx.now - 86_400_000)} < ${invitationsPerDay}`
}

/** For a batch, perhaps the one that makes the account. The third statement returns a row when the mail will be sent. */
export function invitationStatements(
  ctx: DomainContext<AdminActor | SuperAdminActor>,
  invitee: Invitee,
  when: SQL = sql`1`,
) {
  const { userId } = invitee
  const type = invitee.role === 'admin' ? 'admin.invited' : 'user.invited'
  const event = recordEvent(
    ctx,
    {
      type,
      subjectType: 'user',
      subjectId: userId,
      organizationId: invitee.organizationId,
      data: { name: invitee.name, email: invitee.email },
    },
    sql`${when} and exists (select 1 from users where id = ${userId} and state = 'invited' and password_hash is null)
      and ${invitationLimits(ctx, userId, type)}`,
  )
  const sent = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  const statements = [
    event.statement,
    ctx.db
      .update(invitations)
      .set({ state: 'withdrawn', decidedAt: ctx.now })
      .where(and(eq(invitations.userId, userId), eq(invitations.state, 'open'), sent)),
    ctx.db
      .insert(invitations)
      .select(
        sql`select ${newId('inv', ctx.now)} as id, ${userId} as user_id, ${ctx.actor.userId} as invited_by_id,
          ${invitee.organizationId} as organization_id, 'open' as state, ${ctx.now + invitationLifetimeMs} as expires_at,
          null as decided_at, ${ctx.now} as created_at where ${sent}`,
      )
      .returning({ id: invitations.id }),
    ctx.db
      .update(users)
      .set({ resetVersion: sql`${users.resetVersion} + 1` })
      .where(and(eq(users.id, userId), sent)),
  ] as const
  return { statements, eventId: event.id, decidedBy: 2 }
}

export async function whyNotInvited(
  ctx: DomainContext,
  userIds: UserId[],
): Promise<Map<UserId, DomainError>> {
  const rows = await ctx.db
    .select({
      id: users.id,
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
      canBeInvited: sql<number>`${users.state} = 'invited' and ${users.passwordHash} is null`,
    })
    .from(users)
    .where(inArray(users.id, listed(userIds)))
  return new Map(
    rows.map(({ id, name, canBeInvited }) => [
      id,
      canBeInvited
        ? domainError('too_many_attempts', `An invitation was sent to ${name} a moment ago. Wait a minute.`, {
            retryAfterSeconds: invitationEveryMs / 1000,
          })
        : domainError('already_decided', `${name} has an account with a password already.`),
    ]),
  )
}
