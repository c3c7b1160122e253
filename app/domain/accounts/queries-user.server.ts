// All that an admin sees of one person, in one trip: place, invitation, sessions, second factors, apps, what happened.
import { and, desc, eq, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { TeamId, UserId } from '~/domain/kernel/ids'
import { named, namedOrNull } from '~db/columns'
import { apps, events, invitations, organizations, teamMembers, teams, users } from '~db/schema'
import { sessionsQuery } from './queries-sessions.server'
import { teamChoicesQuery } from './queries-team-choices.server'

const maxEvents = 30
const maxApps = 50

/** Throws NotFoundError. */
export async function getUser(ctx: DomainContext<AdminActor>, userId: UserId) {
  const { db } = ctx
  const decider = alias(users, 'decider')
  const [rows, teamRows, invitationRows, sessionRows, appRows, eventRows] = await db.batch([
    db
      .select({
        id: named(users.id, 'user_id'),
        firstName: named(users.firstName, 'first_name'),
        lastName: named(users.lastName, 'last_name'),
        email: named(users.email, 'email'),
        role: named(users.role, 'role'),
        state: named(users.state, 'state'),
        stateReason: named(users.stateReason, 'state_reason'),
        orgRole: named(users.orgRole, 'org_role'),
        organizationId: named(users.organizationId, 'organization_id'),
        organizationName: namedOrNull(organizations.name, 'organization_name'),
        emailVerifiedAt: named(users.emailVerifiedAt, 'email_verified_at'),
        mustChangePassword: named(users.mustChangePassword, 'must_change_password'),
        lastLoginAt: named(users.lastLoginAt, 'last_login_at'),
        createdAt: named(users.createdAt, 'created_at'),
        decidedAt: named(users.decidedAt, 'decided_at'),
        decidedBy: sql<string | null>`trim(${decider.firstName} || ' ' || ${decider.lastName})`.as(
          'decided_by',
        ),
        hasPassword: sql<boolean>`${users.passwordHash} is not null`.mapWith(Boolean).as('has_password'),
        hasTwoFactor:
          sql<boolean>`exists (select 1 from two_factor_secrets f where f.user_id = ${users.id} and f.confirmed_at is not null)`
            .mapWith(Boolean)
            .as('has_two_factor'),
        passkeys: sql<number>`(select count(*) from passkeys k where k.user_id = ${users.id})`.as(
          'passkey_count',
        ),
      })
      .from(users)
      .leftJoin(organizations, eq(organizations.id, users.organizationId))
      .leftJoin(decider, eq(decider.id, users.decidedById))
      .where(eq(users.id, userId)),
    db
      .select({ id: named(teams.id, 'team_id'), name: named(teams.name, 'team_name') })
      .from(teamMembers)
      .innerJoin(teams, eq(teams.id, teamMembers.teamId))
      .where(eq(teamMembers.userId, userId))
      .orderBy(desc(teams.isDefault), teams.nameKey)
      .limit(100),
    db
      .select({ createdAt: invitations.createdAt, expiresAt: invitations.expiresAt })
      .from(invitations)
      .where(and(eq(invitations.userId, userId), eq(invitations.state, 'open'))),
    sessionsQuery(ctx, userId),
    db
      .select({ id: apps.id, name: apps.name, visibility: apps.visibility, createdAt: apps.createdAt })
      .from(apps)
      .where(eq(apps.ownerId, userId))
      .orderBy(desc(apps.createdAt), desc(apps.id))
      .limit(maxApps),
    db
      .select({
        id: events.id,
        type: events.type,
        actorLabel: events.actorLabel,
        data: events.data,
        createdAt: events.createdAt,
      })
      .from(events)
      .where(or(eq(events.subjectId, userId), eq(events.actorId, userId)))
      .orderBy(desc(events.createdAt), sql`rowid desc`)
      .limit(maxEvents),
  ])
  const [user] = rows
  if (!user) throw new NotFoundError(`user ${userId}`)
  return {
    ...user,
    name: `${user.firstName} ${user.lastName}`.trim(),
    teams: teamRows,
    invitation: invitationRows[0] ?? null,
    sessions: sessionRows,
    apps: appRows,
    events: eventRows,
  }
}

export type UserPage = Awaited<ReturnType<typeof getUser>>

/** The form that changes a developer: names, role, teams, and the teams to choose from. Throws NotFoundError. */
export async function getDeveloperToEdit(ctx: DomainContext<AdminActor>, userId: UserId) {
  const [rows, teamRows] = await ctx.db.batch([
    ctx.db
      .select({
        id: users.id,
        firstName: users.firstName,
        lastName: users.lastName,
        email: users.email,
        orgRole: users.orgRole,
      })
      .from(users)
      .where(and(eq(users.id, userId), eq(users.role, 'developer'))),
    teamChoicesQuery(
      ctx.db,
      userId,
      sql`${teams.organizationId} = (select u.organization_id from users u where u.id = ${userId})`,
    ),
  ])
  const [user] = rows
  if (!user?.orgRole) throw new NotFoundError(`user ${userId}`)
  return { ...user, orgRole: user.orgRole, teams: teamRows }
}

/** A developer as they are, with every team: what a change in part starts from. Throws NotFoundError. */
export async function getDeveloper(ctx: DomainContext<AdminActor>, userId: UserId) {
  const [row] = await ctx.db
    .select({
      firstName: users.firstName,
      lastName: users.lastName,
      orgRole: users.orgRole,
      teamIds:
        sql`(select json_group_array(m.team_id) from team_members m where m.user_id = ${userId})`.mapWith(
          (value: string) => JSON.parse(value) as TeamId[],
        ),
    })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.role, 'developer')))
  if (!row?.orgRole) throw new NotFoundError(`developer ${userId}`)
  return { ...row, orgRole: row.orgRole }
}
