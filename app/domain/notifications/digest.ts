// When daily digests go out, and how much they list.

const dayMs = 86_400_000
/** Before offices in Europe open; a day in America begins with it in the mailbox. */
const digestHourMs = 7 * 3_600_000

/** More than one reads in a mail. All are counted. */
export const longestDigest = 50

export function lastDigestAt(now: number): number {
  return Math.floor((now - digestHourMs) / dayMs) * dayMs + digestHourMs
}

export function nextDigestAt(now: number): number {
  return lastDigestAt(now) + dayMs
}
