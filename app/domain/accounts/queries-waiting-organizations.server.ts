// Organizations that were asked for and wait for an admin: the overview and their own list show them alike.
import { asc, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { named, namedOrNull } from '~db/columns'
import { organizations, users } from '~db/schema'

/** The oldest first. */
export function waitingOrganizations(ctx: DomainContext<AdminActor>, limit: number) {
  return ctx.db
    .select({
      id: named(organizations.id, 'organization_id'),
      name: named(organizations.name, 'organization_name'),
      requesterName: sql<string | null>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('requester'),
      requesterEmail: namedOrNull(users.email, 'requester_email'),
      createdAt: named(organizations.createdAt, 'organization_created_at'),
    })
    .from(organizations)
    .leftJoin(users, eq(users.id, organizations.requestedById))
    .where(eq(organizations.state, 'pending'))
    .orderBy(asc(organizations.createdAt), asc(organizations.id))
    .limit(limit)
}
