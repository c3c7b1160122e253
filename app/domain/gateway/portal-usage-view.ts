// The usage of all apps as its page shows it.
import type { Id } from '~/domain/kernel/ids'
import { numbersOf, stepsShown } from './app-usage-view'
import type { UsagePeriod } from './portal-usage'
import { type Counted, sumUp, sumUpBy } from './usage-report'

type ByApi = Counted & {
  apiId: Id<'api'>
  apiName: string
  productName: string
  productId: Id<'prd'> | null
}

export function portalUsageShown(
  usage: { steps: readonly (Counted & { step: number })[]; byApi: readonly ByApi[] },
  period: UsagePeriod,
) {
  const steps = (period.end - period.start) / period.stepMs
  return {
    totals: numbersOf(sumUp(usage.byApi)),
    steps: stepsShown(usage.steps, { stepMs: period.stepMs, steps }, period.end - 1),
    products: groups(
      usage.byApi,
      ({ productId }) => productId,
      ({ productName }) => productName,
    ),
    apis: groups(
      usage.byApi,
      ({ apiId }) => apiId,
      ({ apiName, productName }) => `${productName}: ${apiName}`,
    ),
  }
}

/** Busiest first. */
function groups<K extends string | null>(
  rows: readonly ByApi[],
  keyOf: (row: ByApi) => K,
  nameOf: (row: ByApi) => string,
) {
  return [...sumUpBy(rows, keyOf)]
    .map(([id, sums]) => {
      const row = rows.find((one) => keyOf(one) === id)
      return { id, name: row ? nameOf(row) : '', ...numbersOf(sums) }
    })
    .sort((one, other) => other.calls - one.calls)
}
