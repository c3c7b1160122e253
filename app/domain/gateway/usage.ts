// Calls added up by API, hour, status class and latency class. Only calls that were handed to an upstream count: a
// refused call costs nothing, so the sum over a period is what the quota counted.
import type { Id } from '~/domain/kernel/ids'

export type LatencyClass = 'under50Ms' | 'under250Ms' | 'under1000Ms' | 'slower'

/** One row of `usage_hours` but for whose it is. `hour` is its start in ms; `statusClass` 2 stands for 2xx. */
export type UsageRow = { apiId: Id<'api'>; hour: number; statusClass: number; calls: number } & Record<
  LatencyClass,
  number
>

export type Call = { apiId: Id<'api'>; at: number; status: number; latencyMs: number; country: string | null }

export type LastUse = { at: number; apiId: Id<'api'>; country: string | null }

/** Whose calls they are. */
export type UsageOwner = { credentialId: Id<'crd'>; appId: Id<'app'>; organizationId: Id<'org'> }

/** Calls of one credential, added up. */
export type Tally = { owner: UsageOwner; rows: UsageRow[]; last: LastUse }

const hourMs = 3_600_000

export function latencyClass(ms: number): LatencyClass {
  if (ms < 50) return 'under50Ms'
  if (ms < 250) return 'under250Ms'
  return ms < 1000 ? 'under1000Ms' : 'slower'
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
      calls: 0,
      under50Ms: 0,
      under250Ms: 0,
      under1000Ms: 0,
      slower: 0,
    }
    tally.rows.push(row)
  }
  row.calls += 1
  row[latencyClass(call.latencyMs)] += 1
  if (call.at >= tally.last.at) tally.last = { at: call.at, apiId: call.apiId, country: call.country }
  return tally
}
