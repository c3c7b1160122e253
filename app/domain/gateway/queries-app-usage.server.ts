// The usage of one app for whoever may see it, in one trip: calls over a time by API and status class, and what each of its
// accesses used, by the access that calls counted for. Read along the index of the app's own hours, at most 62 days of them.
import { and, asc, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import { type AppActor, visibleApps } from '~/domain/apps/visibility.server'
import { periodStarts } from '~/domain/catalog/quota-period'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { named } from '~db/columns'
import { accessRequests, apps, catalogPlans, catalogs, plans, usageHours } from '~db/schema'
import { productNames } from './product-names.server'
import { latencyClasses } from './usage'
import { stepsOf, type UsageRange } from './usage-report'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Throws NotFoundError for an app that the actor may not see. */
export async function getAppUsage(ctx: DomainContext<AppActor>, appId: Id<'app'>, range: UsageRange) {
  const { db, now, actor } = ctx
  const seen = seenBy(actor, appId)
  const from = stepsOf(range, now)[0] ?? now
  const [appRows, calls, accesses, days, offered] = await db.batch([
    appOf(ctx, appId),
    callsBy(ctx, and(eq(usageHours.appId, appId), gte(usageHours.hour, from), seen), range.stepMs),
    db
      .select({
        id: named(accessRequests.id, 'request_id'),
        limitsId: sql<Id<'req'>>`coalesce(${accessRequests.limitsId}, ${accessRequests.id})`.as(
          'counted_under',
        ),
        planId: accessRequests.planId,
        planName: accessRequests.planName,
        rateLimit: accessRequests.rateLimit,
        ratePeriodSeconds: accessRequests.ratePeriodSeconds,
        quotaLimit: accessRequests.quotaLimit,
        quotaPeriod: accessRequests.quotaPeriod,
        since:
          sql<number>`coalesce((select f.decided_at from access_requests f where f.id = ${accessRequests.limitsId}),
          ${accessRequests.decidedAt}, ${accessRequests.createdAt})`.as('since'),
        catalogId: accessRequests.catalogId,
        catalogName: named(catalogs.name, 'catalog_name'),
        productNames,
      })
      .from(accessRequests)
      .innerJoin(catalogs, eq(catalogs.id, accessRequests.catalogId))
      .where(and(eq(accessRequests.appId, appId), eq(accessRequests.state, 'approved'), seen))
      .orderBy(asc(accessRequests.createdAt)),
    daysOfUse(ctx, appId, seen),
    db
      .select({
        catalogId: catalogPlans.catalogId,
        id: named(plans.id, 'plan_id'),
        name: named(plans.name, 'plan_name'),
        rateLimit: plans.rateLimit,
        ratePeriodSeconds: plans.ratePeriodSeconds,
        quotaLimit: plans.quotaLimit,
        quotaPeriod: plans.quotaPeriod,
      })
      .from(catalogPlans)
      .innerJoin(plans, eq(plans.id, catalogPlans.planId))
      .where(
        and(
          sql`${plans.archivedAt} is null and ${catalogPlans.catalogId} in (select catalog_id from access_requests
            where app_id = ${appId} and state = 'approved')`,
          seen,
        ),
      ),
  ])
  const [app] = appRows
  if (!app) throw new NotFoundError('app')
  return {
    app,
    calls,
    accesses: accesses.map((access, at) => ({
      ...access,
      // What was counted before the access was noted counted under the app's first.
      days: days.filter(({ limitsId }) => limitsId === access.limitsId || (limitsId === null && at === 0)),
      offered: offered.filter(({ catalogId }) => catalogId === access.catalogId),
    })),
  }
}

/** The app's hours of a range, a day a time, oldest first. Throws NotFoundError before the first. */
export async function exportAppUsage(ctx: DomainContext<AppActor>, appId: Id<'app'>, range: UsageRange) {
  const [app] = await appOf(ctx, appId)
  if (!app) throw new NotFoundError('app')
  const from = stepsOf(range, ctx.now)[0] ?? ctx.now
  async function* days() {
    for (let start = from; start <= ctx.now; start += dayMs) {
      const inDay = and(
        eq(usageHours.appId, appId),
        gte(usageHours.hour, start),
        lt(usageHours.hour, start + dayMs),
        seenBy(ctx.actor, appId),
      )
      yield await callsBy(ctx, inDay, hourMs)
    }
  }
  return { app, days: days() }
}

function seenBy(actor: AppActor, appId: Id<'app'>): SQL {
  return sql`exists (select 1 from ${apps} where ${apps.id} = ${appId} and ${visibleApps(actor)})`
}

function appOf({ db, actor }: DomainContext<AppActor>, appId: Id<'app'>) {
  return db
    .select({ id: apps.id, name: apps.name })
    .from(apps)
    .where(and(eq(apps.id, appId), visibleApps(actor)))
    .limit(1)
}

function callsBy({ db }: DomainContext, which: SQL | undefined, stepMs: number) {
  const step = sql<number>`(${usageHours.hour} - ${usageHours.hour} % ${stepMs})`.as('step')
  return db
    .select({
      step,
      apiId: usageHours.apiId,
      statusClass: usageHours.statusClass,
      // Spelled out: drizzle leaves the table away where a query has only one.
      apiName:
        sql<string>`coalesce((select a.name from apis a where a.id = usage_hours.api_id), 'Deleted API')`.as(
          'api_name',
        ),
      productName: sql<string>`coalesce((select p.name from apis a join products p on p.id = a.product_id
        where a.id = usage_hours.api_id), 'Deleted product')`.as('product_name'),
      calls: sql<number>`sum(${usageHours.calls})`.as('all_calls'),
      ...latencySums(),
    })
    .from(usageHours)
    .where(which)
    .groupBy(sql`1`, usageHours.apiId, usageHours.statusClass)
    .orderBy(sql`1`, sql`product_name`, sql`api_name`, usageHours.statusClass)
}

function latencySums() {
  return Object.fromEntries(
    latencyClasses.map(({ key }) => [key, sql<number>`sum(${usageHours[key]})`.as(`sum_${key}`)]),
  ) as Record<(typeof latencyClasses)[number]['key'], SQL.Aliased<number>>
}

/** By day, what the app's calls counted for: the hours are added up over its credentials first, for the busiest of them. */
function daysOfUse({ db, now }: DomainContext, appId: Id<'app'>, seen: SQL) {
  const hour = now - (now % hourMs)
  const from = Math.min(periodStarts(now).month, hour - (hour % dayMs) - 30 * dayMs)
  const hours = db
    .select({
      limitsId: usageHours.limitsId,
      hour: usageHours.hour,
      calls: sql<number>`sum(${usageHours.calls})`.as('hour_calls'),
    })
    .from(usageHours)
    .where(and(eq(usageHours.appId, appId), gte(usageHours.hour, from), seen))
    .groupBy(usageHours.limitsId, usageHours.hour)
    .as('hours')
  const inLast = (count: number) =>
    sql<number>`sum(case when ${hours.hour} > ${hour - count * hourMs} then ${hours.calls} else 0 end)`
  const day = sql<number>`${hours.hour} - ${hours.hour} % ${dayMs}`.as('day')
  return db
    .select({
      limitsId: hours.limitsId,
      day,
      calls: sql<number>`sum(${hours.calls})`.as('day_calls'),
      busiestHour: sql<number>`max(${hours.calls})`.as('busiest_hour'),
      thisHour: inLast(1).as('this_hour'),
      lastDay: inLast(24).as('last_day'),
      lastWeek: inLast(168).as('last_week'),
    })
    .from(hours)
    .groupBy(hours.limitsId, sql`2`)
    .orderBy(sql`2`)
}
