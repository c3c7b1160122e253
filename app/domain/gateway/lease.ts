// Hands out calls of one subscription. A lease is a number of calls that whoever asked may make: those that wait right
// now, and a few ahead. What is granted counts at once, so that the limits hold whatever becomes of the lease.
import { periodStarts, type QuotaPeriod, quotaPeriodAt, quotaPeriods } from '~/domain/catalog/quota-period'
import {
  freesAfter,
  nextFreeAt,
  openPlaces,
  placesLeft,
  type RateWindow,
  returnPlaces,
  smallLimit,
  takePlaces,
} from './rate-window'
import type { QuotaTerms, RateTerms } from './snapshot'

export type Terms = { rate: RateTerms | null; quota: QuotaTerms | null }

/**
 * What is counted for one subscription, whatever its terms are now: a plan that is changed, and changed back, finds what
 * was used. `windows` by the seconds of the rate's period; `quotas` by kind, `start` (ms) being the one that `used` is of.
 */
export type LimitState = {
  windows: Readonly<Record<number, RateWindow>>
  quotas: Readonly<Partial<Record<QuotaPeriod, { start: number; used: number }>>>
}

export const noCalls: LimitState = { windows: {}, quotas: {} }

/** How it was stored when a subscription had one plan for ever. */
export type StoredBefore = { window: RateWindow; quota: { start: number; used: number } }

export function fromStored(stored: LimitState | StoredBefore, { rate, quota }: Terms): LimitState {
  if ('windows' in stored) return stored
  return {
    windows: rate ? { [rate.periodSeconds]: stored.window } : {},
    quotas: quota ? { [quota.period]: stored.quota } : {},
  }
}

/** Unspent calls of an earlier lease, by the marks that came with it. Whoever returns them can no longer spend them. */
export type ReturnedLease = { count: number; freesAt: number | null; grantedAt: number }

export type LeaseAsk = {
  /** Calls that wait for an answer now. */
  need: number
  /** Calls ahead that would be welcome. */
  extra: number
  returned: ReturnedLease | null
}

/** What is left of a limit, and how long (ms) until there is more of it. */
export type LimitReport = { remaining: number; resetMs: number }

export type LeaseAnswer = {
  /** Calls for those that wait: at most `need`. */
  granted: number
  /** Calls ahead, good for `validForMs` from the moment of asking. */
  ahead: number
  validForMs: number
  freesAt: number | null
  /** By the clock of whoever counts (ms). */
  grantedAt: number
  rate: LimitReport | null
  quota: LimitReport | null
  /** Why fewer were granted than needed, and how long no call can pass. */
  refusal: { code: 'rate_limited' | 'quota_exceeded'; retryAfterMs: number } | null
}

/** Calls ahead are good for a tenth of the period, and five seconds at most. */
const longestLeaseMs = 5000
/** One lease takes at most a tenth of what is left: near a limit it shrinks to nothing ahead. */
const shareOfRest = 10

export function grantLease(
  before: LimitState,
  terms: Terms,
  ask: LeaseAsk,
  now: number,
): { state: LimitState; answer: LeaseAnswer } {
  const period = terms.quota ? quotaPeriodAt(terms.quota.period, now) : null
  const state = settle(before, terms, ask.returned, now)
  const opened = terms.rate ? (state.windows[terms.rate.periodSeconds] ?? []) : []
  const usedBefore = terms.quota ? (state.quotas[terms.quota.period]?.used ?? 0) : 0
  const places = terms.rate ? placesLeft(opened, terms.rate) : Number.POSITIVE_INFINITY
  const rest = terms.quota ? Math.max(0, terms.quota.limit - usedBefore) : Number.POSITIVE_INFINITY

  const granted = Math.min(ask.need, places, rest)
  const ahead = callsAhead(ask, granted, terms, places, rest)
  const leaseMs = terms.rate ? Math.min(longestLeaseMs, terms.rate.periodSeconds * 100) : longestLeaseMs
  // Every period of a quota ends with an hour.
  const validForMs = Math.min(leaseMs, quotaPeriodAt('hour', now).end - now)
  const freesAt = terms.rate ? freesAfter(terms.rate, now + validForMs) : null

  let window = opened
  if (terms.rate) {
    window = takePlaces(window, freesAfter(terms.rate, now), granted)
    if (freesAt !== null) window = takePlaces(window, freesAt, ahead)
  }
  const used = usedBefore + granted + ahead

  const untilFree = Math.max(0, (nextFreeAt(window) ?? now) - now)
  const untilPeriodEnds = (period?.end ?? now) - now
  const short = granted < ask.need
  return {
    state: {
      windows: terms.rate ? { ...state.windows, [terms.rate.periodSeconds]: window } : state.windows,
      quotas: counted(state.quotas, granted + ahead),
    },
    answer: {
      granted,
      ahead,
      validForMs,
      freesAt,
      grantedAt: now,
      rate: terms.rate ? { remaining: placesLeft(window, terms.rate), resetMs: untilFree } : null,
      quota: terms.quota
        ? { remaining: Math.max(0, terms.quota.limit - used), resetMs: untilPeriodEnds }
        : null,
      // The rate is checked first; a quota that is used up as well is told once the rate allows a call.
      refusal: !short
        ? null
        : places <= rest
          ? { code: 'rate_limited', retryAfterMs: untilFree }
          : { code: 'quota_exceeded', retryAfterMs: untilPeriodEnds },
    },
  }
}

/** Places that are free again and periods that are over are forgotten; what comes back counts where it was granted. */
function settle(before: LimitState, terms: Terms, returned: ReturnedLease | null, now: number): LimitState {
  const windows: Record<number, RateWindow> = {}
  for (const [seconds, window] of Object.entries(before.windows)) {
    const isNow = Number(seconds) === terms.rate?.periodSeconds
    const opened = openPlaces(window, now)
    const places =
      isNow && returned && returned.freesAt !== null
        ? returnPlaces(opened, returned.freesAt, returned.count)
        : opened
    if (places.length > 0) windows[Number(seconds)] = places
  }
  const starts = periodStarts(now)
  const quotas: LimitState['quotas'] = Object.fromEntries(
    quotaPeriods.map((period) => {
      const start = starts[period]
      const known = before.quotas[period]
      const used = known?.start === start ? known.used : 0
      const back = returned && returned.grantedAt >= start ? returned.count : 0
      return [period, { start, used: Math.max(0, used - back) }]
    }),
  )
  return { windows, quotas }
}

function counted(quotas: LimitState['quotas'], calls: number): LimitState['quotas'] {
  return Object.fromEntries(
    Object.entries(quotas).map(([period, { start, used }]) => [period, { start, used: used + calls }]),
  )
}

/** Small limits are exact: nothing is set aside for calls that may never come. */
function callsAhead(ask: LeaseAsk, granted: number, terms: Terms, places: number, rest: number): number {
  const smallest = Math.min(
    terms.rate?.limit ?? Number.POSITIVE_INFINITY,
    terms.quota?.limit ?? Number.POSITIVE_INFINITY,
  )
  if (smallest < smallLimit || granted < ask.need) return 0
  return Math.max(0, Math.min(ask.extra, Math.floor((Math.min(places, rest) - granted) / shareOfRest)))
}
