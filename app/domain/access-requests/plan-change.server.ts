// What a change of plan stands on: the access as it is, and the plans that its catalog offers. Read for the page and for the
// command, which repeats the rules as SQL when it writes.
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { stillMember } from '~/domain/accounts/visibility.server'
import { appsWithOpenSecrets } from '~/domain/apps/visibility.server'
import { visibleCatalogs } from '~/domain/catalog/visibility.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { named } from '~db/columns'
import { termsIn } from '~db/plan-terms'
import { accessRequests, apps, catalogPlans, catalogs, plans } from '~db/schema'
import type { AccessRequestState } from './access-request'
import { offeredPlan } from './offered-plan.server'

type ProductOfAccess = { id: Id<'prd'>; name: string; offered: boolean }

export type PlanChangeFacts = Awaited<ReturnType<typeof readPlanChange>>

/** Throws NotFoundError for access that this developer may not ask more for. */
export async function readPlanChange(
  ctx: DomainContext<DeveloperActor>,
  appId: Id<'app'>,
  requestId: Id<'req'>,
) {
  const { db, actor } = ctx
  const flag = (condition: SQL, name: string) => sql<boolean>`${condition}`.mapWith(Boolean).as(name)
  const [accessRows, productRows, planRows] = await db.batch([
    db
      .select({
        id: named(accessRequests.id, 'request_id'),
        state:
          sql<AccessRequestState>`case when ${accessRequests.replacedById} is null then ${accessRequests.state} else 'retired' end`.as(
            'shown_state',
          ),
        planId: accessRequests.planId,
        planName: accessRequests.planName,
        ...termsIn(accessRequests),
        appId: named(apps.id, 'app_id'),
        appName: named(apps.name, 'app_name'),
        frozenAt: named(apps.frozenAt, 'app_frozen_at'),
        catalogName: named(catalogs.name, 'catalog_name'),
        catalogVisible: flag(sql`${visibleCatalogs(actor)}`, 'catalog_visible'),
        waits: flag(
          sql`exists (select 1 from access_requests w where w.replaces_id = ${requestId} and w.state = 'pending')`,
          'change_waits',
        ),
        active: flag(
          sql`(exists (select 1 from organizations o where o.id = ${actor.organizationId} and o.state = 'active') and ${stillMember(actor)})`,
          'is_active',
        ),
        credentialType: accessRequests.credentialType,
        showSecretsOnce: flag(sql`(select show_secrets_once from settings where id = 1)`, 'show_once'),
      })
      .from(accessRequests)
      .innerJoin(apps, eq(apps.id, accessRequests.appId))
      .innerJoin(catalogs, eq(catalogs.id, accessRequests.catalogId))
      .where(and(eq(accessRequests.id, requestId), eq(apps.id, appId), appsWithOpenSecrets(actor))),
    db
      .select({
        id: sql<Id<'prd'>>`p.id`.as('product_id'),
        name: sql<string>`p.name`.as('product_name'),
        offered: flag(
          sql`p.state = 'published' and exists (select 1 from catalog_products x join access_requests r on r.catalog_id = x.catalog_id
            where r.id = ${requestId} and x.product_id = p.id)`,
          'is_offered',
        ),
      })
      .from(sql`access_request_products a join products p on p.id = a.product_id`)
      .where(sql`a.request_id = ${requestId}`)
      .orderBy(sql`p.name`),
    db
      .select({ ...offeredPlan, approval: plans.approval })
      .from(catalogPlans)
      .innerJoin(plans, eq(plans.id, catalogPlans.planId))
      .where(
        and(
          sql`${catalogPlans.catalogId} = (select catalog_id from access_requests where id = ${requestId})`,
          sql`${plans.id} <> (select plan_id from access_requests where id = ${requestId})`,
          isNull(plans.archivedAt),
        ),
      )
      .orderBy(catalogPlans.position, plans.name),
  ])
  const [access] = accessRows
  if (!access) throw new NotFoundError(`access ${requestId}`)
  const products: ProductOfAccess[] = productRows
  return { access, products, plans: access.catalogVisible ? planRows : [] }
}

/** Why the plan cannot be changed now, in words for the page; or null. */
export function whyNoPlanChange({ access, products, plans: offered }: PlanChangeFacts): string | null {
  if (access.state !== 'approved') {
    return access.state === 'retired'
      ? 'The plan of this access was changed already.'
      : 'This access is not in force, so it has no plan to change.'
  }
  if (access.waits)
    return 'A change of this plan waits for an answer. Withdraw it first to ask for another one.'
  if (!access.active)
    return 'Your organization is not active, so it cannot request access. Ask an admin of the portal.'
  if (access.frozenAt !== null) return 'This app is frozen. Unfreeze it first.'
  if (!access.catalogVisible)
    return `You can no longer see ${access.catalogName}. The access goes on under its plan.`
  const left = products.filter((product) => !product.offered).map((product) => product.name)
  if (left.length > 0) {
    return `${left.join(', ')} ${left.length === 1 ? 'is' : 'are'} no longer offered in ${access.catalogName}. The access goes on under its plan.`
  }
  return offered.length === 0 ? `${access.catalogName} offers no other plan.` : null
}
