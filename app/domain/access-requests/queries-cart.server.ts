// The cart of a developer with all that its page needs, in one trip: sections, plans, the apps one may choose, and the
// request that was just sent.
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { appsWithOpenSecrets } from '~/domain/apps/visibility.server'
import { visibleCatalogs } from '~/domain/catalog/visibility.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { named } from '~db/columns'
import { accessRequests, apps, cartItems, catalogPlans, catalogs, plans, products, teams } from '~db/schema'
import { type CartSection, cartSections } from './cart'

/** `sent` names the request whose sending is told above the cart; only one's own is found. */
export async function getCart(ctx: DomainContext<DeveloperActor>, sent: Id<'req'> | null = null) {
  const { db, actor } = ctx
  const inCart = sql`(select catalog_id from cart_items where user_id = ${actor.userId})`
  const [rows, planRows, appRows, teamRows, sentRows] = await db.batch([
    db
      .select({
        catalogId: named(catalogs.id, 'catalog_id'),
        catalogName: named(catalogs.name, 'catalog_name'),
        productId: named(products.id, 'product_id'),
        productName: named(products.name, 'product_name'),
        productSlug: named(products.slug, 'product_slug'),
        productSummary: products.summary,
        addedAt: cartItems.addedAt,
        catalogVisible: sql<boolean>`${visibleCatalogs(actor)}`.mapWith(Boolean).as('catalog_visible'),
        inCatalog:
          sql<boolean>`exists (select 1 from catalog_products where catalog_id = ${catalogs.id} and product_id = ${products.id})`
            .mapWith(Boolean)
            .as('in_catalog'),
        published: sql<boolean>`${products.state} = 'published'`.mapWith(Boolean).as('is_published'),
        acceptsApiKey: accepted('api_key'),
        acceptsOauth: accepted('oauth_client'),
      })
      .from(cartItems)
      .innerJoin(catalogs, eq(catalogs.id, cartItems.catalogId))
      .innerJoin(products, eq(products.id, cartItems.productId))
      .where(eq(cartItems.userId, actor.userId))
      .orderBy(catalogs.position, catalogs.name, products.name),
    db
      .select({
        catalogId: catalogPlans.catalogId,
        id: named(plans.id, 'plan_id'),
        name: named(plans.name, 'plan_name'),
        description: plans.description,
        rateLimit: plans.rateLimit,
        ratePeriodSeconds: plans.ratePeriodSeconds,
        quotaLimit: plans.quotaLimit,
        quotaPeriod: plans.quotaPeriod,
        keyLifetimeDays: plans.keyLifetimeDays,
        approval: plans.approval,
      })
      .from(catalogPlans)
      .innerJoin(plans, eq(plans.id, catalogPlans.planId))
      .where(and(sql`${catalogPlans.catalogId} in ${inCart}`, isNull(plans.archivedAt)))
      .orderBy(catalogPlans.position, plans.name),
    db
      .select({ id: apps.id, name: apps.name })
      .from(apps)
      .where(and(appsWithOpenSecrets(actor), isNull(apps.frozenAt)))
      .orderBy(asc(apps.nameKey)),
    db
      .select({ id: teams.id, name: teams.name })
      .from(teams)
      .where(
        and(
          eq(teams.organizationId, actor.organizationId),
          actor.orgRole === 'super_admin'
            ? undefined
            : sql`exists (select 1 from team_members where team_members.team_id = ${teams.id} and team_members.user_id = ${actor.userId})`,
        ),
      )
      .orderBy(asc(teams.nameKey)),
    db
      .select({ appId: accessRequests.appId, state: accessRequests.state })
      .from(accessRequests)
      .where(and(eq(accessRequests.id, sent ?? 'req_none'), eq(accessRequests.requesterId, actor.userId))),
  ])
  const sections = cartSections(rows, planRows)
  return {
    sections: await Promise.all(
      sections.map(async (section) => ({ ...section, submissionId: await submissionIdOf(ctx, section) })),
    ),
    hasSeveralCatalogs: new Set(sections.map((section) => section.catalogId)).size > 1,
    apps: appRows,
    teams: actor.inDefaultOrganization ? [] : teamRows,
    canShareApps: !actor.inDefaultOrganization,
    sent: sentRows[0] ?? null,
  }
}

/** Made from what the section holds and since when: two tabs that show the same cart send the same submission. */
async function submissionIdOf(ctx: DomainContext<DeveloperActor>, section: CartSection): Promise<string> {
  const items = section.items
    .filter((item) => item.problem === null)
    .map((item) => `${item.id}@${item.addedAt}`)
    .sort()
  return ctx.tokens.hash([ctx.actor.userId, section.key, ...items].join(' '))
}

function accepted(type: 'api_key' | 'oauth_client') {
  const column = type === 'api_key' ? sql`accepts_api_key` : sql`accepts_oauth`
  return sql<boolean>`exists (select 1 from apis where product_id = ${products.id} and upstream_url is not null and ${column} = 1)`
    .mapWith(Boolean)
    .as(`takes_${type}`)
}
