// What admins read about people, and what people read about themselves.
import { and, desc, eq, ne, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { AdminActor, UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { UserId } from '~/domain/kernel/ids'
import { decodeCursor, type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { named, namedOrNull } from '~db/columns'
import { organizations, teamMembers, teams, users } from '~db/schema'
import type { UserFilter } from './account'

export type UserList = { search: string | null; state: UserFilter | null; page: PageRequest }

/** Developers, newest first. `search` looks in addresses and names. */
export async function listUsers(ctx: DomainContext<AdminActor>, list: UserList): Promise<Page<UserRow>> {
  const rows = await userRows(ctx, list)
  return toPage(rows, list.page, (row) => ({ key: row.createdAt, id: row.id }))
}

export type UserRow = Awaited<ReturnType<typeof userRows>>[number]

function userRows(ctx: DomainContext<AdminActor>, { search, state, page }: UserList) {
  const cursor = decodeCursor(page.cursor)
  const backwards = page.direction === 'previous'
  const place = sql`(${users.createdAt}, ${users.id})`
  const needle = search?.trim().toLowerCase() ?? ''
  return ctx.db
    .select({
      id: users.id,
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
      email: users.email,
      state: users.state,
      stateReason: users.stateReason,
      orgRole: users.orgRole,
      organizationName: organizations.name,
      createdAt: users.createdAt,
    })
    .from(users)
    .leftJoin(organizations, eq(organizations.id, users.organizationId))
    .where(
      and(
        eq(users.role, 'developer'),
        state === 'inactive' ? ne(users.state, 'active') : state ? eq(users.state, state) : undefined,
        needle
          ? or(
              sql`instr(lower(${users.emailKey}), ${needle}) > 0`,
              sql`instr(lower(${users.firstName} || ' ' || ${users.lastName}), ${needle}) > 0`,
            )
          : undefined,
        cursor
          ? backwards
            ? sql`${place} > (${cursor.key}, ${cursor.id})`
            : sql`${place} < (${cursor.key}, ${cursor.id})`
          : undefined,
      ),
    )
    .orderBy(...(backwards ? [users.createdAt, users.id] : [desc(users.createdAt), desc(users.id)]))
    .limit(page.size + 1)
}

/** One user (developer or admin) with organization, teams and who decided last. Throws NotFoundError. */
export async function getUser(ctx: DomainContext<AdminActor>, userId: UserId) {
  const decider = alias(users, 'decider')
  const [rows, teamRows] = await ctx.db.batch([
    ctx.db
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
      })
      .from(users)
      .leftJoin(organizations, eq(organizations.id, users.organizationId))
      .leftJoin(decider, eq(decider.id, users.decidedById))
      .where(eq(users.id, userId)),
    ctx.db
      .select({ id: named(teams.id, 'team_id'), name: named(teams.name, 'team_name') })
      .from(teamMembers)
      .innerJoin(teams, eq(teams.id, teamMembers.teamId))
      .where(eq(teamMembers.userId, userId))
      .orderBy(desc(teams.isDefault), teams.nameKey)
      .limit(100),
  ])
  const user = rows[0]
  if (!user) throw new NotFoundError(`user ${userId}`)
  return { ...user, name: `${user.firstName} ${user.lastName}`.trim(), teams: teamRows }
}

/** One's own names, for the profile. */
export async function getProfile(ctx: DomainContext<UserActor>) {
  const [row] = await ctx.db
    .select({
      firstName: users.firstName,
      lastName: users.lastName,
      email: users.email,
      createdAt: users.createdAt,
      passwordChangedAt: users.passwordChangedAt,
    })
    .from(users)
    .where(eq(users.id, ctx.actor.userId))
  if (!row) throw new NotFoundError('profile')
  return row
}
