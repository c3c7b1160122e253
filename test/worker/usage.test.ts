// Usage from the gateway to the pages: sums that agree with the hours, quotas of each access, and who is told of their end.
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { and, desc, eq, sql } from 'drizzle-orm'
import { afterEach, expect, test, vi } from 'vitest'
import { getAppPage } from '~/domain/apps/queries-app-page.server'
import { usageShown } from '~/domain/gateway/app-usage-view'
import { dayAt, monthAt } from '~/domain/gateway/portal-usage'
import { getAppUsage } from '~/domain/gateway/queries-app-usage.server'
import { getPortalUsage } from '~/domain/gateway/queries-portal-usage.server'
import { recordUsage } from '~/domain/gateway/record-usage.server'
import { tellQuota } from '~/domain/gateway/tell-quota.server'
import { noLatencies, type UsageRow } from '~/domain/gateway/usage'
import { usageRange } from '~/domain/gateway/usage-report'
import type { Id } from '~/domain/kernel/ids'
import type { CredentialLimiter } from '~/platform/limiter'
import { paths } from '~/platform/paths'
import { accessRequests, apis, credentials, events, usageHours, usageOfApis, usageOfApps } from '~db/schema'
import { seedUsage } from '~db/seed-usage'
import { contextFor, db, system } from '~test/support/context'
import { countedReads } from '~test/support/counted-reads'
import { approvedRequest, credential } from '~test/support/credentials'
import { deliver, mailsOf } from '~test/support/notifications'
import { signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

type Issued = Awaited<ReturnType<typeof credential>>

const hour = 3_600_000
const noon = Date.UTC(2026, 10, 24, 12)
/** Ahead, so that no alarm is due by itself. */
const later = Date.UTC(2031, 10, 24, 12)

afterEach(() => {
  vi.useRealTimers()
})

function row(
  it: Pick<Issued, 'apiId' | 'requestId'>,
  at: number,
  calls: number,
  more: Partial<UsageRow> = {},
): UsageRow {
  if (!it.apiId) throw new Error('no API')
  return {
    apiId: it.apiId,
    hour: at,
    statusClass: 2,
    limitsId: it.requestId,
    calls,
    ...noLatencies(),
    under25Ms: calls,
    ...more,
  }
}

async function sumsOf(it: Issued) {
  if (!it.apiId) throw new Error('no API')
  const ofApp = await db.select().from(usageOfApps).where(eq(usageOfApps.appId, it.appId))
  const ofApi = await db.select().from(usageOfApis).where(eq(usageOfApis.apiId, it.apiId))
  const of = (rows: readonly { span: string; calls: number }[], span: string) =>
    rows.filter((one) => one.span === span).reduce((sum, { calls }) => sum + calls, 0)
  return {
    apis: [of(ofApi, 'hour'), of(ofApi, 'day')],
    apps: [of(ofApp, 'day'), of(ofApp, 'month')],
    errors: ofApp.filter(({ span }) => span === 'month').map((one) => [one.clientErrors, one.serverErrors]),
  }
}

test('sums of days and months hold what the hours hold, however often totals are written', async () => {
  const it = await credential()
  const write = (...rows: UsageRow[]) => recordUsage(db, it, rows, null)
  await write(row(it, noon, 5), row(it, noon - 24 * hour, 3), row(it, noon, 2, { statusClass: 4 }))
  await write(row(it, noon, 5), row(it, noon, 2, { statusClass: 4 }))
  await Promise.all([write(row(it, noon, 9)), write(row(it, noon, 9)), write(row(it, noon, 4))])
  await write(row(it, noon, 1, { statusClass: 5 }))
  expect(await sumsOf(it)).toEqual({ apis: [15, 15], apps: [15, 15], errors: [[2, 1]] })
})

test('a quota counts what every key of its access did, and nothing of another access behind the same key', async () => {
  const it = await credential({ terms: { planName: 'Small', quotaLimit: 10, quotaPeriod: 'day' } })
  const product = await world.product([it.catalogId])
  const second = await approvedRequest({
    ...it,
    productId: product.id,
    terms: { planName: 'Large', quotaLimit: 1000, quotaPeriod: 'day' },
  })
  const secondApi = await db.select().from(apis).where(eq(apis.productId, product.id)).get()
  if (!secondApi) throw new Error('no API')
  await recordUsage(
    db,
    it,
    [row(it, noon, 4), row({ apiId: secondApi.id, requestId: second }, noon, 300)],
    null,
  )
  // A key that was rotated counts on under the same access.
  await recordUsage(db, { ...it, credentialId: 'crd_another' }, [row(it, noon - hour, 2)], null)
  const page = await getAppPage(contextFor(it.owner, noon + 1), it.appId)
  const used = page.credentials[0]?.requests.map(({ planName, used: { day } }) => [planName, day])
  expect(Object.fromEntries(used ?? [])).toEqual({ Small: 6, Large: 300 })
  const usage = await getAppUsage(contextFor(it.owner, noon + 1), it.appId, usageRange('24h'))
  const shown = usageShown(usage, usageRange('24h'), noon + 1)
  expect(shown.totals.calls).toBe(306)
  expect(Object.fromEntries(shown.accesses.map((access) => [access.planName, access.used.day]))).toEqual({
    Small: 6,
    Large: 300,
  })
  expect(shown.steps.map(({ calls }) => calls).filter((calls) => calls > 0)).toEqual([2, 304])
})

test('the usage page of an app and its file show the range, and are another organization’s 404', async () => {
  const it = await credential({ terms: { quotaLimit: 1000, quotaPeriod: 'month' } })
  const now = Date.now()
  const at = now - (now % hour)
  await recordUsage(db, it, [row(it, at, 700), row(it, at - 5 * 24 * hour, 30, { statusClass: 5 })], null)
  const portal = await signedIn(it.owner)
  const page = await portal.get(paths.dashboard.appUsage(it.appId))
  expect(page.html).toContain('Which plan fits?')
  expect(page.html).toContain('Calls, last 24 hours')
  expect(page.html).toMatch(/<th scope="row">\d\d:00<\/th><td>700<\/td>/)
  const csv = await portal.request(`${paths.dashboard.exportAppUsage(it.appId)}?range=7d`)
  expect(csv.headers.get('content-type')).toContain('text/csv')
  const lines = (await csv.text()).trim().split('\r\n')
  expect(lines).toHaveLength(3)
  expect(lines[0]).toMatch(/^Hour \(UTC\),Product,API,Status,Calls,Under 25 ms/)
  expect(lines[1]).toContain(',5xx,30,30,')
  for (const path of [paths.dashboard.appUsage(it.appId), paths.dashboard.exportAppUsage(it.appId)])
    expect((await (await signedIn(await world.superAdmin())).request(path)).status).toBe(404)
})

test('the usage of all apps reads what the APIs are many, and not what the apps are', async () => {
  const [day, month] = [dayAt(noon), monthAt(noon)]
  // Ten thousand apps that called on every day of the month, and what 20 APIs counted of it.
  await env.DB.prepare(
    `insert into usage_of_apps with recursive n(i) as (select 0 union all select i + 1 from n where i < 9999)
     select s.span, s.start, 'app_scale_' || i, i, 0, 0 from n join (select 'day' as span, ${day.start} as start union all select 'month', ${month.start}) s`,
  ).run()
  await env.DB.prepare(
    `insert into usage_of_apis (span, start, api_id, status_class, calls, under_50_ms, under_250_ms, under_1000_ms, slower)
     with recursive n(i) as (select 0 union all select i + 1 from n where i < 19), d(k) as (select 0 union all select k + 1 from d where k < 29)
     select 'day', ${month.start} + k * 86400000, 'api_scale_' || i, 2, 1, 1, 0, 0, 0 from n join d`,
  ).run()
  const counted = countedReads()
  const ctx = { ...contextFor(await world.admin(), noon), db: counted.db }
  const shown = await getPortalUsage(ctx, { period: month, productId: null })
  expect(shown.topApps.slice(0, 2).map(({ appId }) => appId)).toEqual(['app_scale_9999', 'app_scale_9998'])
  expect(counted.read.trips).toBe(1)
  // 30 days of 20 APIs twice, 20 apps, and the products.
  expect(counted.read.rows).toBeLessThan(3000)
})

test('admins see the busiest apps and products, narrow by product, and take the apps home', async () => {
  const it = await credential()
  const now = Date.now()
  await recordUsage(db, it, [row(it, now - (now % hour), 50_000_000, { statusClass: 4 })], null)
  const portal = await signedIn(await world.admin())
  const { html } = await portal.get(`${paths.admin.usage}?product=${it.productId}`)
  expect(html).toContain('50,000,000')
  expect(html).not.toContain('Busiest apps')
  expect((await portal.get(paths.admin.usage)).html).toContain('Busiest apps')
  const csv = await (await portal.request(paths.admin.exportUsage)).text()
  expect(csv).toContain(`${it.appId},50000000,50000000,0`)
})

const objectOf = (limitsId: Id<'req'>) =>
  env.LIMITER.get(env.LIMITER.idFromName(limitsId)) as unknown as DurableObjectStub<CredentialLimiter>

const toldOf = (it: Issued) =>
  db
    .select()
    .from(events)
    .where(and(eq(events.appId, it.appId), eq(events.type, 'quota.reached')))
    .orderBy(sql`rowid`)

const day = (limit: number) => ({ rate: null, quota: { limit, period: 'day' as const } })
const asked = (need: number) => ({ need, extra: 0, returned: null })

async function calls(
  it: Issued,
  terms: ReturnType<typeof day>,
  count: number,
  limitsId = it.requestId,
): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => objectOf(limitsId).lease(terms, asked(1), limitsId)))
  await runDurableObjectAlarm(env.LIMITER.get(env.LIMITER.idFromName(limitsId)))
}

test('of 40 calls at a time the owner is told once at 80 and once at 100 per cent, and anew on the next day', async () => {
  const it = await credential({ terms: { planName: 'Tiny', quotaLimit: 50, quotaPeriod: 'day' } })
  vi.useFakeTimers({ toFake: ['Date'], now: later })
  await calls(it, day(50), 39)
  expect(await toldOf(it)).toEqual([])
  await calls(it, day(50), 1)
  await calls(it, day(50), 5)
  expect((await toldOf(it)).map(({ data }) => data['percent'])).toEqual([80])
  await calls(it, day(50), 40)
  await calls(it, day(50), 40)
  const told = await toldOf(it)
  expect(told.map(({ data }) => data['percent'])).toEqual([80, 100])
  expect(told[1]?.data).toMatchObject({ used: 50, limit: 50, plan: 'Tiny', period: 'day' })
  vi.setSystemTime(later + 24 * hour)
  await calls(it, day(50), 45)
  expect((await toldOf(it)).map(({ data }) => data['percent'])).toEqual([80, 100, 80])
  vi.useRealTimers()
  const [first] = told
  if (!first) throw new Error('nothing told')
  await deliver(first.id)
  const mails = await mailsOf(first.id)
  expect(mails.map(({ recipient }) => recipient)).toEqual([it.owner.email])
  expect(mails[0]?.subject).toContain('has used 80 % of its quota')
  expect(mails[0]?.text).toContain(paths.dashboard.appUsage(it.appId))
})

test('40 notices of one threshold write one event', async () => {
  const it = await credential({ terms: { quotaLimit: 5, quotaPeriod: 'day' } })
  const start = dayAt(noon).start
  const notice = { limitsId: it.requestId, period: 'day', start, limit: 5, used: 5, percent: 100 } as const
  const contexts = Array.from({ length: 40 }, () => contextFor(system, noon))
  await Promise.all(contexts.map((ctx) => tellQuota(ctx, notice)))
  expect(await toldOf(it)).toHaveLength(1)
  expect(contexts.flatMap(({ announced }) => announced)).toHaveLength(1)
  await tellQuota(contextFor(system, noon), { ...notice, percent: 80 })
  expect(await toldOf(it)).toHaveLength(1)
})

test('after a change of plan the new quota is told of by itself, and the old one no more', async () => {
  const it = await credential({ terms: { quotaLimit: 10, quotaPeriod: 'day' } })
  vi.useFakeTimers({ toFake: ['Date'], now: later })
  await calls(it, day(10), 9)
  expect(await toldOf(it)).toHaveLength(1)
  await db.update(accessRequests).set({ state: 'revoked' }).where(eq(accessRequests.id, it.requestId))
  const larger = await approvedRequest({
    ...it,
    terms: { planName: 'Larger', quotaLimit: 20, quotaPeriod: 'day' },
  })
  await db.update(accessRequests).set({ limitsId: it.requestId }).where(eq(accessRequests.id, larger))
  // A late call under the old terms fills the old quota: nobody has it any more.
  await calls(it, day(10), 1)
  expect(await toldOf(it)).toHaveLength(1)
  await calls(it, day(20), 5)
  expect(await toldOf(it)).toHaveLength(1)
  await calls(it, day(20), 1)
  const told = await toldOf(it)
  expect(told.map(({ subjectId, data }) => [subjectId, data['percent'], data['plan']])).toEqual([
    [it.requestId, 80, told[0]?.data['plan']],
    [larger, 80, 'Larger'],
  ])
})

test('while D1 fails a notice waits', async () => {
  const it = await credential({ terms: { quotaLimit: 3, quotaPeriod: 'day' } })
  vi.useFakeTimers({ toFake: ['Date'], now: later })
  await objectOf(it.requestId).lease(day(3), asked(3), it.requestId)
  const silenced = vi.spyOn(console, 'error').mockImplementation(() => {})
  await runInDurableObject(env.LIMITER.get(env.LIMITER.idFromName(it.requestId)), async (object, state) => {
    const real = (object as unknown as { env: Env }).env
    Object.assign(object, { env: { ...real, DB: null } })
    await (object as unknown as { alarm(): Promise<void> }).alarm()
    Object.assign(object, { env: real })
    expect(await state.storage.getAlarm()).not.toBeNull()
  })
  silenced.mockRestore()
  expect(await toldOf(it)).toEqual([])
  await runDurableObjectAlarm(env.LIMITER.get(env.LIMITER.idFromName(it.requestId)))
  expect(await toldOf(it)).toHaveLength(1)
})

test('in the demo world a credential was used last in the newest hour that has calls of it', async () => {
  const now = Date.now()
  const [busy, revoked, fresh] = [await credential(), await credential(), await credential()]
  const change = (it: Issued, values: Partial<typeof credentials.$inferInsert>) =>
    db.update(credentials).set(values).where(eq(credentials.id, it.credentialId))
  await change(busy, { createdAt: now - 72 * hour })
  await change(revoked, { createdAt: now - 72 * hour, state: 'revoked', revokedAt: now - 30 * hour })
  await change(fresh, { createdAt: now })
  await seedUsage({ db, now, as: (actor, at) => ({ ...contextFor(actor), now: at }) })
  for (const [it, until] of [
    [busy, now],
    [revoked, now - 30 * hour],
  ] as const) {
    const [used] = await db.select().from(credentials).where(eq(credentials.id, it.credentialId))
    const [newest] = await db
      .select({ hour: usageHours.hour })
      .from(usageHours)
      .where(eq(usageHours.credentialId, it.credentialId))
      .orderBy(desc(usageHours.hour))
      .limit(1)
    const at = used?.lastUsedAt ?? 0
    expect(at - (at % hour)).toBe(newest?.hour)
    expect(at).toBeLessThanOrEqual(until)
    expect(used?.lastUsedApiId).toBe(it.apiId)
  }
  const [unused] = await db.select().from(credentials).where(eq(credentials.id, fresh.credentialId))
  expect(unused?.lastUsedAt).toBeNull()
})
