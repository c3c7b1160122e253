// The list of users. Each page is read along one index: what a filter is not read by carries a unary plus, which keeps
// SQLite from choosing its index and sorting a hundred thousand rows. Searching looks at beginnings, which indexes hold.
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { UserId } from '~/domain/kernel/ids'
import { type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { emailKey, nameKey } from '~/domain/kernel/text'
import { named, namedOrNull } from '~db/columns'
import { keyset } from '~db/keyset'
import { organizations, teams, users } from '~db/schema'
import type { UserFilter } from './account'
import { listed } from './person.server'
import type { UserListFilter, UserSort } from './user-list'

export type UserList = UserListFilter & { page: PageRequest }

/** Developers. `search` takes the beginning of a name, a last name or an address, or `@` and that of a domain. */
export async function listUsers(ctx: DomainContext<AdminActor>, list: UserList): Promise<Page<UserRow>> {
  const [rows] = await ctx.db.batch([userRows(ctx, list)])
  return pageOf(list, rows)
}

/** As many as a filter offers without being asked for more. */
const maxOrganizations = 20
const maxTeams = 100

/** One page, and what its filters offer: some organizations by name, and the teams of the chosen one. */
export async function getUserList(ctx: DomainContext<AdminActor>, list: UserList) {
  const { organizationId, teamId } = list
  const needle = nameKey(list.find)
  const [rows, chosenRows, organizationRows, teamRows] = await ctx.db.batch([
    userRows(ctx, list),
    ctx.db
      .select({
        organization: sql<string | null>`(select name from organizations where id = ${organizationId})`.as(
          'organization_name',
        ),
        team: sql<string | null>`(select name from teams where id = ${teamId})`.as('team_name'),
      })
      .from(sql`(select 1)`),
    ctx.db
      .select({ id: organizations.id, name: organizations.name })
      .from(organizations)
      .where(
        and(
          sql`${organizations.state} <> 'rejected'`,
          needle ? sql`instr(${organizations.nameKey}, ${needle}) > 0` : undefined,
        ),
      )
      .orderBy(organizations.nameKey)
      .limit(maxOrganizations + 1),
    ctx.db
      .select({ id: teams.id, name: teams.name })
      .from(teams)
      .where(sql`${teams.organizationId} = ${organizationId}`)
      .orderBy(teams.nameKey)
      .limit(maxTeams),
  ])
  return {
    ...pageOf(list, rows),
    chosen: chosenRows[0] ?? { organization: null, team: null },
    organizations: organizationRows.slice(0, maxOrganizations),
    moreOrganizations: organizationRows.length > maxOrganizations || needle !== '',
    teams: teamRows,
  }
}

export type UserListPage = Awaited<ReturnType<typeof getUserList>>

/** Who was ticked, for a page that asks once more. Nobody but developers. */
export function listChosenUsers(ctx: DomainContext<AdminActor>, userIds: readonly UserId[]) {
  return ctx.db
    .select({
      id: users.id,
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
      email: users.email,
      state: users.state,
    })
    .from(users)
    .where(and(inArray(users.id, listed(userIds)), eq(users.role, 'developer')))
    .orderBy(users.nameKey, users.id)
}

export type UserRow = Awaited<ReturnType<typeof userRows>>[number]

const sortColumns = {
  name: users.nameKey,
  registered: users.createdAt,
  'last-login': users.lastLoginKey,
} as const satisfies Record<UserSort, unknown>

function pageOf(list: UserList, rows: UserRow[]): Page<UserRow> {
  return toPage(rows, list.page, (row) => ({
    key:
      list.sort === 'name'
        ? (row.nameKey ?? '')
        : list.sort === 'registered'
          ? row.createdAt
          : (row.lastLoginAt ?? 0),
    id: row.id,
  }))
}

function userRows(ctx: DomainContext<AdminActor>, list: UserList) {
  const { page } = list
  const column = sortColumns[list.sort]
  const { after, order } = keyset(page, column, users.id, list.descending ? 'highest' : 'lowest')
  return ctx.db
    .select({
      id: named(users.id, 'user_id'),
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('person_name'),
      nameKey: named(users.nameKey, 'person_name_key'),
      firstName: named(users.firstName, 'person_first_name'),
      lastName: named(users.lastName, 'person_last_name'),
      email: named(users.email, 'person_email'),
      state: named(users.state, 'user_state'),
      orgRole: named(users.orgRole, 'user_org_role'),
      organizationId: named(users.organizationId, 'user_organization_id'),
      organizationName: namedOrNull(organizations.name, 'organization_name'),
      lastLoginAt: named(users.lastLoginAt, 'user_last_login_at'),
      createdAt: named(users.createdAt, 'user_created_at'),
    })
    .from(users)
    .leftJoin(organizations, eq(organizations.id, users.organizationId))
    .where(and(sql`+${users.role} = 'developer'`, ...narrowing(list), after))
    .orderBy(...order)
    .limit(page.size + 1)
}

/** The most telling filter is read by its index and sorted; the others are looked at row by row. */
function narrowing({ search, state, organizationId, teamId, orgRole, sort }: UserListFilter): SQL[] {
  const conditions: SQL[] = []
  let read = false
  if (search) {
    conditions.push(beginsWith(search))
    read = true
  }
  if (teamId) {
    // The default team holds most people: walking along the order finds a page sooner.
    const walk = read || teamId === 'team_default'
    conditions.push(
      walk
        ? sql`exists (select 1 from team_members m where m.team_id = ${teamId} and m.user_id = ${users.id})`
        : sql`${users.id} in (select m.user_id from team_members m where m.team_id = ${teamId})`,
    )
    read ||= !walk
  }
  if (organizationId) {
    const walk = read || (organizationId === 'org_default' && sort !== 'registered')
    conditions.push(sql`${plus(walk)}${users.organizationId} = ${organizationId}`)
    read ||= !walk
  }
  if (state) conditions.push(inState(state, read || (state === 'active' && sort !== 'registered')))
  if (orgRole) conditions.push(sql`+${users.orgRole} = ${orgRole}`)
  return conditions
}

function plus(walk: boolean): SQL {
  return walk ? sql`+` : sql``
}

function inState(state: UserFilter, walk: boolean): SQL {
  return state === 'inactive'
    ? sql`${plus(walk)}${users.state} in ('pending', 'invited', 'rejected', 'deactivated')`
    : sql`${plus(walk)}${users.state} = ${state}`
}

/** People whose address, name or last name begins so; the domain of an address after `@`. */
export function beginsWith(search: string): SQL {
  // Only ASCII letters lose their case, as in SQLite's `lower`.
  const from = emailKey(search)
  const to = `${from}\u{10ffff}`
  const found = (column: SQL) => sql`select id from users where ${column} >= ${from} and ${column} < ${to}`
  if (from.startsWith('@')) return sql`${users.id} in (${found(sql`email_domain`)})`
  return sql`${users.id} in (${found(sql`email_key`)} union ${found(sql`name_key`)} union ${found(sql`last_name_key`)})`
}
