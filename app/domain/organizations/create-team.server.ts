// Makes a team in an organization. Within one organization, team names are unique without regard to case and space.
import { sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { newId, type OrganizationId, type TeamId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { violatesUnique } from '~/domain/kernel/unique'
import { recordEvent } from '~db/record-event'
import { teams } from '~db/schema'
import { type CreateTeamInput, teamNameTaken } from './organization'
import { type Manager, managedOrganization, stillManages } from './visibility.server'

/** A super admin's team is made in their own organization, whichever was asked for. */
export async function createTeam(
  ctx: DomainContext<Manager | SystemActor>,
  askedFor: OrganizationId,
  input: CreateTeamInput,
): Promise<Result<{ teamId: TeamId }>> {
  const organizationId = managedOrganization(ctx.actor, askedFor)
  const teamId = newId('team', ctx.now)
  const event = recordEvent(
    ctx,
    {
      type: 'team.created',
      subjectType: 'team',
      subjectId: teamId,
      organizationId,
      data: { name: input.name },
    },
    sql`exists (select 1 from ${teams} where ${teams.id} = ${teamId})`,
  )
  try {
    const [inserted] = await ctx.db.batch([
      ctx.db
        .insert(teams)
        .select(
          sql`select ${teamId} as id, o.id as organization_id, ${input.name} as name, ${nameKey(input.name)} as name_key, 0 as is_default,
            ${ctx.now} as created_at from organizations o where o.id = ${organizationId} and o.state in ('active', 'suspended')
            and ${stillManages(ctx.actor)}`,
        )
        .returning({ id: teams.id }),
      event.statement,
    ])
    if (!inserted[0]) {
      return fail(
        ctx.actor.type === 'developer'
          ? domainError('not_allowed', 'Only super admins of an active organization can make teams in it.')
          : domainError('not_found', 'This organization does not exist (any more).'),
      )
    }
  } catch (error) {
    if (!violatesUnique(error, 'teams.name_key')) throw error
    return fail(teamNameTaken(input.name))
  }
  ctx.announce(event.id)
  return ok({ teamId })
}
