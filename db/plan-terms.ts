// The terms of a plan, as a select lists them: of the plan itself, or of a request, which keeps them as they were.
import type { accessRequests, plans } from './schema'

export function termsIn<T extends typeof plans | typeof accessRequests>(table: T) {
  return {
    rateLimit: table.rateLimit,
    ratePeriodSeconds: table.ratePeriodSeconds,
    quotaLimit: table.quotaLimit,
    quotaPeriod: table.quotaPeriod,
    keyLifetimeDays: table.keyLifetimeDays,
  }
}
