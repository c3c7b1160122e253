// `RateLimit-Policy`, `RateLimit` and `Retry-After`: structured fields of draft-ietf-httpapi-ratelimit-headers.

import { quotaPeriodAt } from '~/domain/catalog/quota-period'
import type { LimitReport, Terms } from './lease'

export type LimitReports = { rate: LimitReport | null; quota: LimitReport | null }

/** `q` is the limit, `w` its window in seconds. A month is as long as the one that `now` lies in. */
export function rateLimitPolicy(terms: Terms, now: number): string | null {
  const policies: string[] = []
  if (terms.rate) policies.push(`"rate";q=${terms.rate.limit};w=${terms.rate.periodSeconds}`)
  if (terms.quota) {
    const { start, end } = quotaPeriodAt(terms.quota.period, now)
    policies.push(`"quota";q=${terms.quota.limit};w=${(end - start) / 1000}`)
  }
  return policies.length > 0 ? policies.join(', ') : null
}

/** `r` is what remains, `t` the seconds until there is more. */
export function rateLimit(reports: LimitReports): string | null {
  const limits: string[] = []
  if (reports.rate) limits.push(`"rate";r=${reports.rate.remaining};t=${wholeSeconds(reports.rate.resetMs)}`)
  if (reports.quota)
    limits.push(`"quota";r=${reports.quota.remaining};t=${wholeSeconds(reports.quota.resetMs)}`)
  return limits.length > 0 ? limits.join(', ') : null
}

/** Seconds, rounded up and at least one: a client that waits this long is not refused for the same reason. */
export function retryAfter(ms: number): string {
  return String(Math.max(1, wholeSeconds(ms)))
}

function wholeSeconds(ms: number): number {
  return Math.ceil(Math.max(0, ms) / 1000)
}
