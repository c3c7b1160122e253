// When a quota ends, if calls go on as they did: at the pace of the last day for quotas of hours and days, of the last
// seven days for longer ones, so that nights and weekends count as what they are.
import { type QuotaPeriod, quotaPeriodAt } from '~/domain/catalog/quota-period'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

export type QuotaUse = {
  quotaLimit: number
  quotaPeriod: QuotaPeriod
  /** Calls of the present period. */
  used: number
  lastDay: number
  lastWeek: number
  /** When the access was given: a younger one has no whole week behind it. */
  since: number
}

/** `share` of the quota that is used at the end of the period, 1 being all of it. */
export type QuotaForecast =
  | { state: 'used_up'; periodEnds: number }
  | { state: 'runs_out'; at: number; periodEnds: number; share: number }
  | { state: 'lasts'; periodEnds: number; share: number }
  | { state: 'idle'; periodEnds: number }

export function forecastQuota(use: QuotaUse, now: number): QuotaForecast {
  const { end: periodEnds } = quotaPeriodAt(use.quotaPeriod, now)
  if (use.used >= use.quotaLimit) return { state: 'used_up', periodEnds }
  const isShort = use.quotaPeriod === 'hour' || use.quotaPeriod === 'day'
  const window = isShort ? dayMs : 7 * dayMs
  const lived = Math.max(hourMs, Math.min(window, now - use.since))
  const pace = (isShort ? use.lastDay : use.lastWeek) / lived
  if (pace === 0) return { state: 'idle', periodEnds }
  const share = (use.used + pace * (periodEnds - now)) / use.quotaLimit
  const at = Math.ceil(now + (use.quotaLimit - use.used) / pace)
  return at < periodEnds
    ? { state: 'runs_out', at, periodEnds, share }
    : { state: 'lasts', periodEnds, share }
}
