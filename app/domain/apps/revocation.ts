// When a revocation holds. The gateway forgets a key at once where the button was pressed; elsewhere it knows the old state
// for seconds at most.

export const everywhereWithinMs = 10_000

/** What is said right after it, at `doneAt` (ms): seconds rounded up, so that no call gets through later than it says. */
export function revocationReceipt(doneAt: number): string {
  const time = (at: number) => new Date(Math.ceil(at / 1000) * 1000).toISOString().slice(11, 19)
  return `Key revoked. Refused here from ${time(doneAt)} UTC, and everywhere by ${time(doneAt + everywhereWithinMs)} UTC at the latest.`
}
