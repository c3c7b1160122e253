// Quotas run by the calendar in UTC: hours and days, ISO weeks (from Monday), months. Periods touch and never overlap.

export const quotaPeriods = ['hour', 'day', 'week', 'month'] as const
export type QuotaPeriod = (typeof quotaPeriods)[number]

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** 1970 began on a Thursday: the first Monday is four days in. */
const firstMonday = 4 * dayMs

/** The period that `now` lies in, in ms since 1970: from `start`, up to but not including `end`. */
export function quotaPeriodAt(period: QuotaPeriod, now: number): { start: number; end: number } {
  switch (period) {
    case 'hour':
      return span(now, hourMs, 0)
    case 'day':
      return span(now, dayMs, 0)
    case 'week':
      return span(now, 7 * dayMs, firstMonday)
    case 'month': {
      const date = new Date(now)
      const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
      return { start: Date.UTC(year, month, 1), end: Date.UTC(year, month + 1, 1) }
    }
  }
}

/** When the periods began that `now` lies in, each in ms since 1970. */
export function periodStarts(now: number): Record<QuotaPeriod, number> {
  return {
    hour: quotaPeriodAt('hour', now).start,
    day: quotaPeriodAt('day', now).start,
    week: quotaPeriodAt('week', now).start,
    month: quotaPeriodAt('month', now).start,
  }
}

function span(now: number, lengthMs: number, offset: number): { start: number; end: number } {
  const start = Math.floor((now - offset) / lengthMs) * lengthMs + offset
  return { start, end: start + lengthMs }
}
