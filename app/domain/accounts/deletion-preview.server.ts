// What goes with an account, said before it is deleted.
import { inArray, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import type { UserId } from '~/domain/kernel/ids'
import { named } from '~db/columns'
import { users } from '~db/schema'
import type { DeletionPreview } from './deletion-preview'
import { listed } from './person.server'
import { leavesAnAdmin, leavesASuperAdmin } from './standing.server'

/** The id of who takes over shared apps, or null. */
export function heirOf(userId: UserId | SQL): SQL {
  return sql`(select heir.id from users heir where heir.state = 'active' and heir.id <> ${userId}
    and heir.organization_id = (select leaver.organization_id from users leaver where leaver.id = ${userId})
    order by heir.org_role = 'super_admin' desc, heir.created_at, heir.id limit 1)`
}

/** Null for a user who does not exist. */
export async function deletionPreview(ctx: DomainContext, userId: UserId): Promise<DeletionPreview | null> {
  return (await deletionPreviews(ctx, [userId]))[0] ?? null
}

export async function deletionPreviews(
  ctx: DomainContext,
  userIds: UserId[],
): Promise<(DeletionPreview & { userId: UserId })[]> {
  const owner = sql`users.id`
  const count = (condition: SQL) =>
    sql<number>`(select count(*) from apps a where a.owner_id = ${owner} and ${condition})`
  const rows = await ctx.db
    .select({
      userId: users.id,
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('person_name'),
      email: named(users.email, 'person_email'),
      role: named(users.role, 'person_role'),
      personalApps: count(sql`a.visibility = 'personal'`).as('personal_apps'),
      sharedApps: count(sql`a.visibility <> 'personal'`).as('shared_apps'),
      openRequests: sql<number>`(select count(*) from access_requests r join apps a on a.id = r.app_id
        where a.owner_id = ${owner} and a.visibility = 'personal' and r.state = 'pending')`.as(
        'open_requests',
      ),
      heir: sql<
        string | null
      >`(select trim(h.first_name || ' ' || h.last_name) from users h where h.id = ${heirOf(owner)})`.as(
        'heir_name',
      ),
      leavesAnAdmin: sql<number>`${leavesAnAdmin}`.as('leaves_an_admin'),
      leavesASuperAdmin: sql<number>`${leavesASuperAdmin}`.as('leaves_a_super_admin'),
    })
    .from(users)
    .where(inArray(users.id, listed(userIds)))
    .orderBy(users.nameKey, users.id)
  return rows.map(({ leavesAnAdmin: anAdmin, leavesASuperAdmin: aSuperAdmin, ...preview }) => ({
    ...preview,
    blockedBy: anAdmin ? (aSuperAdmin ? null : ('last_super_admin' as const)) : ('last_admin' as const),
  }))
}
