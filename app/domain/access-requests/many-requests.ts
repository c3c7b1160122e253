// Deciding about several access requests at once: what the forms take, and how the outcome is told.
import { z } from 'zod'
import { idSchema } from '~/domain/kernel/ids'
import { paragraphSchema } from '~/domain/kernel/text'

/** A page of the list. Each takes up to a dozen statements of one batch (D1: 1,000 a request). */
export const maxRequestsAtOnce = 50

export const chosenRequestsInput = z.object({
  id: z
    .array(idSchema('req'), { error: 'Tick at least one request.' })
    .min(1, 'Tick at least one request.')
    .max(maxRequestsAtOnce, `At most ${maxRequestsAtOnce} requests at once. Tick fewer of them.`),
  returnTo: z.string().max(2000).optional(),
})

export const chosenRequestsWithReasonInput = chosenRequestsInput.extend({
  reason: paragraphSchema('Reason', 500),
})

/** Names of those that were decided, and a sentence for each of the others. */
export type RequestsOutcome = { done: string[]; skipped: string[] }

/** Such as `3 requests are approved. 1 skipped: Shop: This request was already rejected by Robin Doe.` */
export function requestsNotice({ done, skipped }: RequestsOutcome, word: 'approved' | 'rejected'): string {
  const first =
    done.length === 1 ? `The request of ${done[0]} is ${word}.` : `${done.length} requests are ${word}.`
  if (skipped.length === 0) return first
  const named = skipped
    .slice(0, 2)
    .map((sentence) => (sentence.length > 150 ? `${sentence.slice(0, 149)}…` : sentence))
  const rest = skipped.length - named.length
  return [
    ...(done.length > 0 ? [first] : []),
    `${skipped.length} skipped: ${named.join(' ')}`,
    ...(rest > 0 ? [`And ${rest} more.`] : []),
  ].join(' ')
}
