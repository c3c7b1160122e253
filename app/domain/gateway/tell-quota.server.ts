// Tells the owner of an app that a quota of it runs out. However often it is noticed, the event is written once for an
// access, a period and a threshold. Where the plan was changed meanwhile, there is nothing to tell.
import { and, eq, sql } from 'drizzle-orm'
import { quotaPeriodAt } from '~/domain/catalog/quota-period'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { named } from '~db/columns'
import { recordEvent } from '~db/record-event'
import { accessRequests, apps, events } from '~db/schema'
import { productNames } from './product-names.server'
import type { QuotaNotice } from './quota-notice'

export async function tellQuota(ctx: DomainContext<SystemActor>, notice: QuotaNotice): Promise<void> {
  const { limitsId, period, start, limit, percent } = notice
  const [access] = await ctx.db
    .select({
      id: named(accessRequests.id, 'request_id'),
      appId: accessRequests.appId,
      appName: named(apps.name, 'app_name'),
      organizationId: named(apps.organizationId, 'app_organization_id'),
      planName: accessRequests.planName,
      products: productNames,
    })
    .from(accessRequests)
    .innerJoin(apps, eq(apps.id, accessRequests.appId))
    .where(
      and(
        sql`${accessRequests.appId} = (select app_id from access_requests where id = ${limitsId})`,
        sql`coalesce(${accessRequests.limitsId}, ${accessRequests.id}) = ${limitsId}`,
        eq(accessRequests.state, 'approved'),
        eq(accessRequests.quotaLimit, limit),
        eq(accessRequests.quotaPeriod, period),
      ),
    )
    .limit(1)
  if (!access) return
  const { id, statement } = recordEvent(
    ctx,
    {
      type: 'quota.reached',
      subjectType: 'access_request',
      subjectId: access.id,
      organizationId: access.organizationId,
      appId: access.appId,
      data: {
        app: access.appName,
        plan: access.planName,
        products: access.products,
        percent,
        used: Math.min(notice.used, limit),
        limit,
        period,
        periodStart: start,
        periodEnd: quotaPeriodAt(period, start).end,
      },
    },
    sql`exists (select 1 from access_requests where id = ${access.id} and state = 'approved')
      and not exists (select 1 from events e where e.subject_id = ${access.id} and e.type = 'quota.reached'
        and json_extract(e.data, '$.periodStart') = ${start} and json_extract(e.data, '$.percent') >= ${percent})`,
  )
  const [written] = await ctx.db.batch([statement.returning({ id: events.id })])
  if (written.length > 0) ctx.announce(id)
}
