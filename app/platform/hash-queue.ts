// Password hashing takes the whole isolate for a tenth of a second, so it is done one at a time, with a breath in between
// in which other requests are answered. Few may wait; whoever comes later is told to try again at once.
import { domainError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'

/** Twelve times 130 ms: the last in the row waits for less than two seconds. */
export const maxWaiting = 12

/** How often somebody who waits looks whether it is their turn. */
const lookEveryMs = 10

/**
 * A request that was cut off while it waited cannot leave the row: who has not looked for this long is taken to be gone.
 * Longer than it takes to turn two hundred others away (15 ms each on a slow machine), because meanwhile nobody's timer comes.
 */
const goneAfterMs = 5000

const busy = domainError(
  'temporarily_unavailable',
  'Many people are using passwords at this moment. Wait some seconds, then try again.',
  { retryAfterSeconds: 5 },
)

type Place = { seenAt: number }

/** In order of arrival. Nobody awaits another request's promise: it would never come if that request were cut off. */
let row: Place[] = []

/** Time in which those who wait could look. While a hash is made nobody can, however long it takes on a busy machine. */
let awakeMs = 0
let lookedAt = 0

/** Runs `work` when it is this caller's turn, or fails at once because too many wait already. */
export async function inTurn<T>(work: () => Promise<T>): Promise<Result<T>> {
  look()
  // One works, the others wait.
  if (row.length > maxWaiting) return fail(busy)
  const place: Place = { seenAt: awakeMs }
  row.push(place)
  try {
    // Also the first looks once: while a hash is made nothing arrives, so the row would never be seen to be long.
    do {
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
      look(place)
      if (!row.includes(place)) return fail(busy)
    } while (row[0] !== place)
    return ok(await work())
  } finally {
    row = row.filter((other) => other !== place)
  }
}

/** Goes on with the clock, and takes out of the row who has not looked for long. */
function look(place?: Place): void {
  const now = Date.now()
  awakeMs += Math.min(Math.max(now - lookedAt, 0), 2 * lookEveryMs)
  lookedAt = now
  if (place) place.seenAt = awakeMs
  row = row.filter(({ seenAt }) => seenAt > awakeMs - goneAfterMs)
}
