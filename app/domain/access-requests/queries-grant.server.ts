// What an admin chooses from who gives an app access: a catalog, and the products and plans of the chosen one.
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { CredentialType } from '~/domain/apps/credential'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { named } from '~db/columns'
import { apps, catalogPlans, catalogs, organizations, plans } from '~db/schema'
import { acceptsType } from './accepts.server'
import { grantable } from './grant.server'
import { offeredPlan } from './offered-plan.server'

const maxCatalogs = 200
const maxProducts = 200

/** The first catalog unless another one is chosen. Throws NotFoundError for an app that does not exist. */
export async function getGrantChoices(
  ctx: DomainContext<AdminActor>,
  appId: Id<'app'>,
  wanted: Id<'cat'> | null,
) {
  const { db } = ctx
  const chosen = sql<
    Id<'cat'>
  >`coalesce((select c.id from catalogs c where c.id = ${wanted} and c.deleted_at is null),
    (select c.id from catalogs c where c.deleted_at is null order by c.position, c.name limit 1))`
  const [appRows, catalogRows, chosenRows, productRows, planRows] = await db.batch([
    db
      .select({
        id: named(apps.id, 'app_id'),
        name: named(apps.name, 'app_name'),
        frozenAt: named(apps.frozenAt, 'app_frozen_at'),
        organizationName: named(organizations.name, 'organization_name'),
        organizationState: named(organizations.state, 'organization_state'),
      })
      .from(apps)
      .innerJoin(organizations, eq(organizations.id, apps.organizationId))
      .where(eq(apps.id, appId)),
    db
      .select({ id: catalogs.id, name: catalogs.name })
      .from(catalogs)
      .where(isNull(catalogs.deletedAt))
      .orderBy(asc(catalogs.position), asc(catalogs.name))
      .limit(maxCatalogs),
    db.select({ id: chosen.as('chosen_id') }).from(sql`(select 1)`),
    db
      .select({
        id: sql<Id<'prd'>>`p.id`.as('product_id'),
        name: sql<string>`p.name`.as('product_name'),
        summary: sql<string>`p.summary`.as('product_summary'),
        takesApiKey: takes('api_key'),
        takesOauth: takes('oauth_client'),
      })
      .from(sql`products p`)
      .where(grantable(chosen))
      .orderBy(sql`p.name`)
      .limit(maxProducts),
    db
      .select(offeredPlan)
      .from(catalogPlans)
      .innerJoin(plans, eq(plans.id, catalogPlans.planId))
      .where(and(sql`${catalogPlans.catalogId} = ${chosen}`, isNull(plans.archivedAt)))
      .orderBy(catalogPlans.position, plans.name),
  ])
  const [app] = appRows
  if (!app) throw new NotFoundError(`app ${appId}`)
  return {
    app,
    catalogs: catalogRows,
    catalogId: chosenRows[0]?.id ?? null,
    products: productRows,
    plans: planRows,
  }
}

function takes(type: CredentialType) {
  return sql<boolean>`exists (select 1 from apis where apis.product_id = p.id and apis.upstream_url is not null
    and ${acceptsType(type)})`
    .mapWith(Boolean)
    .as(`takes_${type}`)
}
