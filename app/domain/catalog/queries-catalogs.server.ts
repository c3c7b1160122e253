// What admins read about catalogs: the list, one catalog with all it holds, and what depends on it.
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { nameKey } from '~/domain/kernel/text'
import { named } from '~db/columns'
import { keyset } from '~db/keyset'
import {
  catalogAudiences,
  catalogPlans,
  catalogProducts,
  catalogs,
  organizations,
  plans,
  products,
  teams,
} from '~db/schema'
import { planOrder, productOrder } from './catalog-items.server'

export type CatalogList = { search: string; page: PageRequest }

export async function listCatalogs(
  ctx: DomainContext<AdminActor>,
  list: CatalogList,
): Promise<Page<CatalogRow>> {
  const rows = await catalogRows(ctx, list)
  return toPage(rows, list.page, (row) => ({ key: row.nameKey, id: row.id }))
}

export type CatalogRow = Awaited<ReturnType<typeof catalogRows>>[number]

const columns = {
  id: catalogs.id,
  name: catalogs.name,
  nameKey: catalogs.nameKey,
  slug: catalogs.slug,
  visibility: catalogs.visibility,
  createdAt: catalogs.createdAt,
  products: countIn('catalog_products', 'product_count'),
  plans: countIn('catalog_plans', 'plan_count'),
  audience: countIn('catalog_audiences', 'audience_count'),
}

function countIn(table: 'catalog_products' | 'catalog_plans' | 'catalog_audiences', name: string) {
  const from = {
    catalog_products: sql`catalog_products`,
    catalog_plans: sql`catalog_plans`,
    catalog_audiences: sql`catalog_audiences`,
  }[table]
  return sql<number>`(select count(*) from ${from} rows_of where rows_of.catalog_id = catalogs.id)`.as(name)
}

function catalogRows(ctx: DomainContext<AdminActor>, { search, page }: CatalogList) {
  const { after, order } = keyset(page, catalogs.nameKey, catalogs.id, 'lowest')
  const needle = nameKey(search)
  return ctx.db
    .select(columns)
    .from(catalogs)
    .where(
      and(
        isNull(catalogs.deletedAt),
        needle ? sql`instr(${catalogs.nameKey}, ${needle}) > 0` : undefined,
        after,
      ),
    )
    .orderBy(...order)
    .limit(page.size + 1)
}

/** As many products, and as many members of the audience, as a catalog's page shows. */
const shown = 200

function catalogStatement(ctx: DomainContext<AdminActor>, catalogId: Id<'cat'>) {
  return ctx.db
    .select({
      ...columns,
      approved: requests('approved'),
      pending: requests('pending'),
      carts:
        sql<number>`(select count(distinct cart_items.user_id) from cart_items where cart_items.catalog_id = catalogs.id)`.as(
          'cart_count',
        ),
    })
    .from(catalogs)
    .where(and(eq(catalogs.id, catalogId), isNull(catalogs.deletedAt)))
}

function requests(state: 'approved' | 'pending') {
  return sql<number>`(select count(*) from access_requests where access_requests.catalog_id = catalogs.id and access_requests.state = ${state})`.as(
    `${state}_requests`,
  )
}

/** A catalog with its products and plans in their order, its audience, and what could be added. Throws NotFoundError. */
export async function getCatalog(ctx: DomainContext<AdminActor>, catalogId: Id<'cat'>) {
  const [rows, productRows, planRows, audienceRows, otherProducts, otherPlans] = await ctx.db.batch([
    catalogStatement(ctx, catalogId),
    ctx.db
      .select({ id: named(products.id, 'product_id'), name: products.name, state: products.state })
      .from(catalogProducts)
      .innerJoin(products, eq(products.id, catalogProducts.productId))
      .where(eq(catalogProducts.catalogId, catalogId))
      .orderBy(productOrder)
      .limit(shown),
    ctx.db
      .select({
        id: named(plans.id, 'plan_id'),
        name: plans.name,
        archived: sql<boolean>`${plans.archivedAt} is not null`.mapWith(Boolean).as('is_archived'),
        approval: plans.approval,
        rateLimit: plans.rateLimit,
        ratePeriodSeconds: plans.ratePeriodSeconds,
        quotaLimit: plans.quotaLimit,
        quotaPeriod: plans.quotaPeriod,
      })
      .from(catalogPlans)
      .innerJoin(plans, eq(plans.id, catalogPlans.planId))
      .where(eq(catalogPlans.catalogId, catalogId))
      .orderBy(planOrder)
      .limit(shown),
    ctx.db
      .select({
        member: sql<string>`coalesce(${catalogAudiences.teamId}, ${catalogAudiences.organizationId})`.as(
          'member_id',
        ),
        team: sql<string | null>`${teams.name}`.as('team_name'),
        organization: sql<string>`${organizations.name}`.as('organization_name'),
      })
      .from(catalogAudiences)
      .leftJoin(teams, eq(teams.id, catalogAudiences.teamId))
      .innerJoin(
        organizations,
        sql`${organizations.id} = coalesce(${catalogAudiences.organizationId}, ${teams.organizationId})`,
      )
      .where(eq(catalogAudiences.catalogId, catalogId))
      .orderBy(sql`organization_name`, sql`team_name`)
      .limit(shown),
    ctx.db
      .select({ id: products.id, name: products.name })
      .from(products)
      .where(
        sql`${products.deletedAt} is null and not exists (select 1 from catalog_products
          where catalog_products.catalog_id = ${catalogId} and catalog_products.product_id = products.id)`,
      )
      .orderBy(sql`lower(${products.name})`)
      .limit(500),
    ctx.db
      .select({ id: plans.id, name: plans.name })
      .from(plans)
      .where(
        sql`${plans.archivedAt} is null and not exists (select 1 from catalog_plans
          where catalog_plans.catalog_id = ${catalogId} and catalog_plans.plan_id = plans.id)`,
      )
      .orderBy(plans.nameKey)
      .limit(500),
  ])
  const catalog = rows[0]
  if (!catalog) throw new NotFoundError(`catalog ${catalogId}`)
  return {
    ...catalog,
    productList: productRows,
    planList: planRows,
    audienceList: audienceRows,
    otherProducts,
    otherPlans,
  }
}

/** The catalog itself, and what stands on it. Throws NotFoundError. */
export async function getCatalogFacts(ctx: DomainContext<AdminActor>, catalogId: Id<'cat'>) {
  const [catalog] = await catalogStatement(ctx, catalogId)
  if (!catalog) throw new NotFoundError(`catalog ${catalogId}`)
  return catalog
}

/** Organizations and teams that a search finds and that are not in the audience yet. Throws NotFoundError. */
export async function findAudience(ctx: DomainContext<AdminActor>, catalogId: Id<'cat'>, search: string) {
  const needle = nameKey(search)
  const [rows, organizationRows, teamRows] = await ctx.db.batch([
    catalogStatement(ctx, catalogId),
    ctx.db
      .select({ id: organizations.id, name: organizations.name })
      .from(organizations)
      .where(
        sql`${organizations.state} in ('active', 'suspended') and instr(${organizations.nameKey}, ${needle}) > 0
          and not exists (select 1 from catalog_audiences where catalog_audiences.catalog_id = ${catalogId}
            and catalog_audiences.organization_id = organizations.id)`,
      )
      .orderBy(organizations.nameKey)
      .limit(21),
    ctx.db
      .select({
        id: named(teams.id, 'team_id'),
        name: named(teams.name, 'team_name'),
        organization: named(organizations.name, 'organization_name'),
      })
      .from(teams)
      .innerJoin(organizations, eq(organizations.id, teams.organizationId))
      .where(
        sql`${organizations.state} in ('active', 'suspended')
          and (instr(${teams.nameKey}, ${needle}) > 0 or instr(${organizations.nameKey}, ${needle}) > 0)
          and not exists (select 1 from catalog_audiences where catalog_audiences.catalog_id = ${catalogId}
            and catalog_audiences.team_id = ${teams.id})`,
      )
      .orderBy(organizations.nameKey, teams.nameKey)
      .limit(21),
  ])
  const catalog = rows[0]
  if (!catalog) throw new NotFoundError(`catalog ${catalogId}`)
  return {
    catalog,
    organizations: organizationRows.slice(0, 20),
    teams: teamRows.slice(0, 20),
    more: organizationRows.length > 20 || teamRows.length > 20,
  }
}
