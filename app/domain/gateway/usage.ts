// Calls added up by API, hour, status class and latency class. Only calls that were handed to an upstream count: a
// refused call costs nothing, so the sum over a period is what the quota counted.
import type { Id } from '~/domain/kernel/ids'

/** Each class goes from the one before up to, but not including, `belowMs`. */
export const latencyClasses = [
  { key: 'under25Ms', column: 'under_25_ms', belowMs: 25 },
  { key: 'under50Ms', column: 'under_50_ms', belowMs: 50 },
  { key: 'under100Ms', column: 'under_100_ms', belowMs: 100 },
  { key: 'under250Ms', column: 'under_250_ms', belowMs: 250 },
  { key: 'under500Ms', column: 'under_500_ms', belowMs: 500 },
  { key: 'under1000Ms', column: 'under_1000_ms', belowMs: 1000 },
  { key: 'under2500Ms', column: 'under_2500_ms', belowMs: 2500 },
  { key: 'slower', column: 'slower', belowMs: Number.POSITIVE_INFINITY },
] as const

export type LatencyClass = (typeof latencyClasses)[number]['key']

export type Latencies = Record<LatencyClass, number>

/**
 * One row of `usage_hours` but for whose it is. `hour` is its start in ms; `statusClass` 2 stands for 2xx. `limitsId` is
 * the access under whose quota the last of these calls counted.
 */
export type UsageRow = {
  apiId: Id<'api'>
  hour: number
  statusClass: number
  limitsId: Id<'req'> | null
  calls: number
} & Latencies

export type Call = {
  apiId: Id<'api'>
  limitsId: Id<'req'>
  at: number
  status: number
  latencyMs: number
  country: string | null
}

export type LastUse = { at: number; apiId: Id<'api'>; country: string | null }

/** Whose calls they are. */
export type UsageOwner = { credentialId: Id<'crd'>; appId: Id<'app'>; organizationId: Id<'org'> }

/** Calls of one credential, added up. */
export type Tally = { owner: UsageOwner; rows: UsageRow[]; last: LastUse }

const hourMs = 3_600_000

export function latencyClass(ms: number): LatencyClass {
  return latencyClasses.find(({ belowMs }) => ms < belowMs)?.key ?? 'slower'
}

export function noLatencies(): Latencies {
  return Object.fromEntries(latencyClasses.map(({ key }) => [key, 0])) as Latencies
}

export function startTally(owner: UsageOwner, call: Call): Tally {
  return addCall({ owner, rows: [], last: { at: call.at, apiId: call.apiId, country: call.country } }, call)
}

/** Adds a call in place: a tally may grow by thousands of calls a second. */
export function addCall(tally: Tally, call: Call): Tally {
  const hour = Math.floor(call.at / hourMs) * hourMs
  const statusClass = Math.floor(call.status / 100)
  let row = tally.rows.find(
    (known) => known.apiId === call.apiId && known.hour === hour && known.statusClass === statusClass,
  )
  if (!row) {
    row = {
      apiId: call.apiId,
      hour,
      statusClass,
      limitsId: call.limitsId,
      calls: 0,
      ...noLatencies(),
    }
    tally.rows.push(row)
  }
  row.limitsId = call.limitsId
  row.calls += 1
  row[latencyClass(call.latencyMs)] += 1
  if (call.at >= tally.last.at) tally.last = { at: call.at, apiId: call.apiId, country: call.country }
  return tally
}
