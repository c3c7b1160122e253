// The default team that every organization is made with, and the error of a name that is taken.
import { type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, fieldError } from '~/domain/kernel/errors'
import type { OrganizationId, TeamId } from '~/domain/kernel/ids'
import { nameKey } from '~/domain/kernel/text'
import { teams } from '~db/schema'
import { defaultTeamName } from './organization'

export function insertDefaultTeam(
  ctx: DomainContext,
  of: { organizationId: OrganizationId; teamId: TeamId; name: string },
  won: SQL,
) {
  const name = defaultTeamName(of.name)
  return ctx.db.insert(teams).select(
    sql`select ${of.teamId} as id, ${of.organizationId} as organization_id, ${name} as name, ${nameKey(name)} as name_key,
      1 as is_default, ${ctx.now} as created_at where ${won}`,
  )
}

export function organizationNameTaken(name: string): DomainError {
  return fieldError(
    'name',
    `There is an organization named “${name}” already. Choose another name.`,
    'name_taken',
  )
}
