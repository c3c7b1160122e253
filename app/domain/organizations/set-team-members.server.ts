// Puts people of the organization into a team and takes others out. The default team holds everybody, so nobody leaves
// it. Saying what is so already changes nothing and writes no event.
import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError } from '~/domain/kernel/errors'
import type { TeamId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { events, teamMembers, users } from '~db/schema'
import { findManagedTeam, noSuchTeam } from './find-team.server'
import type { SetTeamMembersInput } from './organization'
import { type Manager, managedTeams } from './visibility.server'

export async function setTeamMembers(
  ctx: DomainContext<Manager>,
  teamId: TeamId,
  input: SetTeamMembersInput,
): Promise<Result<{ name: string }>> {
  const team = await findManagedTeam(ctx, teamId)
  if (!team) return fail(noSuchTeam)
  if (team.isDefault) {
    return fail(
      domainError('default_protected', 'The default team always holds everybody of the organization.'),
    )
  }
  const add = JSON.stringify([...new Set(input.add)])
  const remove = JSON.stringify([...new Set(input.remove)].filter((userId) => !input.add.includes(userId)))
  const people = await ctx.db
    .select({
      id: users.id,
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
      adds: sql<number>`${users.id} in (select value from json_each(${add}))`,
      isMember: sql<number>`exists (select 1 from team_members m where m.team_id = ${teamId} and m.user_id = ${users.id})`,
    })
    .from(users)
    .where(
      and(
        eq(users.organizationId, team.organizationId),
        // Who is only invited is no member yet for a super admin: an address must not tell whether it has an account.
        ctx.actor.type === 'admin' ? undefined : ne(users.state, 'invited'),
        sql`${users.id} in (select value from json_each(${add}) union select value from json_each(${remove}))`,
      ),
    )
  const added = people.filter((person) => person.adds && !person.isMember)
  const removed = people.filter((person) => !person.adds && person.isMember)
  if (people.filter((person) => person.adds).length !== new Set(input.add).size) {
    return fail(fieldError('add', 'One of these people is not in this organization. Choose again.'))
  }
  if (added.length + removed.length === 0) return ok({ name: team.name })

  const joining = JSON.stringify(added.map((person) => person.id))
  const leaving = JSON.stringify(removed.map((person) => person.id))
  const event = recordEvent(
    ctx,
    {
      type: 'team.members_changed',
      subjectType: 'team',
      subjectId: teamId,
      organizationId: team.organizationId,
      data: {
        name: team.name,
        added: added.map((person) => person.name),
        removed: removed.map((person) => person.name),
      },
    },
    // All of it still has to be done, by people who are still there: the event names them.
    sql`exists (select 1 from teams where teams.id = ${teamId} and ${managedTeams(ctx.actor)})
      and (select count(*) from users where organization_id = ${team.organizationId} and id in (select value from json_each(${joining}))) = ${added.length}
      and not exists (select 1 from team_members where team_id = ${teamId} and user_id in (select value from json_each(${joining})))
      and (select count(*) from team_members where team_id = ${teamId} and user_id in (select value from json_each(${leaving}))) = ${removed.length}`,
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  const [, changed] = await ctx.db.batch([
    event.statement,
    ctx.db.select({ id: events.id }).from(events).where(eq(events.id, event.id)),
    ctx.db.insert(teamMembers).select(
      sql`select ${teamId} as team_id, value as user_id, ${team.organizationId} as organization_id, ${ctx.now} as created_at
        from json_each(${joining}) where ${won}`,
    ),
    ctx.db
      .delete(teamMembers)
      .where(
        and(
          eq(teamMembers.teamId, teamId),
          inArray(teamMembers.userId, sql`(select value from json_each(${leaving}))`),
          won,
        ),
      ),
  ])
  if (!changed[0]) {
    return fail(
      domainError('conflict', 'Somebody changed this team at the same moment. Load the page again.'),
    )
  }
  ctx.announce(event.id)
  return ok({ name: team.name })
}
