// When a webhook is tried again, when its endpoint is left in peace, and when it is paused.

const minute = 60
const hour = 3600

/** Seconds after the first, second … failed attempt: 2 days and 20 hours in all, and with the jitter no more than three days. */
const waits = [
  ...[10, minute, 5 * minute, 30 * minute],
  ...[2 * hour, 5 * hour, 10 * hour, 12 * hour, 12 * hour, 12 * hour, 11 * hour],
]

/** An answer that asks for patience is heard up to this time. */
const longestWaitSeconds = 12 * hour

export const maxWebhookAttempts = waits.length + 1

/** From sending to the last byte of the answer that is read. */
export const webhookTimeoutMs = 15_000

/** What waits no longer than this comes back by its message; the rest is found by the cron. */
export const longestMessageDelaySeconds = 5 * minute

/** Of an answer, this much is read and kept. */
export const keptAnswerBytes = 4096

/** An endpoint that failed so often in a row, and for so long, is paused. */
export const pauseAfterFailures = 10
export const pauseAfterMs = 24 * hour * 1000

/** After so many failures in a row, nothing is sent there for half a minute, then for a minute, up to half an hour. */
export const quietAfterFailures = 5
export const quietMs = 30_000
export const quietDoublings = 6

/**
 * Seconds until the next attempt after the n-th failed, null after the last one. Up to a tenth more, so that what failed
 * together does not come back together; no sooner than the receiver asks for. `random` is in [0, 1).
 */
export function webhookRetrySeconds(
  attempts: number,
  retryAfterSeconds: number | null,
  random = Math.random(),
): number | null {
  const wait = waits[attempts - 1]
  if (wait === undefined) return null
  const asked = Math.min(retryAfterSeconds ?? 0, longestWaitSeconds)
  return Math.ceil(Math.max(wait, asked) + wait * 0.1 * random)
}
