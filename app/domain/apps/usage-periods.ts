// When the hour, day, week and month began that a moment lies in: by the calendar in UTC, weeks from Monday (ISO 8601).

import type { QuotaPeriod } from '~/domain/catalog/plan'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** 1970 began on a Thursday: the first Monday was four days later. */
const firstMonday = 4 * dayMs

/** Each in ms since 1970. */
export function periodStarts(now: number): Record<QuotaPeriod, number> {
  const date = new Date(now)
  return {
    hour: now - (now % hourMs),
    day: now - (now % dayMs),
    week: now - ((now - firstMonday) % (7 * dayMs)),
    month: Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1),
  }
}
