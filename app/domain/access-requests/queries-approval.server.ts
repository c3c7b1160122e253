// What an approver chooses from who gives another plan than was asked for: the plans of the request's catalog.
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { named } from '~db/columns'
import { accessRequests, apps, catalogPlans, catalogs, plans } from '~db/schema'
import { offeredPlan } from './offered-plan.server'
import { productNames, shownState } from './queries.server'

/** Without the plan that is in force, when the request would change it. Throws NotFoundError. */
export async function getApprovalChoices(ctx: DomainContext<AdminActor>, requestId: Id<'req'>) {
  const [requestRows, planRows] = await ctx.db.batch([
    ctx.db
      .select({
        id: named(accessRequests.id, 'request_id'),
        state: shownState,
        planId: accessRequests.planId,
        planName: accessRequests.planName,
        appName: named(apps.name, 'app_name'),
        catalogName: named(catalogs.name, 'catalog_name'),
        products: productNames,
      })
      .from(accessRequests)
      .innerJoin(apps, eq(apps.id, accessRequests.appId))
      .innerJoin(catalogs, eq(catalogs.id, accessRequests.catalogId))
      .where(eq(accessRequests.id, requestId)),
    ctx.db
      .select(offeredPlan)
      .from(catalogPlans)
      .innerJoin(plans, eq(plans.id, catalogPlans.planId))
      .where(
        and(
          sql`${catalogPlans.catalogId} = (select catalog_id from access_requests where id = ${requestId})`,
          sql`${plans.id} not in (select b.plan_id from access_requests r join access_requests b on b.id = r.replaces_id
            where r.id = ${requestId})`,
          isNull(plans.archivedAt),
        ),
      )
      .orderBy(catalogPlans.position, plans.name),
  ])
  const [request] = requestRows
  if (!request) throw new NotFoundError(`access request ${requestId}`)
  return { request, plans: planRows }
}
