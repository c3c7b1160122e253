// Gives a team another name, the default team too. Of several who rename at once, one does.
import { and, eq, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { TeamId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { violatesUnique } from '~/domain/kernel/unique'
import { recordEvent } from '~db/record-event'
import { events, teams } from '~db/schema'
import { findManagedTeam, noSuchTeam } from './find-team.server'
import { type RenameTeamInput, teamNameTaken } from './organization'
import { type Manager, managedTeams } from './visibility.server'

export async function renameTeam(
  ctx: DomainContext<Manager>,
  teamId: TeamId,
  input: RenameTeamInput,
): Promise<Result<{ name: string }>> {
  const team = await findManagedTeam(ctx, teamId)
  if (!team) return fail(noSuchTeam)
  if (team.name === input.name) return ok({ name: input.name })
  const event = recordEvent(
    ctx,
    {
      type: 'team.renamed',
      subjectType: 'team',
      subjectId: teamId,
      organizationId: team.organizationId,
      data: { name: input.name, before: team.name },
    },
    // The event tells the name before: it must still be that one.
    sql`exists (select 1 from teams where teams.id = ${teamId} and teams.name = ${team.name} and ${managedTeams(ctx.actor)})`,
  )
  try {
    const [, renamed] = await ctx.db.batch([
      event.statement,
      ctx.db
        .update(teams)
        .set({ name: input.name, nameKey: nameKey(input.name) })
        .where(
          and(eq(teams.id, teamId), sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`),
        )
        .returning({ id: teams.id }),
    ])
    if (!renamed[0]) {
      return fail(
        (await findManagedTeam(ctx, teamId))
          ? domainError('conflict', 'Somebody renamed this team at the same moment. Load the page again.')
          : noSuchTeam,
      )
    }
  } catch (error) {
    if (!violatesUnique(error, 'teams.name_key')) throw error
    return fail(teamNameTaken(input.name))
  }
  ctx.announce(event.id)
  return ok({ name: input.name })
}
