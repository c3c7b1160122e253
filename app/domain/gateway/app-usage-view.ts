// An app's usage as its page shows it: worked out where it was read, so that a browser gets numbers and no rules.
import { type QuotaPeriod, quotaPeriods } from '~/domain/catalog/quota-period'
import type { Id } from '~/domain/kernel/ids'
import { type OfferedPlan, type PlanFit, planThatFits } from './plan-fit'
import { forecastQuota, type QuotaForecast } from './quota-forecast'
import { addUpUse, type DayOfUse } from './subscription-use'
import {
  type Counted,
  percentile,
  type Steps,
  stepsOf,
  sumUp,
  sumUpBy,
  type UsageRange,
  type UsageSums,
} from './usage-report'

type Access = Omit<OfferedPlan, 'name'> & {
  planId: Id<'pln'>
  planName: string
  catalogName: string
  productNames: string[]
  since: number
  days: readonly DayOfUse[]
  offered: readonly OfferedPlan[]
}

export type AccessUse = {
  id: string
  planName: string
  catalogName: string
  productNames: string[]
  quotaLimit: number | null
  quotaPeriod: QuotaPeriod | null
  used: Record<QuotaPeriod, number>
  forecast: QuotaForecast | null
  fit: PlanFit
}

type Calls = Counted & { step: number; apiId: Id<'api'>; apiName: string; productName: string }

export function usageShown(
  usage: { calls: readonly Calls[]; accesses: readonly Access[] },
  range: UsageRange,
  now: number,
) {
  return {
    range: { value: range.value, label: range.label, stepMs: range.stepMs },
    totals: numbersOf(sumUp(usage.calls)),
    steps: stepsShown(usage.calls, range, now),
    apis: [...sumUpBy(usage.calls, ({ apiId }) => apiId)]
      .map(([apiId, sums]) => {
        const names = usage.calls.find((row) => row.apiId === apiId)
        return {
          id: apiId,
          apiName: names?.apiName ?? '',
          productName: names?.productName ?? '',
          ...numbersOf(sums),
        }
      })
      .sort((one, other) => other.calls - one.calls),
    accesses: usage.accesses.map((access) => accessUse(access, now)),
  }
}

export type UsageNumbers = ReturnType<typeof numbersOf>

export function numbersOf({ calls, clientErrors, serverErrors, latencies }: UsageSums) {
  return {
    calls,
    clientErrors,
    serverErrors,
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
  }
}

/** Every step of the range, also those without a call. */
export function stepsShown(calls: readonly (Counted & { step: number })[], range: Steps, now: number) {
  const bySteps = sumUpBy(calls, ({ step }) => step)
  return stepsOf(range, now).map((start) => ({ start, ...numbersOf(bySteps.get(start) ?? sumUp([])) }))
}

function accessUse(access: Access, now: number): AccessUse {
  const { planName, catalogName, productNames, quotaLimit, quotaPeriod, since, id } = access
  const { used, lastDay, lastWeek, peaks } = addUpUse(access.days, now)
  const current = { ...access, id: access.planId, name: planName }
  return {
    id,
    planName,
    catalogName,
    productNames,
    quotaLimit,
    quotaPeriod,
    used: Object.fromEntries(quotaPeriods.map((period) => [period, used[period]])) as AccessUse['used'],
    forecast:
      quotaLimit === null || quotaPeriod === null
        ? null
        : forecastQuota({ quotaLimit, quotaPeriod, used: used[quotaPeriod], lastDay, lastWeek, since }, now),
    fit: planThatFits(termsOf(current), access.offered.map(termsOf), peaks),
  }
}

/** Nothing but the terms: what is shown goes to the browser. */
function termsOf({
  id,
  name,
  rateLimit,
  ratePeriodSeconds,
  quotaLimit,
  quotaPeriod,
}: OfferedPlan): OfferedPlan {
  return { id, name, rateLimit, ratePeriodSeconds, quotaLimit, quotaPeriod }
}
