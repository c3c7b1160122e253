// What admins read about plans: the list, and one plan with what depends on it.
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { nameKey } from '~/domain/kernel/text'
import { keyset } from '~db/keyset'
import { termsIn } from '~db/plan-terms'
import { accessRequests, apps, catalogPlans, catalogs, organizations, plans } from '~db/schema'
import { catalogChoices } from './catalog-choices.server'
import type { PlanFilter } from './plan'

export type PlanList = { search: string; filter: PlanFilter; page: PageRequest }

/** By name, with the catalogs that offer each and how many approved requests stand on it. */
export async function listPlans(ctx: DomainContext<AdminActor>, list: PlanList): Promise<Page<PlanRow>> {
  const rows = await planRows(ctx, list)
  return toPage(rows, list.page, (row) => ({ key: row.nameKey, id: row.id }))
}

export type PlanRow = Awaited<ReturnType<typeof planRows>>[number]

const columns = {
  id: plans.id,
  name: plans.name,
  nameKey: plans.nameKey,
  description: plans.description,
  ...termsIn(plans),
  approval: plans.approval,
  archivedAt: plans.archivedAt,
  createdAt: plans.createdAt,
  approved: requests('approved'),
  pending: requests('pending'),
}

function requests(state: 'approved' | 'pending') {
  return sql<number>`(select count(*) from access_requests where access_requests.plan_id = plans.id and access_requests.state = ${state})`.as(
    `${state}_requests`,
  )
}

function planRows(ctx: DomainContext<AdminActor>, { search, filter, page }: PlanList) {
  const { after, order } = keyset(page, plans.nameKey, plans.id, 'lowest')
  const needle = nameKey(search)
  return ctx.db
    .select({
      ...columns,
      catalogs: sql<string[]>`(select json_group_array(name) from (select catalogs.name from catalog_plans
          join catalogs on catalogs.id = catalog_plans.catalog_id and catalogs.deleted_at is null
          where catalog_plans.plan_id = plans.id order by catalogs.position, catalogs.name limit 20))`
        .mapWith((text: string) => JSON.parse(text) as string[])
        .as('catalog_names'),
    })
    .from(plans)
    .where(
      and(
        needle ? sql`instr(${plans.nameKey}, ${needle}) > 0` : undefined,
        filter === 'all' ? undefined : sql`(${plans.archivedAt} is null) = ${filter === 'offered' ? 1 : 0}`,
        after,
      ),
    )
    .orderBy(...order)
    .limit(page.size + 1)
}

/** One plan with its catalogs and the first of the apps that have access under it. Throws NotFoundError. */
export async function getPlan(ctx: DomainContext<AdminActor>, planId: Id<'pln'>) {
  const [rows, catalogRows, appRows] = await ctx.db.batch([
    ctx.db
      .select({
        ...columns,
        requests:
          sql<number>`(select count(*) from access_requests where access_requests.plan_id = plans.id)`.as(
            'all_requests',
          ),
      })
      .from(plans)
      .where(eq(plans.id, planId)),
    catalogChoices(
      ctx,
      sql`exists (select 1 from catalog_plans where catalog_plans.catalog_id = catalogs.id and catalog_plans.plan_id = ${planId})`,
    ),
    ctx.db
      .select({
        requestId: sql<Id<'req'>>`${accessRequests.id}`.as('request_id'),
        appName: sql<string>`${apps.name}`.as('app_name'),
        organizationName: sql<string>`${organizations.name}`.as('organization_name'),
        state: sql<'pending' | 'approved'>`${accessRequests.state}`.as('request_state'),
      })
      .from(accessRequests)
      .innerJoin(apps, eq(apps.id, accessRequests.appId))
      .innerJoin(organizations, eq(organizations.id, accessRequests.organizationId))
      .where(and(eq(accessRequests.planId, planId), sql`${accessRequests.state} in ('pending', 'approved')`))
      .orderBy(desc(accessRequests.createdAt))
      .limit(20),
  ])
  const plan = rows[0]
  if (!plan) throw new NotFoundError(`plan ${planId}`)
  return { ...plan, catalogs: catalogRows, dependents: appRows }
}

/** One plan with every catalog that offers it, for programs. Throws NotFoundError. */
export async function getPlanFacts(ctx: DomainContext<AdminActor>, planId: Id<'pln'>) {
  const [rows, offers] = await ctx.db.batch([
    ctx.db.select(columns).from(plans).where(eq(plans.id, planId)),
    ctx.db
      .select({ catalogId: catalogPlans.catalogId })
      .from(catalogPlans)
      .innerJoin(catalogs, and(eq(catalogs.id, catalogPlans.catalogId), isNull(catalogs.deletedAt)))
      .where(eq(catalogPlans.planId, planId))
      .orderBy(asc(catalogs.position), asc(catalogs.name)),
  ])
  const plan = rows[0]
  if (!plan) throw new NotFoundError(`plan ${planId}`)
  return { ...plan, catalogIds: offers.map(({ catalogId }) => catalogId) }
}
