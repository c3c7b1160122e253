// Which of the plans that a catalog offers fits what an access really used in the last 30 days: the smallest that leaves a
// fifth of its quota free in the busiest period. Rates are counted by the second and usage by the hour, so a rate is only
// held against the busiest hour: a plan that would not have let that hour through does not fit.
import type { QuotaPeriod } from '~/domain/catalog/quota-period'

export type OfferedPlan = {
  id: string
  name: string
  rateLimit: number | null
  ratePeriodSeconds: number | null
  quotaLimit: number | null
  quotaPeriod: QuotaPeriod | null
}

/** The most calls of a whole period of each kind, and how many days of use there are. */
export type Peaks = Record<QuotaPeriod, number> & { days: number }

export type PlanFit =
  | { state: 'too_early' }
  /** `share` of the plan's quota that the busiest period took, or would have taken; null without a quota. */
  | { state: 'fits' | 'smaller'; plan: OfferedPlan; share: number | null }
  /** `present` is the share of the present plan's quota. */
  | { state: 'larger'; plan: OfferedPlan; share: number | null; present: number }
  | { state: 'none_fits' }

const daysNeeded = 3
const comfortable = 0.8

const perMonth: Record<QuotaPeriod, number> = { hour: 730, day: 30.4, week: 4.35, month: 1 }

export function planThatFits(current: OfferedPlan, offered: readonly OfferedPlan[], peaks: Peaks): PlanFit {
  if (peaks.days < daysNeeded) return { state: 'too_early' }
  const plans = offered.some(({ id }) => id === current.id)
    ? offered.map((plan) => (plan.id === current.id ? current : plan))
    : [...offered, current]
  const fitting = plans.filter((plan) => shareUsed(plan, peaks) <= comfortable && letsThrough(plan, peaks))
  fitting.sort(
    (one, other) =>
      size(one) - size(other) || Number(other.id === current.id) - Number(one.id === current.id),
  )
  const [plan] = fitting
  if (!plan) return { state: 'none_fits' }
  const share = plan.quotaLimit === null ? null : shareUsed(plan, peaks)
  if (plan.id === current.id || size(plan) === size(current)) return { state: 'fits', plan: current, share }
  if (size(plan) < size(current)) return { state: 'smaller', plan, share }
  return { state: 'larger', plan, share, present: shareUsed(current, peaks) }
}

function shareUsed({ quotaLimit, quotaPeriod }: OfferedPlan, peaks: Peaks): number {
  return quotaLimit === null || quotaPeriod === null ? 0 : peaks[quotaPeriod] / quotaLimit
}

function letsThrough({ rateLimit, ratePeriodSeconds }: OfferedPlan, peaks: Peaks): boolean {
  return (
    rateLimit === null || ratePeriodSeconds === null || (rateLimit / ratePeriodSeconds) * 3600 >= peaks.hour
  )
}

/** Calls a month that the plan allows, by its quota and by its rate. */
function size(plan: OfferedPlan): number {
  const { rateLimit, ratePeriodSeconds, quotaLimit, quotaPeriod } = plan
  const byQuota =
    quotaLimit === null || quotaPeriod === null
      ? Number.POSITIVE_INFINITY
      : quotaLimit * perMonth[quotaPeriod]
  const byRate =
    rateLimit === null || ratePeriodSeconds === null
      ? Number.POSITIVE_INFINITY
      : (rateLimit / ratePeriodSeconds) * 3600 * perMonth.hour
  return Math.min(byQuota, byRate)
}
