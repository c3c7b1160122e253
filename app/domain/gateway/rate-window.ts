// A sliding window: of `limit` places each is taken by one call and free again one period after that call at the latest.
// So no stretch of time as long as the period ever holds more than `limit` calls, whatever the moment it starts.
import type { RateTerms } from './snapshot'

/** Places in use: `count` of them are free again at `freesAt` (ms). Sorted by time, at most one entry a moment. */
export type RateWindow = readonly { freesAt: number; count: number }[]

/**
 * Limits under this are kept call by call; above, moments are rounded up to a hundredth of the period, so that a window
 * has about as many entries at any limit. Rounding up frees a place later, never earlier.
 */
export const smallLimit = 100

export function openPlaces(window: RateWindow, now: number): RateWindow {
  return window.filter((entry) => entry.freesAt > now)
}

export function placesLeft(window: RateWindow, terms: RateTerms): number {
  return Math.max(0, terms.limit - window.reduce((sum, entry) => sum + entry.count, 0))
}

/** When the next place becomes free (ms); null when all are free. */
export function nextFreeAt(window: RateWindow): number | null {
  return window[0]?.freesAt ?? null
}

/** The moment at which places are free again that may be used until `usedUntil` (ms). */
export function freesAfter(terms: RateTerms, usedUntil: number): number {
  const periodMs = terms.periodSeconds * 1000
  const grain = terms.limit < smallLimit ? 1 : periodMs / 100
  return Math.ceil((usedUntil + periodMs) / grain) * grain
}

export function takePlaces(window: RateWindow, freesAt: number, count: number): RateWindow {
  if (count <= 0) return window
  const same = window.find((entry) => entry.freesAt === freesAt)
  if (same) return window.map((entry) => (entry === same ? { freesAt, count: entry.count + count } : entry))
  return [...window, { freesAt, count }].sort((a, b) => a.freesAt - b.freesAt)
}

/** Gives back places that were taken and never used. */
export function returnPlaces(window: RateWindow, freesAt: number, count: number): RateWindow {
  return window
    .map((entry) =>
      entry.freesAt === freesAt ? { freesAt, count: Math.max(0, entry.count - count) } : entry,
    )
    .filter((entry) => entry.count > 0)
}
