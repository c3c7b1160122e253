// What a request takes over from its plan: the terms of the day on which the plan is asked for, or another one is chosen.
import { type SQL, sql } from 'drizzle-orm'
import type { Id } from '~/domain/kernel/ids'

/** For an insert that selects from `plans`. */
export const termsOfPlans = sql`plans.name as plan_name, plans.rate_limit as rate_limit,
  plans.rate_period_seconds as rate_period_seconds, plans.quota_limit as quota_limit, plans.quota_period as quota_period,
  plans.key_lifetime_days as key_lifetime_days`

/** For an update. */
export function termsOf(planId: Id<'pln'>) {
  const of = <T>(column: SQL) => sql<T>`(select ${column} from plans l where l.id = ${planId})`
  return {
    planId,
    planName: of<string>(sql`l.name`),
    rateLimit: of<number>(sql`l.rate_limit`),
    ratePeriodSeconds: of<number>(sql`l.rate_period_seconds`),
    quotaLimit: of<number>(sql`l.quota_limit`),
    quotaPeriod: of<'hour' | 'day' | 'week' | 'month'>(sql`l.quota_period`),
    keyLifetimeDays: of<number>(sql`l.key_lifetime_days`),
  }
}
