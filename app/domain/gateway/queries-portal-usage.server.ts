// The usage of all apps together. It is read from sums by API and by app, which are kept as calls are written: what a page
// reads grows with the APIs that there are, and not with the apps.
import { and, asc, desc, eq, gte, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { namedOrNull } from '~db/columns'
import { apis, apps, organizations, products, usageOfApis, usageOfApps } from '~db/schema'
import type { PortalUsageFilter, UsagePeriod } from './portal-usage'
import { type LatencyClass, latencyClasses } from './usage'

const mostApps = 20
/** More than a select holds in good order. */
const mostProducts = 200

export async function getPortalUsage(
  ctx: DomainContext<AdminActor>,
  { period, productId }: PortalUsageFilter,
) {
  const { db } = ctx
  const ofProduct = productId
    ? sql`${usageOfApis.apiId} in (select id from apis where product_id = ${productId})`
    : undefined
  const inPeriod = (span: 'hour' | 'day') =>
    and(
      eq(usageOfApis.span, span),
      gte(usageOfApis.start, period.start),
      lt(usageOfApis.start, period.end),
      ofProduct,
    )
  const [steps, byApi, topApps, choices] = await db.batch([
    db
      .select({
        step: usageOfApis.start,
        statusClass: usageOfApis.statusClass,
        calls: sql<number>`sum(${usageOfApis.calls})`.as('all_calls'),
        ...latencySums(),
      })
      .from(usageOfApis)
      .where(inPeriod(period.kind === 'day' ? 'hour' : 'day'))
      .groupBy(usageOfApis.start, usageOfApis.statusClass),
    db
      .select({
        apiId: usageOfApis.apiId,
        statusClass: usageOfApis.statusClass,
        apiName: sql<string>`coalesce(${apis.name}, 'Deleted API')`.as('api_name'),
        productName: sql<string>`coalesce(${products.name}, 'Deleted product')`.as('product_name'),
        productId: namedOrNull(products.id, 'product_id'),
        calls: sql<number>`sum(${usageOfApis.calls})`.as('all_calls'),
        ...latencySums(),
      })
      .from(usageOfApis)
      .leftJoin(apis, eq(apis.id, usageOfApis.apiId))
      .leftJoin(products, eq(products.id, apis.productId))
      .where(inPeriod('day'))
      .groupBy(usageOfApis.apiId, usageOfApis.statusClass),
    busiestApps(ctx, period, null, mostApps),
    db
      .select({ id: products.id, name: products.name })
      .from(products)
      .where(isNull(products.deletedAt))
      .orderBy(asc(products.name))
      .limit(mostProducts),
  ])
  return { steps, byApi, topApps, products: choices }
}

export type AppCalls = { calls: number; appId: Id<'app'> }

/** All apps that called in the period, busiest first, a page at a time. */
export async function* exportAppCalls(ctx: DomainContext<AdminActor>, period: UsagePeriod) {
  const pageSize = 1000
  let after: AppCalls | null = null
  do {
    const rows: Awaited<ReturnType<typeof busiestApps>> = await busiestApps(ctx, period, after, pageSize)
    yield rows
    after = rows.length === pageSize ? (rows.at(-1) ?? null) : null
  } while (after)
}

function busiestApps(
  { db }: DomainContext,
  { kind, start }: UsagePeriod,
  after: AppCalls | null,
  limit: number,
) {
  return db
    .select({
      appId: usageOfApps.appId,
      calls: usageOfApps.calls,
      clientErrors: usageOfApps.clientErrors,
      serverErrors: usageOfApps.serverErrors,
      appName: namedOrNull(apps.name, 'app_name'),
      organizationName: namedOrNull(organizations.name, 'organization_name'),
    })
    .from(usageOfApps)
    .leftJoin(apps, eq(apps.id, usageOfApps.appId))
    .leftJoin(organizations, eq(organizations.id, apps.organizationId))
    .where(
      and(
        eq(usageOfApps.span, kind),
        eq(usageOfApps.start, start),
        after
          ? sql`(${usageOfApps.calls}, ${usageOfApps.appId}) < (${after.calls}, ${after.appId})`
          : undefined,
      ),
    )
    .orderBy(desc(usageOfApps.calls), desc(usageOfApps.appId))
    .limit(limit)
}

function latencySums() {
  return Object.fromEntries(
    latencyClasses.map(({ key }) => [key, sql<number>`sum(${usageOfApis[key]})`.as(`sum_${key}`)]),
  ) as Record<LatencyClass, SQL.Aliased<number>>
}
