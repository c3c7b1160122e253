// What access that an admin gives stands on, read before it is written; the write repeats the rules as SQL. Any catalog will
// do, because the admin decides who gets what. The app runs, its organization is active, the plan and the products are offered.
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { type CredentialType, credentialTypePlurals } from '~/domain/apps/credential'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError, fieldError } from '~/domain/kernel/errors'
import type { Id, OrganizationId } from '~/domain/kernel/ids'
import { named } from '~db/columns'
import { accessRequests, apps, catalogPlans, catalogs, organizations, plans } from '~db/schema'
import { acceptsType } from './accepts.server'
import type { GrantAccessInput } from './access-request'

type GrantCheck =
  | { previous: Id<'req'> }
  | { error: DomainError }
  | {
      appName: string
      organizationId: OrganizationId
      catalogName: string
      planName: string
      products: string[]
      showSecretsOnce: boolean
    }

/** The key of a submission is the admin's own, as a developer's is theirs. */
export function grantKey(actor: AdminActor, submissionId: string): string {
  return `${actor.userId}.${submissionId}`
}

/** A product of the catalog that takes credentials of this type, or of any, as a condition on `products p`. */
export function grantable(catalogId: Id<'cat'> | SQL, type: CredentialType | null = null): SQL {
  return sql`(p.state = 'published' and p.deleted_at is null
    and exists (select 1 from catalog_products x where x.catalog_id = ${catalogId} and x.product_id = p.id)
    and exists (select 1 from apis where apis.product_id = p.id and apis.upstream_url is not null
      and ${type ? acceptsType(type) : sql`1`}))`
}

/** The rules over the rows as they are when the access is written. */
export function grantAllowed(
  appId: Id<'app'>,
  organizationId: OrganizationId,
  { catalogId, planId, productIds, credentialType }: GrantAccessInput,
): SQL {
  return sql`exists (select 1 from apps a join organizations o on o.id = a.organization_id and o.state = 'active'
      where a.id = ${appId} and a.organization_id = ${organizationId} and a.frozen_at is null)
    and exists (select 1 from catalogs c join catalog_plans x on x.catalog_id = c.id
      join plans l on l.id = x.plan_id and l.archived_at is null
      where c.id = ${catalogId} and c.deleted_at is null and l.id = ${planId})
    and (select count(*) from products p where p.id in (select value from json_each(${JSON.stringify(productIds)}))
      and ${grantable(catalogId, credentialType)}) = ${productIds.length}`
}

export async function checkGrant(
  ctx: DomainContext<AdminActor>,
  appId: Id<'app'>,
  input: GrantAccessInput,
): Promise<GrantCheck> {
  const { db, actor } = ctx
  const ids = JSON.stringify(input.productIds)
  const [previousRows, appRows, offerRows, productRows, takenRows] = await db.batch([
    db
      .select({ id: accessRequests.id, appId: accessRequests.appId })
      .from(accessRequests)
      .where(eq(accessRequests.submissionId, grantKey(actor, input.submissionId))),
    db
      .select({
        name: named(apps.name, 'app_name'),
        frozenAt: named(apps.frozenAt, 'app_frozen_at'),
        organizationId: named(organizations.id, 'organization_id'),
        organizationState: named(organizations.state, 'organization_state'),
        showSecretsOnce: sql<boolean>`(select show_secrets_once from settings where id = 1)`
          .mapWith(Boolean)
          .as('show_once'),
      })
      .from(apps)
      .innerJoin(organizations, eq(organizations.id, apps.organizationId))
      .where(eq(apps.id, appId)),
    db
      .select({ catalogName: named(catalogs.name, 'catalog_name'), planName: named(plans.name, 'plan_name') })
      .from(catalogs)
      .innerJoin(catalogPlans, eq(catalogPlans.catalogId, catalogs.id))
      .innerJoin(plans, and(eq(plans.id, catalogPlans.planId), isNull(plans.archivedAt)))
      .where(and(eq(catalogs.id, input.catalogId), isNull(catalogs.deletedAt), eq(plans.id, input.planId))),
    db
      .select({ name: sql<string>`p.name`.as('product_name') })
      .from(sql`products p`)
      .where(
        sql`p.id in (select value from json_each(${ids})) and ${grantable(input.catalogId, input.credentialType)}`,
      )
      .orderBy(sql`p.name`),
    db
      .select({ name: sql<string>`p.name`.as('taken_name') })
      .from(sql`access_request_products a join products p on p.id = a.product_id`)
      .where(
        sql`a.app_id = ${appId} and a.plan_id = ${input.planId} and a.live = 1
          and a.product_id in (select value from json_each(${ids}))`,
      ),
  ])
  const [previous, app, offer] = [previousRows[0], appRows[0], offerRows[0]]
  if (!app) return { error: domainError('not_found', 'There is no such app.') }
  if (previous?.appId === appId) return { previous: previous.id }
  if (previous) return { error: domainError('conflict', 'This form was used already. Reload the page.') }
  if (app.organizationState !== 'active') {
    return {
      error: domainError('not_allowed', 'The organization of this app is not active. Restore it first.'),
    }
  }
  if (app.frozenAt !== null)
    return { error: domainError('not_allowed', 'This app is frozen. Unfreeze it first.') }
  if (!offer)
    return { error: fieldError('planId', 'This plan is not offered there any more. Choose another one.') }
  if (productRows.length < input.productIds.length) {
    return {
      error: fieldError(
        'productIds',
        `A product is not offered there any more, or takes no ${credentialTypePlurals[input.credentialType]}. Choose again.`,
        'not_requestable',
      ),
    }
  }
  if (takenRows.length > 0) {
    const names = takenRows.map((row) => row.name).join(', ')
    return {
      error: domainError(
        'already_requested',
        `This app already has ${names} under the plan ${offer.planName}, or waits for it. Choose another plan or other products.`,
      ),
    }
  }
  return {
    appName: app.name,
    organizationId: app.organizationId,
    catalogName: offer.catalogName,
    planName: offer.planName,
    products: productRows.map((row) => row.name),
    showSecretsOnce: app.showSecretsOnce,
  }
}
