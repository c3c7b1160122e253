// What one access used, from its calls by day: the sums of the present periods, its pace, and its busiest periods.
import { type QuotaPeriod, quotaPeriodAt } from '~/domain/catalog/quota-period'
import type { Peaks } from './plan-fit'

/** `day` is its start in ms. `busiestHour`, `thisHour`, `lastDay` and `lastWeek` are what of the day lies there. */
export type DayOfUse = {
  day: number
  calls: number
  busiestHour: number
  thisHour: number
  lastDay: number
  lastWeek: number
}

export type SubscriptionUse = {
  used: Record<QuotaPeriod, number>
  lastDay: number
  lastWeek: number
  peaks: Peaks
}

const dayMs = 86_400_000

export function addUpUse(days: readonly DayOfUse[], now: number): SubscriptionUse {
  const total = (which: (day: DayOfUse) => boolean, of: (day: DayOfUse) => number) =>
    days.filter(which).reduce((sum, day) => sum + of(day), 0)
  const since = (period: QuotaPeriod) =>
    total(
      ({ day }) => day >= quotaPeriodAt(period, now).start,
      ({ calls }) => calls,
    )
  const first = Math.min(...days.map(({ day }) => day))
  const lastMonth = total(
    ({ day }) => day > now - 30 * dayMs,
    ({ calls }) => calls,
  )
  return {
    used: {
      hour: total(
        () => true,
        (day) => day.thisHour,
      ),
      day: since('day'),
      week: since('week'),
      month: since('month'),
    },
    lastDay: total(
      () => true,
      (day) => day.lastDay,
    ),
    lastWeek: total(
      () => true,
      (day) => day.lastWeek,
    ),
    peaks: {
      hour: Math.max(0, ...days.map(({ busiestHour }) => busiestHour)),
      day: Math.max(0, ...days.map(({ calls }) => calls)),
      week: busiest(days, 'week'),
      month: Math.max(lastMonth, busiest(days, 'month')),
      days: days.length === 0 ? 0 : Math.floor((now - first) / dayMs) + 1,
    },
  }
}

function busiest(days: readonly DayOfUse[], period: QuotaPeriod): number {
  const sums = new Map<number, number>()
  for (const { day, calls } of days) {
    const { start } = quotaPeriodAt(period, day)
    sums.set(start, (sums.get(start) ?? 0) + calls)
  }
  return Math.max(0, ...sums.values())
}
