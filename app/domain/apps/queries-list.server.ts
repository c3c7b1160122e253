// The admins' list of apps. A page is read along the index of its order; what stands beside a row is counted along indexes
// of that app alone. A search, and a filter by status, look into each app once at most.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { nameKey } from '~/domain/kernel/text'
import { named } from '~db/columns'
import { keyset } from '~db/keyset'
import { apps, organizations, users } from '~db/schema'
import type { AppListFilter, AppState } from './app-list'
import { frozenSince } from './queries.server'
import { workingKeys } from './queries-deletion.server'

export type AppList = AppListFilter & { page: PageRequest }

export type AppRow = Awaited<ReturnType<typeof appRows>>[number]

export async function listAllApps(ctx: DomainContext<AdminActor>, list: AppList): Promise<Page<AppRow>> {
  const [rows] = await ctx.db.batch([appRows(ctx, list)])
  return pageOf(rows, list)
}

/** One page, and the name of the organization that the list is narrowed to. */
export async function getAppList(ctx: DomainContext<AdminActor>, list: AppList) {
  const [rows, chosen] = await ctx.db.batch([
    appRows(ctx, list),
    ctx.db
      .select({ id: organizations.id, name: organizations.name })
      .from(organizations)
      .where(sql`${organizations.id} = ${list.organizationId}`),
  ])
  return { ...pageOf(rows, list), organization: chosen[0] ?? null }
}

function pageOf(rows: AppRow[], list: AppList): Page<AppRow> {
  return toPage(rows, list.page, (row) => ({
    key: list.sort === 'name' ? row.nameKey : row.createdAt,
    id: row.id,
  }))
}

/** One of them, as the list shows it. Throws NotFoundError. */
export async function getAppRow(ctx: DomainContext<AdminActor>, appId: Id<'app'>): Promise<AppRow> {
  const [row] = await shownApps(ctx).where(eq(apps.id, appId))
  if (!row) throw new NotFoundError(`app ${appId}`)
  return row
}

const pendingRequests = sql<number>`(select count(*) from access_requests r where r.app_id = ${apps.id} and r.state = 'pending')`

function appRows(ctx: DomainContext<AdminActor>, list: AppList) {
  const column = list.sort === 'name' ? apps.nameKey : apps.createdAt
  const { after, order } = keyset(list.page, column, apps.id, list.descending ? 'highest' : 'lowest')
  return shownApps(ctx)
    .where(
      and(
        list.organizationId ? eq(apps.organizationId, list.organizationId) : undefined,
        list.search ? holds(list.search) : undefined,
        list.state ? inState(ctx, list.state) : undefined,
        after,
      ),
    )
    .orderBy(...order)
    .limit(list.page.size + 1)
}

function shownApps(ctx: DomainContext) {
  return ctx.db
    .select({
      id: named(apps.id, 'app_id'),
      name: named(apps.name, 'app_name'),
      nameKey: named(apps.nameKey, 'app_name_key'),
      visibility: apps.visibility,
      createdAt: named(apps.createdAt, 'app_created_at'),
      frozenAt: frozenSince,
      ownerId: apps.ownerId,
      ownerName: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('owner_name'),
      ownerEmail: users.email,
      organizationId: named(apps.organizationId, 'app_organization_id'),
      organizationName: named(organizations.name, 'organization_name'),
      products: sql<number>`(select count(distinct a.product_id) from access_requests r
        join access_request_products a on a.request_id = r.id where r.app_id = ${apps.id} and r.state = 'approved')`.as(
        'product_count',
      ),
      workingKeys: workingKeys(ctx).as('working_keys'),
      pendingRequests: pendingRequests.as('pending_requests'),
    })
    .from(apps)
    .innerJoin(users, eq(users.id, apps.ownerId))
    .innerJoin(organizations, eq(organizations.id, apps.organizationId))
    .$dynamic()
}

/** LIKE fails on long patterns in D1, so the text is looked for as it is. */
function holds(search: string): SQL {
  const needle = nameKey(search)
  return sql`(instr(${apps.nameKey}, ${needle}) > 0 or instr(${organizations.nameKey}, ${needle}) > 0
    or instr(${users.nameKey}, ${needle}) > 0 or instr(${users.emailKey}, ${needle}) > 0)`
}

/** `appStateOf` as SQL. */
function inState(ctx: DomainContext, state: AppState): SQL {
  const stands = sql`(${apps.frozenAt} is not null or ${organizations.frozenAt} is not null)`
  if (state === 'frozen') return stands
  const works = sql`${workingKeys(ctx)} > 0`
  if (state === 'active') return sql`(not ${stands} and ${works})`
  const waits = sql`${pendingRequests} > 0`
  return state === 'pending'
    ? sql`(not ${stands} and not ${works} and ${waits})`
    : sql`(not ${stands} and not ${works} and not ${waits})`
}
