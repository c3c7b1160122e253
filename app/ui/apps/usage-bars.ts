// Which bars tell how much is used: today and this month always, and each quota against its own limit.
import type { QuotaPeriod } from '~/domain/catalog/quota-period'

export const periodLabels: Record<QuotaPeriod, string> = {
  hour: 'This hour',
  day: 'Today',
  week: 'This week',
  month: 'This month',
}

type Access = {
  planName: string
  quotaLimit: number | null
  quotaPeriod: QuotaPeriod | null
  used: Record<QuotaPeriod, number>
}

type Bar = { label: string; value: number; max: number | null }

/** `usage` is what the credential did. A quota counts what every credential of its access did. */
export function usageBars({
  requests,
  usage,
}: {
  requests: readonly Access[]
  usage: Record<QuotaPeriod, number>
}): Bar[] {
  const quotas = requests.flatMap(({ planName, quotaLimit, quotaPeriod, used }) =>
    quotaLimit === null || quotaPeriod === null ? [] : [{ planName, quotaLimit, quotaPeriod, used }],
  )
  const periods: QuotaPeriod[] = ['hour', 'day', 'week', 'month']
  return periods.flatMap((period): Bar[] => {
    const limited = quotas.filter(({ quotaPeriod }) => quotaPeriod === period)
    // Several accesses behind one credential: each has a quota of its own, and the name says whose.
    if (limited.length > 0)
      return limited.map(({ planName, quotaLimit, used }, at) => ({
        label:
          requests.length > 1
            ? `${periodLabels[period]}, ${planName}${limited.length > 1 ? ` (${at + 1})` : ''}`
            : periodLabels[period],
        value: used[period],
        max: quotaLimit,
      }))
    return period === 'day' || period === 'month'
      ? [{ label: periodLabels[period], value: usage[period], max: null }]
      : []
  })
}
