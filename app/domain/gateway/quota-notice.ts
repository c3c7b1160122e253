// When the owner of an app is told that a quota runs out: at four fifths of it, and when all of it is used. Once each in a
// period, and of two that are reached at once the higher one alone.
import { type QuotaPeriod, quotaPeriodAt } from '~/domain/catalog/quota-period'
import type { Id } from '~/domain/kernel/ids'

export const quotaThresholds = [100, 80] as const
export type QuotaThreshold = (typeof quotaThresholds)[number]

/** `start` (ms) is when the period began. */
export type QuotaNotice = {
  limitsId: Id<'req'>
  period: QuotaPeriod
  start: number
  limit: number
  used: number
  percent: QuotaThreshold
}

/** What was noticed already: the highest threshold of a period, by the quota's kind and size. */
export type Noticed = Readonly<Record<string, { start: number; percent: QuotaThreshold }>>

/** What is to be told now, or null. Another plan's quota has another size: it is told of anew. */
export function quotaNotice(
  quota: { limit: number; period: QuotaPeriod },
  used: number,
  noticed: Noticed,
  now: number,
): Omit<QuotaNotice, 'limitsId'> | null {
  const percent = quotaThresholds.find((threshold) => used * 100 >= quota.limit * threshold)
  if (percent === undefined) return null
  const { start } = quotaPeriodAt(quota.period, now)
  const known = noticed[noticeKey(quota)]
  if (known && known.start === start && known.percent >= percent) return null
  return { period: quota.period, start, limit: quota.limit, used, percent }
}

export function noticeKey({ limit, period }: { limit: number; period: QuotaPeriod }): string {
  return `${period} ${limit}`
}
