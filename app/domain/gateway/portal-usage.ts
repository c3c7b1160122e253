// Which time, and which product, the usage of all apps is shown for: a day by its hours, or a month by its days (UTC).
import { type Id, parseId } from '~/domain/kernel/ids'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** `start` and `end` in ms, the end not included. `steps` of `stepMs` each make the whole. */
export type UsagePeriod = {
  kind: 'day' | 'month'
  /** As it stands in the address: `2026-11-24`, `2026-11`. */
  value: string
  start: number
  end: number
  stepMs: number
}

export type PortalUsageFilter = { period: UsagePeriod; productId: Id<'prd'> | null }

/** What is not known, or lies ahead, is today. */
export function portalUsageFilter(params: URLSearchParams, now: number): PortalUsageFilter {
  return {
    period: periodNamed(params.get('period') ?? '', now) ?? dayAt(now),
    productId: parseId('prd', params.get('product') ?? undefined),
  }
}

/** Null for what is none, and for what lies ahead. */
export function periodNamed(value: string, now: number): UsagePeriod | null {
  const [, year, month, day] = /^(20\d\d)-(\d\d)(?:-(\d\d))?$/.exec(value) ?? []
  if (!year || !month) return null
  const start = Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1))
  const period = day ? dayAt(start) : monthAt(start)
  // The 31st of a short month is another month's first.
  return start <= now && period.value === value ? period : null
}

export function dayAt(moment: number): UsagePeriod {
  const start = moment - (moment % dayMs)
  return {
    kind: 'day',
    value: new Date(start).toISOString().slice(0, 10),
    start,
    end: start + dayMs,
    stepMs: hourMs,
  }
}

export function monthAt(moment: number): UsagePeriod {
  const date = new Date(moment)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  const start = Date.UTC(year, month, 1)
  return {
    kind: 'month',
    value: new Date(start).toISOString().slice(0, 7),
    start,
    end: Date.UTC(year, month + 1, 1),
    stepMs: dayMs,
  }
}

/** The same kind of period before, and the one after unless it lies ahead. */
export function neighbours(
  period: UsagePeriod,
  now: number,
): { before: UsagePeriod; after: UsagePeriod | null } {
  const at = period.kind === 'day' ? dayAt : monthAt
  return { before: at(period.start - 1), after: period.end <= now ? at(period.end) : null }
}
