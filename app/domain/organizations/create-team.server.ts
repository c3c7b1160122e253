// Makes a team in an organization. Within one organization, team names are unique without regard to case and space.
import { sql } from 'drizzle-orm'
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError } from '~/domain/kernel/errors'
import { newId, type OrganizationId, type TeamId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { violatesUnique } from '~/domain/kernel/unique'
import { recordEvent } from '~db/record-event'
import { teams } from '~db/schema'
import type { CreateTeamInput } from './organization'

export async function createTeam(
  ctx: DomainContext<AdminActor | SystemActor>,
  organizationId: OrganizationId,
  input: CreateTeamInput,
): Promise<Result<{ teamId: TeamId }>> {
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
          sql`select ${teamId} as id, id as organization_id, ${input.name} as name, ${nameKey(input.name)} as name_key, 0 as is_default,
            ${ctx.now} as created_at from organizations where id = ${organizationId} and state <> 'rejected'`,
        )
        .returning({ id: teams.id }),
      event.statement,
    ])
    if (!inserted[0]) return fail(domainError('not_found', 'This organization does not exist (any more).'))
  } catch (error) {
    if (!violatesUnique(error, 'teams.name_key')) throw error
    return fail(
      fieldError(
        'name',
        `This organization has a team named “${input.name}” already. Choose another name.`,
        'name_taken',
      ),
    )
  }
  ctx.announce(event.id)
  return ok({ teamId })
}
