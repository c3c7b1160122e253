// What developers read about their own organization. It comes from the session; another one does not exist for them.
import { and, desc, eq, ne, sql } from 'drizzle-orm'
import { teamChoicesQuery } from '~/domain/accounts/queries-team-choices.server'
import type { DeveloperActor, SuperAdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { TeamId, UserId } from '~/domain/kernel/ids'
import { decodeCursor, type PageRequest, pageRequest, toPage } from '~/domain/kernel/page'
import { organizations, teamMembers, teams, users } from '~db/schema'
import { hasOtherSuperAdmin, heirOf, isAlone } from './visibility.server'

/** As many teams and people as a choice can show well. */
const maxTeams = 200
const maxPeople = 200

/** People who have accepted: an invitation shows nowhere but in the list of users. */
const joined = ne(users.state, 'invited')

/**
 * Whoever has joined: all of the team but the few who are invited. Names are spelled out: drizzle leaves the table away
 * where a query has only one, and here `id` would be the user's.
 */
const memberCount = sql<number>`(select s.members from team_sizes s where s.team_id = teams.id)
  - (select count(*) from users u join team_members m on m.user_id = u.id and m.team_id = teams.id
    where u.organization_id = teams.organization_id and u.state = 'invited')`.as('member_count')

/** The organization with its teams, the actor's open or last request for one, and who could take over. */
export async function getOwnOrganization(ctx: DomainContext<DeveloperActor>) {
  const { db, actor } = ctx
  const [rows, teamRows, requestRows, peopleRows] = await db.batch([
    db
      .select({
        id: organizations.id,
        name: organizations.name,
        state: organizations.state,
        isDefault: organizations.isDefault,
        createdAt: organizations.createdAt,
      })
      .from(organizations)
      .where(eq(organizations.id, actor.organizationId)),
    db
      .select({
        id: teams.id,
        name: teams.name,
        isDefault: teams.isDefault,
        memberCount,
        isMember:
          sql<boolean>`exists (select 1 from team_members m where m.team_id = ${teams.id} and m.user_id = ${actor.userId})`
            .mapWith(Boolean)
            .as('is_member'),
      })
      .from(teams)
      .where(eq(teams.organizationId, actor.organizationId))
      .orderBy(desc(teams.isDefault), teams.nameKey)
      .limit(maxTeams),
    db
      .select({
        name: organizations.name,
        state: organizations.state,
        rejectionReason: organizations.rejectionReason,
        createdAt: organizations.createdAt,
      })
      .from(organizations)
      .where(
        and(
          eq(organizations.requestedById, actor.userId),
          sql`${organizations.state} in ('pending', 'rejected')`,
        ),
      )
      .orderBy(sql`${organizations.state} = 'pending' desc`, desc(organizations.createdAt))
      .limit(1),
    db
      .select({
        id: users.id,
        name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('name'),
        email: users.email,
      })
      .from(users)
      .where(
        and(
          eq(users.organizationId, actor.organizationId),
          eq(users.state, 'active'),
          ne(users.id, actor.userId),
          sql`${actor.orgRole} = 'super_admin' and ${actor.inDefaultOrganization ? 1 : 0} = 0`,
        ),
      )
      .orderBy(users.nameKey, users.id)
      .limit(maxPeople),
  ])
  const organization = rows[0]
  if (!organization) throw new NotFoundError('organization')
  return {
    organization,
    teams: actor.inDefaultOrganization ? [] : teamRows,
    request: actor.inDefaultOrganization ? (requestRows[0] ?? null) : null,
    successors: peopleRows,
  }
}

/** Teams to choose for somebody who is invited; the default team first. */
export function listOwnTeams(ctx: DomainContext<SuperAdminActor>) {
  return ctx.db
    .select({ id: teams.id, name: teams.name, isDefault: teams.isDefault })
    .from(teams)
    .where(eq(teams.organizationId, ctx.actor.organizationId))
    .orderBy(desc(teams.isDefault), teams.nameKey)
    .limit(maxTeams)
}

/** A member with all teams of the organization. Throws NotFoundError. */
export async function getOwnMember(ctx: DomainContext<SuperAdminActor>, userId: UserId) {
  const { db, actor } = ctx
  const [rows, teamRows] = await db.batch([
    db
      .select({
        id: users.id,
        firstName: users.firstName,
        lastName: users.lastName,
        email: users.email,
        orgRole: users.orgRole,
      })
      .from(users)
      .where(and(eq(users.id, userId), eq(users.organizationId, actor.organizationId), joined)),
    teamChoicesQuery(db, userId, eq(teams.organizationId, actor.organizationId)),
  ])
  const member = rows[0]
  if (!member) throw new NotFoundError('member')
  return { ...member, orgRole: member.orgRole ?? 'team_member', teams: teamRows }
}

/** As many as are offered to join; beyond that one searches. */
const maxOthers = 10

/** A team with a page of its people, and people of the organization who are not in it; both match `search`. Throws NotFoundError. */
export async function getOwnTeam(
  ctx: DomainContext<SuperAdminActor>,
  teamId: TeamId,
  list: { search: string; page: PageRequest } = { search: '', page: pageRequest(new URLSearchParams()) },
) {
  const { search, page } = list
  const cursor = decodeCursor(page.cursor)
  const forward = page.direction === 'next'
  const { db, actor } = ctx
  const needle = search.trim().toLowerCase()
  const own = and(eq(teams.id, teamId), eq(teams.organizationId, actor.organizationId))
  const person = {
    id: users.id,
    name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('name'),
    email: users.email,
  }
  const matches = needle
    ? sql`(instr(${users.nameKey}, ${needle}) > 0 or instr(lower(${users.emailKey}), ${needle}) > 0)`
    : undefined
  const inTeam = sql`${users.id} in (select m.user_id from team_members m where m.team_id = ${teamId})`
  const [rows, memberRows, otherRows] = await db.batch([
    db
      .select({
        id: teams.id,
        name: teams.name,
        isDefault: teams.isDefault,
        memberCount,
        sharedApps: sql<number>`(select count(*) from apps a where a.team_id = teams.id)`.as('shared_apps'),
        catalogs: sql<number>`(select count(*) from catalog_audiences c where c.team_id = teams.id)`.as(
          'catalogs',
        ),
      })
      .from(teams)
      .where(own),
    db
      .select(person)
      .from(users)
      .innerJoin(teamMembers, and(eq(teamMembers.userId, users.id), eq(teamMembers.teamId, teamId)))
      .where(
        and(
          eq(users.organizationId, actor.organizationId),
          joined,
          matches,
          cursor
            ? forward
              ? sql`${teamMembers.userId} < ${cursor.id}`
              : sql`${teamMembers.userId} > ${cursor.id}`
            : undefined,
        ),
      )
      // The order of the key, newest first: by name, a large team would be read whole.
      .orderBy(forward ? desc(teamMembers.userId) : teamMembers.userId)
      .limit(page.size + 1),
    // Everybody is in the default team: from there nobody needs to be looked for.
    db
      .select(person)
      .from(teams)
      .innerJoin(users, eq(users.organizationId, teams.organizationId))
      .where(and(own, eq(teams.isDefault, false), eq(users.state, 'active'), sql`not (${inTeam})`, matches))
      .orderBy(users.nameKey, users.id)
      .limit(maxOthers + 1),
  ])
  const team = rows[0]
  if (!team) throw new NotFoundError('team')
  return {
    team,
    members: toPage(memberRows, page, (row) => ({ key: row.id, id: row.id })),
    others: otherRows.slice(0, maxOthers),
    moreOthers: otherRows.length > maxOthers,
  }
}

/** What leaving would mean: who takes over the apps, or null when they come along. Throws NotFoundError. */
export async function getLeaving(ctx: DomainContext<DeveloperActor>) {
  const { organizationId, userId, orgRole } = ctx.actor
  const heir = heirOf(organizationId, userId)
  const [row] = await ctx.db
    .select({
      organizationName: organizations.name,
      apps: sql<number>`(select count(*) from apps a where a.owner_id = ${userId})`,
      heirName: sql<
        string | null
      >`(select trim(h.first_name || ' ' || h.last_name) from users h where h.id = ${heir})`,
      mayLeave: sql<boolean>`(${orgRole} <> 'super_admin' or ${hasOtherSuperAdmin(organizationId, userId)}
        or ${isAlone(organizationId, userId)})`.mapWith(Boolean),
    })
    .from(organizations)
    .where(and(eq(organizations.id, organizationId), eq(organizations.isDefault, false)))
  if (!row) throw new NotFoundError('organization')
  return row
}
