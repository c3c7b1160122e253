// A super admin removes a member: the person moves to the default organization as Team member and is signed out; their
// apps stay and pass to the remover; where it was chosen, every key that they could see is rotated in the same write.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { managesMembers } from '~/domain/accounts/visibility.server'
import type { SuperAdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { defaultOrganizationId, moveStatements } from '~/domain/organizations/move-statements.server'
import { recordEvent } from '~db/record-event'
import { apps, events, sessions, users } from '~db/schema'
import { appsSeenBy, findMemberToRemove, removableMember } from './queries-removal.server'
import type { RemoveMemberInput } from './rotation'
import { rotatable, rotationStatements, shortenRetiring } from './rotation-statements.server'

export async function removeMember(
  ctx: DomainContext<SuperAdminActor>,
  userId: UserId,
  input: RemoveMemberInput,
): Promise<Result<{ name: string; rotated: number }>> {
  const { actor } = ctx
  const person = await findMemberToRemove(ctx, userId)
  if (!person) return fail(domainError('not_found', 'There is no such member.'))
  const keys = input.rotate ? person.keys.filter((key) => key.canRotate) : []

  const seen = sql`exists (select 1 from apps where apps.id = credentials.app_id and ${appsSeenBy(actor, userId)})`
  // A key that was issued since it was counted would be left out.
  const allCounted: SQL = input.rotate
    ? sql`(select count(*) from credentials where ${rotatable(ctx)} and ${seen}) = ${keys.length}`
    : sql`1`
  const event = recordEvent(
    ctx,
    {
      type: 'member.removed',
      subjectType: 'user',
      subjectId: userId,
      organizationId: actor.organizationId,
      data: { name: person.name, email: person.email, rotated: keys.length },
    },
    sql`exists (select 1 from ${users} where ${removableMember(actor, userId)}) and ${managesMembers(actor)} and ${allCounted}`,
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  const rotation = await rotationStatements(
    ctx,
    actor.organizationId,
    keys,
    input.overlap,
    sql`${seen} and ${won}`,
  )
  const move = { userId, to: defaultOrganizationId, orgRole: 'team_member' } as const
  const [removed, shortened, rotated] = await ctx.db.batch([
    event.statement.returning({ id: events.id }),
    // Before the rotation: it is about keys that retire already.
    shortenRetiring(ctx, input.overlap, input.rotate ? sql`${seen} and ${won}` : sql`0`),
    ...rotation.statements,
    ctx.db
      .update(apps)
      .set({ ownerId: actor.userId })
      .where(and(eq(apps.ownerId, userId), eq(apps.organizationId, actor.organizationId), won)),
    ctx.db.delete(sessions).where(and(eq(sessions.userId, userId), won)),
    ...moveStatements(ctx, move, won),
  ])
  if (!removed[0]) return fail(await whyNot(ctx, userId))
  ctx.announce(event.id)
  for (const { id } of shortened) ctx.forgetCredential(id)
  return ok({ name: person.name, rotated: rotation.settle(rotated).rotated })
}

async function whyNot(ctx: DomainContext<SuperAdminActor>, userId: UserId) {
  const person = await findMemberToRemove(ctx, userId)
  if (!person) return domainError('already_decided', 'Somebody else has removed this member already.')
  if (!person.mayRemove) {
    return domainError('not_allowed', 'Only super admins of an active organization can remove its members.')
  }
  return domainError('conflict', 'A key was issued at the same moment. Look at the list again.')
}
