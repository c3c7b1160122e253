// Deciding about several access requests at once: what the forms take, and how the outcome is told.
import { z } from 'zod'
import { idSchema } from '~/domain/kernel/ids'
import { type Outcome, outcomeNotice } from '~/domain/kernel/outcome'
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

/** Such as `3 requests are approved. 1 skipped: Shop: This request was already rejected by Robin Doe.` */
export function requestsNotice(outcome: Outcome, word: 'approved' | 'rejected'): string {
  const { done } = outcome
  return outcomeNotice(
    outcome,
    done.length === 1 ? `The request of ${done[0]} is ${word}.` : `${done.length} requests are ${word}.`,
  )
}
