// What an admin chooses from who moves a developer: where to, how many apps there are, and who could take them over.
import { and, eq, ne, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { OrganizationId, UserId } from '~/domain/kernel/ids'
import { named } from '~db/columns'
import { organizations, users } from '~db/schema'
import { choiceStatements, choicesOf } from './queries.server'

/** As many as a select can hold well: super admins first. */
const maxHeirs = 200

/** Throws NotFoundError for anybody who is not a developer. */
export async function getDeveloperToMove(
  ctx: DomainContext<AdminActor>,
  userId: UserId,
  choice: { search: string; chosen: OrganizationId | null },
) {
  const [rows, heirs, chosen, places, teamRows] = await ctx.db.batch([
    ctx.db
      .select({
        id: named(users.id, 'user_id'),
        name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('person_name'),
        email: users.email,
        organizationId: named(organizations.id, 'organization_id'),
        organizationName: named(organizations.name, 'organization_name'),
        inDefaultOrganization: named(organizations.isDefault, 'organization_is_default'),
        apps: sql<number>`(select count(*) from apps a where a.owner_id = ${userId})`.as('app_count'),
      })
      .from(users)
      .innerJoin(organizations, eq(organizations.id, users.organizationId))
      .where(eq(users.id, userId)),
    ctx.db
      .select({
        id: users.id,
        name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('heir_name'),
        email: users.email,
      })
      .from(users)
      .where(
        and(
          // Strangers share nothing: nobody inherits in the default organization.
          sql`${users.organizationId} = (select u.organization_id from users u join organizations o on o.id = u.organization_id
            where u.id = ${userId} and o.is_default = 0)`,
          eq(users.state, 'active'),
          ne(users.id, userId),
        ),
      )
      .orderBy(sql`${users.orgRole} = 'super_admin' desc`, users.nameKey)
      .limit(maxHeirs + 1),
    ...choiceStatements(ctx, choice),
  ])
  const [developer] = rows
  if (!developer) throw new NotFoundError(`developer ${userId}`)
  return {
    developer,
    heirs: heirs.slice(0, maxHeirs),
    moreHeirs: heirs.length > maxHeirs,
    ...choicesOf(chosen, places, teamRows),
  }
}
