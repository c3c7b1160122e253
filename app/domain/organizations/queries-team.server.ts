// A team for admins: who is in it, a page at a time, and who could join. People come newest first, which is the order of
// their ids and so of the index; a search takes the beginning of a name or an address.
import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { TeamId, UserId } from '~/domain/kernel/ids'
import { decodeCursor, type PageRequest, toPage } from '~/domain/kernel/page'
import { emailKey } from '~/domain/kernel/text'
import { named } from '~db/columns'
import { teamMembers, teams, users } from '~db/schema'
import { selectTeams } from './team-rows.server'

const person = {
  id: named(users.id, 'user_id'),
  name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('person_name'),
  email: named(users.email, 'user_email'),
  state: named(users.state, 'user_state'),
  orgRole: named(users.orgRole, 'user_org_role'),
}

/** Throws NotFoundError. */
export async function getTeam(
  ctx: DomainContext<AdminActor>,
  teamId: TeamId,
  list: { search: string; page: PageRequest },
) {
  const { page, search } = list
  const cursor = decodeCursor(page.cursor)
  const forward = page.direction === 'next'
  const [teamRows, rows] = await ctx.db.batch([
    teamQuery(ctx, teamId),
    ctx.db
      .select(person)
      .from(teamMembers)
      .innerJoin(users, eq(users.id, teamMembers.userId))
      .where(
        and(
          eq(teamMembers.teamId, teamId),
          beginsWith(search, sql`${teamMembers.userId}`),
          cursor
            ? forward
              ? sql`${teamMembers.userId} < ${cursor.id}`
              : sql`${teamMembers.userId} > ${cursor.id}`
            : undefined,
        ),
      )
      .orderBy(forward ? desc(teamMembers.userId) : teamMembers.userId)
      .limit(page.size + 1),
  ])
  const [team] = teamRows
  if (!team) throw new NotFoundError(`team ${teamId}`)
  return { team, ...toPage(rows, page, (row) => ({ key: row.id, id: row.id })) }
}

/** Somebody who is in the team. Throws NotFoundError. */
export async function getTeamMember(ctx: DomainContext<AdminActor>, teamId: TeamId, userId: UserId) {
  const [row] = await ctx.db
    .select({ id: teamMembers.userId })
    .from(teamMembers)
    .where(and(eq(teamMembers.teamId, teamId), eq(teamMembers.userId, userId)))
  if (!row) throw new NotFoundError(`member ${userId} of ${teamId}`)
  return row
}

/** As many people as one chooses from; beyond that one searches. */
const maxCandidates = 50

/** People of the team's organization who are not in it. Throws NotFoundError. */
export async function getTeamCandidates(
  ctx: DomainContext<AdminActor>,
  teamId: TeamId,
  list: { search: string },
) {
  const [teamRows, rows] = await ctx.db.batch([
    teamQuery(ctx, teamId),
    ctx.db
      .select(person)
      .from(users)
      .where(
        and(
          sql`${users.organizationId} = (select t.organization_id from teams t where t.id = ${teamId})`,
          sql`not exists (select 1 from team_members m where m.team_id = ${teamId} and m.user_id = ${users.id})`,
          beginsWith(list.search, sql`${users.id}`),
        ),
      )
      .orderBy(desc(users.createdAt), desc(users.id))
      .limit(maxCandidates + 1),
  ])
  const [team] = teamRows
  if (!team) throw new NotFoundError(`team ${teamId}`)
  return { team, people: rows.slice(0, maxCandidates), more: rows.length > maxCandidates }
}

/** The head of the forms about a team. Throws NotFoundError. */
export async function getTeamFacts(ctx: DomainContext<AdminActor>, teamId: TeamId) {
  const [team] = await teamQuery(ctx, teamId)
  if (!team) throw new NotFoundError(`team ${teamId}`)
  return team
}

/** What goes with a team, said before it is deleted. Throws NotFoundError. */
export async function getTeamDeletion(ctx: DomainContext<AdminActor>, teamId: TeamId) {
  const [teamRows, effects] = await ctx.db.batch([
    teamQuery(ctx, teamId),
    ctx.db
      .select({
        sharedApps: sql<number>`(select count(*) from apps a where a.team_id = ${teamId})`.as('shared_apps'),
        inviteCodes: sql<number>`(select count(*) from invite_codes i where i.team_id = ${teamId})`.as(
          'invite_codes',
        ),
        catalogs: sql<number>`(select count(*) from catalog_audiences a where a.team_id = ${teamId})`.as(
          'catalogs',
        ),
      })
      .from(sql`(select 1)`),
  ])
  const [team] = teamRows
  if (!team) throw new NotFoundError(`team ${teamId}`)
  return { team, effects: effects[0] ?? { sharedApps: 0, inviteCodes: 0, catalogs: 0 } }
}

function teamQuery(ctx: DomainContext<AdminActor>, teamId: TeamId) {
  return selectTeams(ctx).where(eq(teams.id, teamId))
}

/** Both indexes hold small letters, so that a beginning is a range of them. */
function beginsWith(search: string, userId: SQL): SQL | undefined {
  const from = emailKey(search)
  if (!from) return undefined
  const to = `${from}\u{10ffff}`
  return sql`${userId} in (select f.id from users f where f.email_key >= ${from} and f.email_key < ${to}
    union select f.id from users f where f.name_key >= ${from} and f.name_key < ${to})`
}
