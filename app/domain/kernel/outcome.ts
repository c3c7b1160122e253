// Doing something to several at once: what came of it, and how that is told.

/** Names of those it was done to, and a sentence for each of the others. */
export type Outcome = { done: string[]; skipped: string[] }

/**
 * `told` says what was done, where anything was. Such as `3 users are activated. 1 skipped: Ada Lovelace was rejected
 * already by Robin Doe.`
 */
export function outcomeNotice({ done, skipped }: Outcome, told: string): string {
  if (skipped.length === 0) return told
  const named = skipped
    .slice(0, 2)
    .map((sentence) => (sentence.length > 150 ? `${sentence.slice(0, 149)}…` : sentence))
  const rest = skipped.length - named.length
  return [
    ...(done.length > 0 ? [told] : []),
    `${skipped.length} skipped: ${named.join(' ')}`,
    ...(rest > 0 ? [`And ${rest} more.`] : []),
  ].join(' ')
}
