// The organization or team that a catalog is to be for: its name for the event, and the guard that it is still there; and
// the names of all whom a catalog is for.
import { eq, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { namesInOrder } from '~db/event-before'
import { organizations, teams } from '~db/schema'

export async function findAudienceMember(
  ctx: DomainContext,
  member: Id<'org'> | Id<'team'>,
): Promise<{ label: string; exists: SQL } | null> {
  if (isTeam(member)) {
    const [team] = await ctx.db
      .select({
        name: sql<string>`${teams.name}`.as('team_name'),
        organization: sql<string>`${organizations.name}`.as('organization_name'),
      })
      .from(teams)
      .innerJoin(organizations, eq(organizations.id, teams.organizationId))
      .where(eq(teams.id, member))
    if (!team) return null
    return {
      label: `team ${team.name} of ${team.organization}`,
      exists: sql`exists (select 1 from teams where teams.id = ${member})`,
    }
  }
  const [organization] = await ctx.db
    .select({ name: organizations.name })
    .from(organizations)
    .where(eq(organizations.id, member))
  if (!organization) return null
  return {
    label: organization.name,
    exists: sql`exists (select 1 from organizations where organizations.id = ${member} and organizations.state in ('active', 'suspended'))`,
  }
}

/** For `recordEvent`. `which` is on `seen`, the rows of `catalog_audiences`. */
export function audienceOf(catalogId: Id<'cat'>, which: SQL): SQL {
  return namesInOrder(sql`(select name, lower(name) as place from (select case
      when seen.team_id is null then (select organizations.name from organizations where organizations.id = seen.organization_id)
      else (select 'team ' || teams.name || ' of ' || organizations.name from teams
        inner join organizations on organizations.id = teams.organization_id where teams.id = seen.team_id) end as name
    from catalog_audiences seen where seen.catalog_id = ${catalogId} and ${which}))`)
}

function isTeam(member: string): member is Id<'team'> {
  return member.startsWith('team_')
}
