// When the end of a credential's lifetime is told, and how. Programs that nobody watches need time to change over.

const dayMs = 86_400_000

/**
 * Days before the end. Each warning is due for `openDays`: a cron that stood still that long has missed it, and the next
 * one tells. A credential that lives no longer than a warning's time gets the later ones only.
 */
export const expiryWarnings = [
  { days: 30, openDays: 2 },
  { days: 7, openDays: 2 },
  { days: 1, openDays: 1 },
] as const

export type ExpiryWarning = (typeof expiryWarnings)[number]

/** The ends (ms since 1970, both inclusive) of credentials that are warned of now. */
export function endsWarnedOf({ days, openDays }: ExpiryWarning, now: number): { from: number; to: number } {
  return { from: now + (days - openDays) * dayMs + 1, to: now + days * dayMs }
}

/** UTC, since the reader's zone is not known. */
export function endInWords(expiresAt: number): string {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return `${format.format(expiresAt)} UTC`
}
