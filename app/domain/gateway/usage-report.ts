// Usage as a page shows it: of which time, in which steps, and what its sums say. Hours and days are UTC's.
import { type Latencies, latencyClasses, noLatencies } from './usage'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

export const usageRanges = [
  { value: '24h', label: '24 hours', stepMs: hourMs, steps: 24 },
  { value: '7d', label: '7 days', stepMs: 6 * hourMs, steps: 28 },
  { value: '30d', label: '30 days', stepMs: dayMs, steps: 30 },
] as const
export type UsageRange = (typeof usageRanges)[number]

/** How long a time is, and in how many parts it is shown. */
export type Steps = { stepMs: number; steps: number }

/** Anything that is not known is the shortest. */
export function usageRange(value: string | null): UsageRange {
  return usageRanges.find((known) => known.value === value) ?? usageRanges[0]
}

/** When each step begins, in ms: the last one is the step that `now` lies in. */
export function stepsOf({ stepMs, steps }: Steps, now: number): number[] {
  const last = now - (now % stepMs)
  return Array.from({ length: steps }, (_, at) => last - (steps - 1 - at) * stepMs)
}

/** What is added up: calls by status class (2 is 2xx) and how long they took. */
export type Counted = { statusClass: number; calls: number } & Latencies

export type UsageSums = {
  calls: number
  /** Answered with 4xx: the call was wrong. */
  clientErrors: number
  /** Answered with 5xx: the API, or the way to it, was. */
  serverErrors: number
  latencies: Latencies
}

export function sumUp(rows: readonly Counted[]): UsageSums {
  const sums: UsageSums = { calls: 0, clientErrors: 0, serverErrors: 0, latencies: noLatencies() }
  for (const row of rows) {
    sums.calls += row.calls
    if (row.statusClass === 4) sums.clientErrors += row.calls
    if (row.statusClass === 5) sums.serverErrors += row.calls
    for (const { key } of latencyClasses) sums.latencies[key] += row[key]
  }
  return sums
}

/** Sums by a key, in the order in which the keys were met. */
export function sumUpBy<R extends Counted, K>(rows: readonly R[], keyOf: (row: R) => K): Map<K, UsageSums> {
  const groups = new Map<K, R[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return new Map([...groups].map(([key, group]) => [key, sumUp(group)]))
}

/** `isAtLeast`: it lies in the slowest class, which has no end. */
export type Percentile = { ms: number; isAtLeast: boolean }

/**
 * How long the quickest `share` (0.5, 0.95) of the calls took at most, estimated: the calls of a class are taken to be
 * spread evenly over it. Null without calls.
 */
export function percentile(latencies: Latencies, share: number): Percentile | null {
  const total = latencyClasses.reduce((sum, { key }) => sum + latencies[key], 0)
  if (total === 0) return null
  const wanted = share * total
  let seen = 0
  let fromMs = 0
  for (const { key, belowMs } of latencyClasses) {
    const count = latencies[key]
    if (count > 0 && seen + count >= wanted) {
      if (belowMs === Number.POSITIVE_INFINITY) return { ms: fromMs, isAtLeast: true }
      return { ms: Math.round(fromMs + ((wanted - seen) / count) * (belowMs - fromMs)), isAtLeast: false }
    }
    seen += count
    if (belowMs !== Number.POSITIVE_INFINITY) fromMs = belowMs
  }
  return { ms: fromMs, isAtLeast: true }
}
