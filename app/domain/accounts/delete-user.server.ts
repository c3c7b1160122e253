// Deletes an account for good, by an admin or by its owner. Apps that are shared pass to the super admin who has been there
// longest (or else the longest-serving member); personal apps end with their keys. The audit log keeps the name.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor, UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import type { UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { apps, events, organizations, users } from '~db/schema'
import type { Change } from './change-many.server'
import { deletionPreviews, heirOf } from './deletion-preview.server'
import { findPerson, listKeysOf, type Person } from './person.server'
import { isLastSuperAdmin, lastAdmin, leavesAnAdmin, leavesASuperAdmin } from './standing.server'

/** `userId` is the actor's own, or anybody's for an admin. */
export async function deleteUser(
  ctx: DomainContext<AdminActor | UserActor>,
  userId: UserId,
): Promise<Result<{ name: string }>> {
  const person =
    ctx.actor.type === 'admin' || ctx.actor.userId === userId ? await findPerson(ctx, userId) : null
  if (!person) return fail(domainError('not_found', 'There is no such user.'))
  const keys = await listKeysOf(ctx, userId)
  const { statements, eventId } = deletionStatements(ctx, person)
  const results = await ctx.db.batch(statements)
  for (const id of keys) ctx.forgetCredential(id)
  if (!results[4][0]) {
    const why = (await whyNotDeleted(ctx, [userId])).get(userId)
    return fail(why ?? domainError('not_found', 'There is no such user (any more).'))
  }
  ctx.announce(eventId)
  return ok({ name: person.name })
}

/** For a batch: the last statement returns a row when the account was deleted. */
export function deletionStatements(ctx: DomainContext<AdminActor | UserActor>, person: Person) {
  const { userId } = person
  const event = recordEvent(
    ctx,
    {
      type: 'user.deleted',
      subjectType: 'user',
      subjectId: userId,
      organizationId: person.organizationId,
      data: { name: person.name, email: person.email },
    },
    sql`exists (select 1 from users where users.id = ${userId} and ${leavesAnAdmin} and ${leavesASuperAdmin})`,
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  const heir = heirOf(userId)
  const statements = [
    event.statement,
    ctx.db
      .update(apps)
      .set({ ownerId: sql`${heir}` })
      .where(
        and(eq(apps.ownerId, userId), sql`${apps.visibility} <> 'personal'`, sql`${heir} is not null`, won),
      ),
    ctx.db.delete(apps).where(and(eq(apps.ownerId, userId), won)),
    ctx.db
      .update(organizations)
      .set({ state: 'rejected', rejectionReason: 'The account that asked for it was deleted.' })
      .where(and(eq(organizations.requestedById, userId), eq(organizations.state, 'pending'), won)),
    ctx.db
      .delete(users)
      .where(and(eq(users.id, userId), won))
      .returning({ id: users.id }),
  ] as const
  return { statements, eventId: event.id, decidedBy: 4 } satisfies Change
}

export async function whyNotDeleted(
  ctx: DomainContext,
  userIds: UserId[],
): Promise<Map<UserId, DomainError>> {
  const previews = await deletionPreviews(ctx, userIds)
  return new Map(
    previews.map(({ userId, name, blockedBy }) => [
      userId,
      blockedBy === 'last_admin'
        ? domainError('last_admin', lastAdmin)
        : blockedBy
          ? domainError('last_super_admin', isLastSuperAdmin(name))
          : domainError('conflict', `${name} could not be deleted just now. Try again.`),
    ]),
  )
}
