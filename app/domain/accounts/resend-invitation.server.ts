// Sends the link of an invitation into the actor's organization again. The earlier link dies; seven days begin anew.
import { eq, sql } from 'drizzle-orm'
import type { SuperAdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { events, heldInvitations, users } from '~db/schema'
import { invitationEveryMs, invitationLifetimeMs } from './invitation'
import { invitationLimits, invitationStatements } from './invite-user.server'
import {
  findInvited,
  heldInvitation,
  invitedMember,
  invitingNotAllowed,
  organizationMayInvite,
  tooManyInvitations,
} from './member-invitation.server'
import { tellOwner } from './tell-owner.server'
import { managesMembers } from './visibility.server'

export async function resendInvitation(
  ctx: DomainContext<SuperAdminActor>,
  userId: UserId,
): Promise<Result<{ name: string }>> {
  const person = await findInvited(ctx, userId)
  if (!person) return fail(domainError('not_found', 'There is no such invitation.'))
  const allowed = sql`(${managesMembers(ctx.actor)} and ${organizationMayInvite(ctx)})`
  const sent =
    person.heldKey === null
      ? await sendAgain(ctx, { ...person, userId }, allowed)
      : await holdAgain(ctx, { ...person, userId, heldKey: person.heldKey }, allowed)
  if (sent) return ok({ name: person.name })
  const [row] = await ctx.db.all<{ may: number; left: number }>(
    sql`select ${managesMembers(ctx.actor)} as may, ${organizationMayInvite(ctx)} as "left"`,
  )
  if (!row?.may) return fail(invitingNotAllowed)
  if (!row.left) return fail(tooManyInvitations)
  if (!(await findInvited(ctx, userId))) {
    return fail(domainError('already_decided', `${person.name} is not invited any more.`))
  }
  return fail(
    domainError(
      'too_many_attempts',
      `An invitation was sent to ${person.name} a moment ago, or often today. Wait a while.`,
      { retryAfterSeconds: invitationEveryMs / 1000 },
    ),
  )
}

type Invited = { userId: UserId; name: string; email: string }

async function sendAgain(
  ctx: DomainContext<SuperAdminActor>,
  person: Invited,
  allowed: ReturnType<typeof sql>,
): Promise<boolean> {
  const own = sql`${allowed} and exists (select 1 from ${users} where ${invitedMember(ctx.actor, person.userId)})`
  const { organizationId } = ctx.actor
  const sending = invitationStatements(ctx, { ...person, role: 'developer', organizationId }, own)
  const results = await ctx.db.batch(sending.statements)
  if (!results[2][0]) return false
  ctx.announce(sending.eventId)
  return true
}

async function holdAgain(
  ctx: DomainContext<SuperAdminActor>,
  person: Invited & { heldKey: string },
  allowed: ReturnType<typeof sql>,
): Promise<boolean> {
  const { userId, name, email } = person
  const [owner] = await ctx.db
    .select({
      id: users.id,
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
      email: users.email,
    })
    .from(users)
    .where(eq(users.emailKey, person.heldKey))
  const event = recordEvent(
    ctx,
    {
      type: 'user.invited',
      subjectType: 'user',
      subjectId: userId,
      organizationId: ctx.actor.organizationId,
      data: { name, email },
    },
    sql`${allowed} and exists (select 1 from ${heldInvitations} where ${heldInvitation(ctx.actor, userId)})
      and ${invitationLimits(ctx, userId, 'user.invited')}`,
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  const told = tellOwner(ctx, owner ?? null, won)
  const [rows, , toldRows] = await ctx.db.batch([
    event.statement.returning({ id: events.id }),
    ctx.db
      .update(heldInvitations)
      .set({ expiresAt: ctx.now + invitationLifetimeMs })
      .where(sql`${eq(heldInvitations.id, userId)} and ${won}`),
    told.statement.returning({ id: events.id }),
  ])
  if (!rows[0]) return false
  ctx.announce(event.id)
  if (toldRows[0]) ctx.announce(told.id)
  return true
}
