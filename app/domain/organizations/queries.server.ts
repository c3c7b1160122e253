// What admins read about organizations.
import { and, desc, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { OrganizationId } from '~/domain/kernel/ids'
import { decodeCursor, type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { nameKey } from '~/domain/kernel/text'
import { organizations, teams, users } from '~db/schema'

export type OrganizationList = { search: string | null; page: PageRequest }

/** Newest first, with the number of developers and teams of each. */
export async function listOrganizations(
  ctx: DomainContext<AdminActor>,
  list: OrganizationList,
): Promise<Page<OrganizationRow>> {
  const rows = await organizationRows(ctx, list)
  return toPage(rows, list.page, (row) => ({ key: row.createdAt, id: row.id }))
}

export type OrganizationRow = Awaited<ReturnType<typeof organizationRows>>[number]

function organizationRows(ctx: DomainContext<AdminActor>, { search, page }: OrganizationList) {
  const cursor = decodeCursor(page.cursor)
  const backwards = page.direction === 'previous'
  const place = sql`(${organizations.createdAt}, ${organizations.id})`
  const needle = search ? nameKey(search) : ''
  return ctx.db
    .select({
      id: organizations.id,
      name: organizations.name,
      state: organizations.state,
      isDefault: organizations.isDefault,
      createdAt: organizations.createdAt,
      ...counts,
    })
    .from(organizations)
    .where(
      and(
        needle ? sql`instr(${organizations.nameKey}, ${needle}) > 0` : undefined,
        cursor
          ? backwards
            ? sql`${place} > (${cursor.key}, ${cursor.id})`
            : sql`${place} < (${cursor.key}, ${cursor.id})`
          : undefined,
      ),
    )
    .orderBy(
      ...(backwards
        ? [organizations.createdAt, organizations.id]
        : [desc(organizations.createdAt), desc(organizations.id)]),
    )
    .limit(page.size + 1)
}

/** Read from indexes alone, and only for the rows of the page. */
const counts = {
  developers: sql<number>`(select count(*) from users where users.organization_id = organizations.id)`.as(
    'developers',
  ),
  teams: sql<number>`(select count(*) from teams where teams.organization_id = organizations.id)`.as('teams'),
}

/** As many as a select can hold well; beyond that one searches. */
const maxChoices = 100

/** Organizations to choose from, by name, and the teams of the chosen one (the default organization unless it exists). */
export async function listOrganizationChoices(
  ctx: DomainContext<AdminActor>,
  choice: { search: string; chosen: OrganizationId | null },
) {
  const needle = nameKey(choice.search)
  const chosen = sql<OrganizationId>`coalesce((select o.id from organizations o where o.id = ${choice.chosen} and o.state in ('active', 'suspended')), 'org_default')`
  const [rows, teamRows] = await ctx.db.batch([
    ctx.db
      .select({
        id: organizations.id,
        name: organizations.name,
        isChosen: sql<boolean>`${organizations.id} = ${chosen}`.mapWith(Boolean).as('is_chosen'),
      })
      .from(organizations)
      .where(
        and(
          sql`${organizations.state} in ('active', 'suspended')`,
          needle
            ? sql`(instr(${organizations.nameKey}, ${needle}) > 0 or ${organizations.id} = ${chosen})`
            : undefined,
        ),
      )
      .orderBy(sql`${organizations.id} = ${chosen} desc`, organizations.nameKey)
      .limit(maxChoices + 1),
    ctx.db
      .select({ id: teams.id, name: teams.name, isDefault: teams.isDefault })
      .from(teams)
      .where(sql`${teams.organizationId} = ${chosen}`)
      .orderBy(desc(teams.isDefault), teams.nameKey)
      .limit(200),
  ])
  return {
    organizations: rows.slice(0, maxChoices),
    more: rows.length > maxChoices,
    chosen: rows.find((row) => row.isChosen) ?? null,
    teams: teamRows,
  }
}

/** As many members and teams as an organization's page shows. */
const shown = 100

/** One organization with its teams and its first members. Throws NotFoundError. */
export async function getOrganization(ctx: DomainContext<AdminActor>, organizationId: OrganizationId) {
  const [rows, teamRows, memberRows] = await ctx.db.batch([
    ctx.db
      .select({
        id: organizations.id,
        name: organizations.name,
        state: organizations.state,
        isDefault: organizations.isDefault,
        createdAt: organizations.createdAt,
        ...counts,
      })
      .from(organizations)
      .where(eq(organizations.id, organizationId)),
    ctx.db
      .select({
        id: teams.id,
        name: teams.name,
        isDefault: teams.isDefault,
        members: sql<number>`(select count(*) from team_members where team_members.team_id = teams.id)`.as(
          'members',
        ),
      })
      .from(teams)
      .where(eq(teams.organizationId, organizationId))
      .orderBy(desc(teams.isDefault), teams.nameKey)
      .limit(shown),
    ctx.db
      .select({
        id: users.id,
        name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('name'),
        email: users.email,
        state: users.state,
        orgRole: users.orgRole,
        createdAt: users.createdAt,
      })
      .from(users)
      .where(eq(users.organizationId, organizationId))
      .orderBy(desc(users.createdAt), desc(users.id))
      .limit(shown),
  ])
  const organization = rows[0]
  if (!organization) throw new NotFoundError(`organization ${organizationId}`)
  return { ...organization, teamList: teamRows, members: memberRows }
}
