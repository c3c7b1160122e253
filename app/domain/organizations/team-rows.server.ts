// Teams as admins read them, in lists and on their own pages: with their organization and how many are in them.
import { eq } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { named } from '~db/columns'
import { organizations, teamSizes, teams } from '~db/schema'

/** A select to which the caller adds its `where`. */
export function selectTeams(ctx: DomainContext<AdminActor>) {
  return ctx.db
    .select({
      id: named(teams.id, 'team_id'),
      name: named(teams.name, 'team_name'),
      nameKey: named(teams.nameKey, 'team_name_key'),
      isDefault: named(teams.isDefault, 'team_is_default'),
      createdAt: named(teams.createdAt, 'team_created_at'),
      organizationId: named(teams.organizationId, 'team_organization_id'),
      organizationName: named(organizations.name, 'organization_name'),
      members: teamSizes.members,
    })
    .from(teams)
    .innerJoin(organizations, eq(organizations.id, teams.organizationId))
    .innerJoin(teamSizes, eq(teamSizes.teamId, teams.id))
}
