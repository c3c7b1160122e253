// The cart of a developer with all that its page needs, in one trip: sections, plans, the apps one may choose, and the
// request that was just sent.
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { CredentialType } from '~/domain/apps/credential'
import { appsWithOpenSecrets } from '~/domain/apps/visibility.server'
import { visibleCatalogs } from '~/domain/catalog/visibility.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { named } from '~db/columns'
import {
  accessRequests,
  apps,
  cartItems,
  catalogPlans,
  catalogs,
  credentialRequests,
  credentials,
  plans,
  products,
  teams,
} from '~db/schema'
import { acceptsType } from './accepts.server'
import { type CartSection, cartSections, type HeldProduct, type ReusableKey } from './cart'
import { offeredPlan } from './offered-plan.server'

/** Of what the apps have, as much as a cart can tell. */
const maxHeld = 200

/** `sent` names the request whose sending is told above the cart; only one's own is found. */
export async function getCart(ctx: DomainContext<DeveloperActor>, sent: Id<'req'> | null = null) {
  const { db, actor } = ctx
  const inCart = sql`(select catalog_id from cart_items where user_id = ${actor.userId})`
  const [rows, planRows, appRows, teamRows, sentRows, heldRows, keyRows] = await db.batch([
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
      .select({ ...offeredPlan, catalogId: catalogPlans.catalogId, approval: plans.approval })
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
    db
      .select({
        productId: sql<Id<'prd'>>`a.product_id`.as('held_product_id'),
        appId: named(apps.id, 'held_app_id'),
        appName: named(apps.name, 'held_app_name'),
        planId: named(accessRequests.planId, 'held_plan_id'),
        planName: named(accessRequests.planName, 'held_plan_name'),
        state: sql<'pending' | 'approved'>`${accessRequests.state}`.as('held_state'),
      })
      // From the apps, which are few: a product may have been asked for a hundred thousand times.
      .from(sql`${apps} cross join access_request_products a on a.app_id = ${apps.id} and a.live = 1`)
      .innerJoin(accessRequests, sql`${accessRequests.id} = a.request_id`)
      .where(
        and(
          appsWithOpenSecrets(actor),
          sql`+a.product_id in (select product_id from cart_items where user_id = ${actor.userId})`,
        ),
      )
      .orderBy(apps.nameKey, accessRequests.planName)
      .limit(maxHeld),
    db
      .selectDistinct({
        id: named(credentials.id, 'key_id'),
        name: named(credentials.name, 'key_name'),
        hint: named(credentials.hint, 'key_hint'),
        type: named(credentials.type, 'key_type'),
        appId: named(apps.id, 'key_app_id'),
        appName: named(apps.name, 'key_app_name'),
        catalogId: named(accessRequests.catalogId, 'key_catalog_id'),
        planId: named(accessRequests.planId, 'key_plan_id'),
        planName: sql<string>`(select name from plans where id = ${accessRequests.planId})`.as(
          'key_plan_name',
        ),
      })
      .from(apps)
      .innerJoin(credentials, eq(credentials.appId, apps.id))
      .innerJoin(credentialRequests, eq(credentialRequests.credentialId, credentials.id))
      .innerJoin(accessRequests, eq(accessRequests.id, credentialRequests.requestId))
      .where(
        and(
          appsWithOpenSecrets(actor),
          isNull(apps.frozenAt),
          eq(credentials.state, 'active'),
          sql`(${credentials.expiresAt} is null or ${credentials.expiresAt} > ${ctx.now})`,
          eq(accessRequests.state, 'approved'),
          sql`${accessRequests.catalogId} in ${inCart}`,
        ),
      )
      .orderBy(apps.nameKey, credentials.name)
      .limit(maxHeld),
  ])
  const sections = cartSections(rows, planRows)
  return {
    sections: await Promise.all(
      sections.map(async (section) => ({ ...section, submissionId: await submissionIdOf(ctx, section) })),
    ),
    hasSeveralCatalogs: new Set(sections.map((section) => section.catalogId)).size > 1,
    held: heldRows satisfies HeldProduct[],
    keys: keyRows satisfies ReusableKey[],
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

function accepted(type: CredentialType) {
  return sql<boolean>`exists (select 1 from apis where product_id = ${products.id} and upstream_url is not null and ${acceptsType(type)})`
    .mapWith(Boolean)
    .as(`takes_${type}`)
}
