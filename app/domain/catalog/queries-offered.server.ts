// What a catalog offers and whom it is for, page by page and without an end: a catalog's own page shows the first of each.
// One trip each.
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id, OrganizationId, TeamId } from '~/domain/kernel/ids'
import { type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { named } from '~db/columns'
import { keyset } from '~db/keyset'
import { termsIn } from '~db/plan-terms'
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

/** The place in `productOrder` and `planOrder` as one text, which a cursor can hold. */
const productPlace = sql<string>`printf('%010d ', ${catalogProducts.position}) || lower(${products.name})`
const planPlace = sql<string>`printf('%010d %015d', ${catalogPlans.position}, ${plans.createdAt})`

/** For the batch of a list: without a row there is no catalog, and no list of it. */
function catalogThere({ db }: DomainContext<AdminActor>, catalogId: Id<'cat'>) {
  return db
    .select({ id: catalogs.id })
    .from(catalogs)
    .where(and(eq(catalogs.id, catalogId), isNull(catalogs.deletedAt)))
}

function pageOfCatalog<R extends { place: string; id: string }>(
  there: unknown[],
  rows: R[],
  catalogId: Id<'cat'>,
  page: PageRequest,
): Page<R> {
  if (there.length === 0) throw new NotFoundError(`catalog ${catalogId}`)
  return toPage(rows, page, (row) => ({ key: row.place, id: row.id }))
}

/** In their order. Throws NotFoundError. */
export async function listCatalogProducts(
  ctx: DomainContext<AdminActor>,
  catalogId: Id<'cat'>,
  page: PageRequest,
) {
  const { after, order } = keyset(page, productPlace, products.id, 'lowest')
  const [there, rows] = await ctx.db.batch([
    catalogThere(ctx, catalogId),
    ctx.db
      .select({
        id: named(products.id, 'product_id'),
        name: products.name,
        slug: products.slug,
        state: products.state,
        place: productPlace.as('place'),
      })
      .from(catalogProducts)
      .innerJoin(products, eq(products.id, catalogProducts.productId))
      .where(and(eq(catalogProducts.catalogId, catalogId), after))
      .orderBy(...order)
      .limit(page.size + 1),
  ])
  return pageOfCatalog(there, rows, catalogId, page)
}

/** In their order, archived ones included. Throws NotFoundError. */
export async function listCatalogPlans(
  ctx: DomainContext<AdminActor>,
  catalogId: Id<'cat'>,
  page: PageRequest,
) {
  const { after, order } = keyset(page, planPlace, plans.id, 'lowest')
  const [there, rows] = await ctx.db.batch([
    catalogThere(ctx, catalogId),
    ctx.db
      .select({
        id: named(plans.id, 'plan_id'),
        name: plans.name,
        ...termsIn(plans),
        approval: plans.approval,
        archivedAt: plans.archivedAt,
        place: planPlace.as('place'),
      })
      .from(catalogPlans)
      .innerJoin(plans, eq(plans.id, catalogPlans.planId))
      .where(and(eq(catalogPlans.catalogId, catalogId), after))
      .orderBy(...order)
      .limit(page.size + 1),
  ])
  return pageOfCatalog(there, rows, catalogId, page)
}

/** Who was added last comes first. Throws NotFoundError. */
export async function listAudience(ctx: DomainContext<AdminActor>, catalogId: Id<'cat'>, page: PageRequest) {
  const { after, order } = keyset(page, catalogAudiences.id, catalogAudiences.id)
  const ofOrganization: SQL = sql`${organizations.id} = coalesce(${catalogAudiences.organizationId}, ${teams.organizationId})`
  const [there, rows] = await ctx.db.batch([
    catalogThere(ctx, catalogId),
    ctx.db
      .select({
        id: named(catalogAudiences.id, 'audience_id'),
        place: sql<string>`${catalogAudiences.id}`.as('place'),
        organizationId: sql<OrganizationId>`${organizations.id}`.as('member_organization_id'),
        organizationName: sql<string>`${organizations.name}`.as('organization_name'),
        teamId: sql<TeamId | null>`${teams.id}`.as('member_team_id'),
        teamName: sql<string | null>`${teams.name}`.as('team_name'),
      })
      .from(catalogAudiences)
      .leftJoin(teams, eq(teams.id, catalogAudiences.teamId))
      .innerJoin(organizations, ofOrganization)
      .where(and(eq(catalogAudiences.catalogId, catalogId), after))
      .orderBy(...order)
      .limit(page.size + 1),
  ])
  return pageOfCatalog(there, rows, catalogId, page)
}
