// Deletes an account for good, by an admin or by its owner. Apps that are shared pass to the super admin who has been there
// longest (or else the longest-serving member); personal apps end with their keys. The audit log keeps the name.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor, UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { apps, events, organizations, users } from '~db/schema'
import { deletionPreview, heirOf } from './deletion-preview.server'
import { findPerson, listKeysOf } from './person.server'
import { lastAdmin, lastSuperAdmin, leavesAnAdmin, leavesASuperAdmin } from './standing.server'

/** `userId` is the actor's own, or anybody's for an admin. */
export async function deleteUser(
  ctx: DomainContext<AdminActor | UserActor>,
  userId: UserId,
): Promise<Result<{ name: string }>> {
  const person =
    ctx.actor.type === 'admin' || ctx.actor.userId === userId ? await findPerson(ctx, userId) : null
  if (!person) return fail(domainError('not_found', 'There is no such user.'))
  const keys = await listKeysOf(ctx, userId)
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
  const results = await ctx.db.batch([
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
  ])
  for (const id of keys) ctx.forgetCredential(id)
  if (!results[4][0]) {
    const preview = await deletionPreview(ctx, userId)
    if (!preview) return fail(domainError('not_found', 'There is no such user (any more).'))
    return fail(
      preview.blockedBy === 'last_admin'
        ? domainError('last_admin', lastAdmin)
        : domainError('last_super_admin', lastSuperAdmin),
    )
  }
  ctx.announce(event.id)
  return ok({ name: person.name })
}
