// Hands out calls of one subscription. A lease is a number of calls that whoever asked may make: those that wait right
// now, and a few ahead. What is granted counts at once, so that the limits hold whatever becomes of the lease.
import { quotaPeriodAt } from '~/domain/catalog/quota-period'
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

/** What is counted for one subscription. `quota.start` is the period (ms) that `quota.used` belongs to. */
export type LimitState = { window: RateWindow; quota: { start: number; used: number } }

export const noCalls: LimitState = { window: [], quota: { start: 0, used: 0 } }

/** Unspent calls of an earlier lease, by the marks that came with it. Whoever returns them can no longer spend them. */
export type ReturnedLease = { count: number; freesAt: number | null; quotaStart: number | null }

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
  quotaStart: number | null
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
  const state = settle(before, ask.returned, period?.start ?? 0, now)
  const places = terms.rate ? placesLeft(state.window, terms.rate) : Number.POSITIVE_INFINITY
  const rest = terms.quota ? Math.max(0, terms.quota.limit - state.quota.used) : Number.POSITIVE_INFINITY

  const granted = Math.min(ask.need, places, rest)
  const ahead = callsAhead(ask, granted, terms, places, rest)
  const leaseMs = terms.rate ? Math.min(longestLeaseMs, terms.rate.periodSeconds * 100) : longestLeaseMs
  const validForMs = Math.min(leaseMs, (period?.end ?? Number.POSITIVE_INFINITY) - now)
  const freesAt = terms.rate ? freesAfter(terms.rate, now + validForMs) : null

  let window = state.window
  if (terms.rate) {
    window = takePlaces(window, freesAfter(terms.rate, now), granted)
    if (freesAt !== null) window = takePlaces(window, freesAt, ahead)
  }
  const used = state.quota.used + (terms.quota ? granted + ahead : 0)

  const untilFree = Math.max(0, (nextFreeAt(window) ?? now) - now)
  const untilPeriodEnds = (period?.end ?? now) - now
  const short = granted < ask.need
  return {
    state: { window, quota: { start: period?.start ?? 0, used } },
    answer: {
      granted,
      ahead,
      validForMs,
      freesAt,
      quotaStart: period?.start ?? null,
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

function settle(
  before: LimitState,
  returned: ReturnedLease | null,
  quotaStart: number,
  now: number,
): LimitState {
  const used = before.quota.start === quotaStart ? before.quota.used : 0
  const window = openPlaces(before.window, now)
  if (!returned) return { window, quota: { start: quotaStart, used } }
  return {
    window: returned.freesAt === null ? window : returnPlaces(window, returned.freesAt, returned.count),
    quota: {
      start: quotaStart,
      used: returned.quotaStart === quotaStart ? Math.max(0, used - returned.count) : used,
    },
  }
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
