// Deletes a team, but never the default one. Its people stay in the default team; apps that were shared with it belong to
// their owners alone again, so that nobody gains sight of a key; its invite codes and catalog audiences end with it.
import { and, eq, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { TeamId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { apps, events, teamMembers, teams } from '~db/schema'
import { findManagedTeam, noSuchTeam } from './find-team.server'
import { type Manager, managedTeams } from './visibility.server'

export async function deleteTeam(
  ctx: DomainContext<Manager>,
  teamId: TeamId,
): Promise<Result<{ name: string }>> {
  const team = await findManagedTeam(ctx, teamId)
  if (!team) return fail(noSuchTeam)
  const event = recordEvent(
    ctx,
    {
      type: 'team.deleted',
      subjectType: 'team',
      subjectId: teamId,
      organizationId: team.organizationId,
      data: { name: team.name },
    },
    sql`exists (select 1 from teams where teams.id = ${teamId} and teams.is_default = 0 and ${managedTeams(ctx.actor)})`,
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  const [, , , deleted] = await ctx.db.batch([
    event.statement,
    ctx.db
      .insert(teamMembers)
      .select(
        sql`select t.id as team_id, m.user_id as user_id, m.organization_id as organization_id, ${ctx.now} as created_at
          from team_members m join teams t on t.organization_id = m.organization_id and t.is_default = 1
          where m.team_id = ${teamId} and ${won}`,
      )
      .onConflictDoNothing(),
    ctx.db
      .update(apps)
      .set({ visibility: 'personal', teamId: null })
      .where(and(eq(apps.teamId, teamId), won)),
    ctx.db
      .delete(teams)
      .where(and(eq(teams.id, teamId), won))
      .returning({ id: teams.id }),
  ])
  if (!deleted[0]) {
    return fail(
      team.isDefault
        ? domainError(
            'default_protected',
            'The default team holds everybody of the organization and cannot be deleted.',
          )
        : noSuchTeam,
    )
  }
  ctx.announce(event.id)
  return ok({ name: team.name })
}
