// A super admin takes an invitation back. The account that was made for it goes with it, so the address is free again.
import { and, sql } from 'drizzle-orm'
import type { SuperAdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { events, heldInvitations, users } from '~db/schema'
import { findInvited, heldInvitation, invitedMember, invitingNotAllowed } from './member-invitation.server'
import { managesMembers } from './visibility.server'

export async function withdrawMemberInvitation(
  ctx: DomainContext<SuperAdminActor>,
  userId: UserId,
): Promise<Result<{ name: string }>> {
  const person = await findInvited(ctx, userId)
  if (!person) return fail(domainError('not_found', 'There is no such invitation.'))
  const { actor } = ctx
  const event = recordEvent(
    ctx,
    {
      type: 'user.invitation_withdrawn',
      subjectType: 'user',
      subjectId: userId,
      organizationId: actor.organizationId,
      data: { name: person.name, email: person.email },
    },
    sql`${managesMembers(actor)} and (exists (select 1 from ${users} where ${invitedMember(actor, userId)}
        and not exists (select 1 from apps where apps.owner_id = ${userId}))
      or exists (select 1 from ${heldInvitations} where ${heldInvitation(actor, userId)}))`,
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  const [rows] = await ctx.db.batch([
    event.statement.returning({ id: events.id }),
    ctx.db.delete(users).where(and(invitedMember(actor, userId), won)),
    ctx.db.delete(heldInvitations).where(and(heldInvitation(actor, userId), won)),
  ])
  if (!rows[0]) {
    return fail(
      (await findInvited(ctx, userId))
        ? invitingNotAllowed
        : domainError('already_decided', `${person.name} is not invited any more.`),
    )
  }
  ctx.announce(event.id)
  return ok({ name: person.name })
}
