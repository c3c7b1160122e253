// Where a product is offered: the catalogs that hold it, in their order, each with the plans that it offers now.
import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Id } from '~/domain/kernel/ids'
import type { Database } from '~db/client'
import { named } from '~db/columns'
import { termsIn } from '~db/plan-terms'
import { catalogPlans, catalogProducts, catalogs, plans } from '~db/schema'
import type { PlanTerms } from './plan'

type OfferedPlan = PlanTerms & {
  id: Id<'pln'>
  name: string
  description: string
  approval: 'auto' | 'manual'
}

/** A catalog without a plan is there as well. */
export type Offer = { id: Id<'cat'>; name: string; plans: OfferedPlan[] }

/** For a batch. `which` is on catalogs and on their products. */
export function offersStatement(db: Database, which: SQL | undefined) {
  return db
    .select({
      catalogId: named(catalogs.id, 'catalog_id'),
      catalogName: named(catalogs.name, 'catalog_name'),
      planId: sql<Id<'pln'> | null>`${plans.id}`.as('plan_id'),
      planName: sql<string>`${plans.name}`.as('plan_name'),
      description: sql<string>`${plans.description}`.as('plan_description'),
      approval: plans.approval,
      ...termsIn(plans),
    })
    .from(catalogProducts)
    .innerJoin(catalogs, eq(catalogs.id, catalogProducts.catalogId))
    .leftJoin(catalogPlans, eq(catalogPlans.catalogId, catalogs.id))
    .leftJoin(plans, and(eq(plans.id, catalogPlans.planId), isNull(plans.archivedAt)))
    .where(which)
    .orderBy(
      asc(catalogs.position),
      asc(catalogs.name),
      asc(catalogPlans.position),
      asc(plans.createdAt),
      asc(plans.id),
    )
}

export function offersOf(rows: Awaited<ReturnType<typeof offersStatement>>): Offer[] {
  const byCatalog = new Map<Id<'cat'>, Offer>()
  for (const { catalogId, catalogName, planId, planName, approval, ...plan } of rows) {
    const catalog = byCatalog.get(catalogId) ?? { id: catalogId, name: catalogName, plans: [] }
    byCatalog.set(catalogId, catalog)
    if (planId && approval) catalog.plans.push({ ...plan, id: planId, name: planName, approval })
  }
  return [...byCatalog.values()]
}
