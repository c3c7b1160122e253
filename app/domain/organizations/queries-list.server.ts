// The admins' lists of organizations and of teams. A page is read along the index of its order, and sizes are kept by
// triggers, so neither how many there are nor how much they hold changes its cost. A search looks into each name.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { waitingOrganizations } from '~/domain/accounts/queries-waiting-organizations.server'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { OrganizationId } from '~/domain/kernel/ids'
import { type Cursor, type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { nameKey } from '~/domain/kernel/text'
import { named } from '~db/columns'
import { keyset } from '~db/keyset'
import { organizationSizes, organizations, teams } from '~db/schema'
import type { OrganizationListFilter, PlaceOrder, TeamListFilter } from './lists'
import { selectTeams } from './team-rows.server'

export type OrganizationList = OrganizationListFilter & { page: PageRequest }
export type TeamList = TeamListFilter & { page: PageRequest }

export type OrganizationRow = Awaited<ReturnType<typeof organizationRows>>[number]
export type TeamRow = Awaited<ReturnType<typeof teamRows>>[number]

/** As many requests as stand above the list. */
const maxWaiting = 5

export async function listOrganizations(
  ctx: DomainContext<AdminActor>,
  list: OrganizationList,
): Promise<Page<OrganizationRow>> {
  return toPage(await organizationRows(ctx, list), list.page, cursorOf(list))
}

/** One page, and the oldest requests that wait for a decision. */
export async function getOrganizationList(ctx: DomainContext<AdminActor>, list: OrganizationList) {
  const [rows, waiting] = await ctx.db.batch([
    organizationRows(ctx, list),
    waitingOrganizations(ctx, maxWaiting),
  ])
  return { ...toPage(rows, list.page, cursorOf(list)), waiting }
}

/** One of them, as the list shows it. Throws NotFoundError. */
export async function getOrganizationRow(
  ctx: DomainContext<AdminActor>,
  organizationId: OrganizationId,
): Promise<OrganizationRow> {
  const [row] = await ctx.db
    .select(organizationColumns)
    .from(organizations)
    .innerJoin(organizationSizes, eq(organizationSizes.organizationId, organizations.id))
    .where(eq(organizations.id, organizationId))
  if (!row) throw new NotFoundError(`organization ${organizationId}`)
  return row
}

const organizationColumns = {
  id: named(organizations.id, 'organization_id'),
  name: organizations.name,
  nameKey: organizations.nameKey,
  state: organizations.state,
  isDefault: organizations.isDefault,
  createdAt: organizations.createdAt,
  members: organizationSizes.members,
  teams: organizationSizes.teams,
  apps: organizationSizes.apps,
}

function organizationRows(ctx: DomainContext<AdminActor>, list: OrganizationList) {
  const { after, order } = placeIn(list, organizations)
  return ctx.db
    .select(organizationColumns)
    .from(organizations)
    .innerJoin(organizationSizes, eq(organizationSizes.organizationId, organizations.id))
    .where(
      and(
        list.state ? eq(organizations.state, list.state) : undefined,
        holds(organizations.nameKey, list.search),
        after,
      ),
    )
    .orderBy(...order)
    .limit(list.page.size + 1)
}

/** One page, and the name of the organization that the list is narrowed to. */
export async function getTeamList(ctx: DomainContext<AdminActor>, list: TeamList) {
  const [rows, chosen] = await ctx.db.batch([
    teamRows(ctx, list),
    ctx.db
      .select({ id: organizations.id, name: organizations.name })
      .from(organizations)
      .where(sql`${organizations.id} = ${list.organizationId}`),
  ])
  return { ...toPage(rows, list.page, cursorOf(list)), organization: chosen[0] ?? null }
}

function teamRows(ctx: DomainContext<AdminActor>, list: TeamList) {
  const { after, order } = placeIn(list, teams)
  return selectTeams(ctx)
    .where(
      and(
        list.organizationId ? eq(teams.organizationId, list.organizationId) : undefined,
        holds(teams.nameKey, list.search),
        after,
      ),
    )
    .orderBy(...order)
    .limit(list.page.size + 1)
}

type Listed = typeof organizations | typeof teams

function placeIn({ sort, descending, page }: PlaceOrder & { page: PageRequest }, table: Listed) {
  const column = sort === 'name' ? table.nameKey : table.createdAt
  return keyset(page, column, table.id, descending ? 'highest' : 'lowest')
}

function cursorOf({ sort }: PlaceOrder) {
  return (row: { id: string; nameKey: string; createdAt: number }): Cursor => ({
    key: sort === 'name' ? row.nameKey : row.createdAt,
    id: row.id,
  })
}

function holds(column: Listed['nameKey'], search: string): SQL | undefined {
  return search ? sql`instr(${column}, ${nameKey(search)}) > 0` : undefined
}
