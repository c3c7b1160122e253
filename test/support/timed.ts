/**
 * What `work` gives, and the shortest time that it took, in milliseconds: a try of more than `enough` is made again, up to three times in
 * all, for what else the machine does is not the work's fault.
 */
export function timed<T>(work: () => T, enough: number): { value: T; ms: number } {
  let best = Number.POSITIVE_INFINITY
  for (let tries = 1; ; tries += 1) {
    const began = performance.now()
    const value = work()
    best = Math.min(best, performance.now() - began)
    if (best <= enough || tries === 3) return { value, ms: best }
  }
}

/** The mean of the middle half: as calm as a median, and finer than the runtime's clock, which steps by a millisecond. */
export function middle(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.slice(Math.floor(sorted.length / 4), Math.ceil((sorted.length * 3) / 4))
  return half.reduce((sum, value) => sum + value, 0) / half.length
}
