// What commands about a team need to know before they decide, and how they say that there is none.
import { and, eq } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { TeamId } from '~/domain/kernel/ids'
import { teams } from '~db/schema'
import { type Manager, managedTeams } from './visibility.server'

/** A team of another organization is null for a super admin, as one that does not exist. */
export async function findManagedTeam(ctx: DomainContext<Manager>, teamId: TeamId) {
  const [team] = await ctx.db
    .select({ name: teams.name, organizationId: teams.organizationId, isDefault: teams.isDefault })
    .from(teams)
    .where(and(eq(teams.id, teamId), managedTeams(ctx.actor)))
  return team ?? null
}

export const noSuchTeam = domainError('not_found', 'There is no such team (any more).')
