// Some weeks of usage, when each credential was used last, and a few calls that the gateway refused.
import { eq, sql } from 'drizzle-orm'
import type { ProblemCode } from '~/domain/gateway/problems'
import { recordRefusals } from '~/domain/gateway/record-refusals.server'
import { recordUsage } from '~/domain/gateway/record-usage.server'
import {
  type LastUse,
  latencyClasses,
  noLatencies,
  type UsageOwner,
  type UsageRow,
} from '~/domain/gateway/usage'
import type { Id } from '~/domain/kernel/ids'
import {
  accessRequestProducts,
  accessRequests,
  apis,
  apps,
  credentialRequests,
  credentials,
} from '~db/schema'
import type { Seeder } from './seed-parts'

const hour = 3_600_000
/** Totals written at once. */
const perBatch = 400

type Served = UsageOwner & { apiId: Id<'api'>; limitsId: Id<'req'> }

/** Calls by hour since each credential was made: busy by day, quiet by night and at weekends, a few errors. */
export async function seedUsage({ db, now }: Seeder): Promise<void> {
  const served = await db
    .select({
      credentialId: credentials.id,
      since: credentials.createdAt,
      until: credentials.revokedAt,
      appId: apps.id,
      appName: apps.name,
      organizationId: apps.organizationId,
      apiId: apis.id,
      limitsId: sql<Id<'req'>>`coalesce(${accessRequests.limitsId}, ${accessRequests.id})`,
      address: sql<string>`(select '/gateway/' || p.slug || '/' || ${apis.slug} from products p where p.id = ${apis.productId})`,
    })
    .from(credentials)
    .innerJoin(apps, eq(apps.id, credentials.appId))
    .innerJoin(credentialRequests, eq(credentialRequests.credentialId, credentials.id))
    .innerJoin(accessRequests, eq(accessRequests.id, credentialRequests.requestId))
    .innerJoin(accessRequestProducts, eq(accessRequestProducts.requestId, credentialRequests.requestId))
    .innerJoin(apis, eq(apis.productId, accessRequestProducts.productId))

  for (const [index, credential] of served.entries()) {
    const from = Math.ceil(credential.since / hour) * hour
    const end = Math.min(credential.until ?? now, now)
    const rows: UsageRow[] = []
    for (let at = from; at < end; at += hour) {
      const calls = callsAt(at, index)
      if (calls === 0) continue
      rows.push(usageRow(credential, at, 2, calls))
      if (Math.floor(calls / 37) > 0) rows.push(usageRow(credential, at, 4, Math.floor(calls / 37)))
      if ((at / hour + index) % 61 === 0) rows.push(usageRow(credential, at, 5, 2))
    }
    const last = lastUse(rows, end)
    for (let start = 0; start < rows.length; start += perBatch)
      await recordUsage(db, credential, rows.slice(start, start + perBatch), last)
  }
  const storefront = served.find(
    ({ appName, address }) => appName === 'Storefront' && address.includes('weather'),
  )
  if (!storefront) return
  const { credentialId, appId, organizationId, address } = storefront
  await recordRefusals(
    db,
    refusals.map(({ hoursAgo, method, path, code }, at) => ({
      requestId: `${(0x9e3779b9 - at * 0x1f123bb).toString(16)}${(0x5bd1e995 + at * 0x3c6ef35).toString(16)}`,
      credentialId,
      appId,
      organizationId,
      at: now - hoursAgo * hour,
      method,
      path: code === 'product_not_allowed' ? path : address + path,
      code,
      detail: null,
      standsFor: 1,
    })),
  )
}

const refusals: { hoursAgo: number; method: string; path: string; code: ProblemCode }[] = [
  { hoursAgo: 0.4, method: 'GET', path: '/forecasts/rotterdam', code: 'rate_limited' },
  { hoursAgo: 0.41, method: 'GET', path: '/forecasts/antwerp', code: 'rate_limited' },
  { hoursAgo: 20.2, method: 'GET', path: '/forecasts/lisbon', code: 'upstream_timeout' },
  {
    hoursAgo: 27.5,
    method: 'POST',
    path: '/gateway/identity/sessions/sign-ins',
    code: 'product_not_allowed',
  },
  { hoursAgo: 49, method: 'GET', path: '/forecasts/oslo', code: 'rate_limited' },
]

/** In the midst of what the newest hour has had so far, which is never after the moment of the world. */
function lastUse(rows: UsageRow[], end: number): LastUse | null {
  const newest = rows.at(-1)
  if (!newest) return null
  const at = Math.floor((newest.hour + Math.min(newest.hour + hour, end)) / 2)
  return { at, apiId: newest.apiId, country: null }
}

function callsAt(at: number, seed: number): number {
  const moment = new Date(at)
  const weekend = moment.getUTCDay() % 6 === 0
  const daylight = Math.max(0, Math.sin(((moment.getUTCHours() - 5) / 24) * 2 * Math.PI))
  const wobble = ((at / hour) * 7919 + seed * 104_729) % 17
  return Math.floor((daylight * 42 + wobble / 3) * (weekend ? 0.35 : 1) * (0.4 + (seed % 4) * 0.35))
}

/** What share of the calls takes how long, by class from the second on; what rounding leaves is the quickest. */
const shares = [0.34, 0.26, 0.15, 0.04, 0.02, 0.005, 0.002]

function usageRow({ apiId, limitsId }: Served, at: number, statusClass: number, calls: number): UsageRow {
  const latencies = noLatencies()
  let left = calls
  for (const [index, share] of shares.entries()) {
    const key = latencyClasses[index + 1]?.key
    const count = Math.min(left, Math.round(calls * share))
    if (key) latencies[key] = count
    left -= count
  }
  return { apiId, hour: at, statusClass, limitsId, calls, ...latencies, under25Ms: left }
}
