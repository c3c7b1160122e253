// Deciding about several users at once: what the forms take, and how the outcome is told.
import { z } from 'zod'
import { idSchema } from '~/domain/kernel/ids'
import { type Outcome, outcomeNotice } from '~/domain/kernel/outcome'
import { paragraphSchema } from '~/domain/kernel/text'

/** As many as two pages of the list. Each takes up to five statements of one batch (D1: 1,000 a request). */
export const maxUsersAtOnce = 100

const tooMany = `At most ${maxUsersAtOnce} users at once. Tick fewer of them.`

export const chosenUsersInput = z.object({
  id: z
    .array(idSchema('usr'), { error: 'Tick at least one user.' })
    .min(1, 'Tick at least one user.')
    .max(maxUsersAtOnce, tooMany),
  returnTo: z.string().max(2000).optional(),
})

export const chosenUsersWithReasonInput = chosenUsersInput.extend({ reason: paragraphSchema('Reason', 500) })

/** Such as `3 users are activated. 1 skipped: Ada Lovelace was rejected already by Robin Doe.` */
export function usersNotice(outcome: Outcome, [one, many]: readonly [string, string]): string {
  const { done } = outcome
  return outcomeNotice(outcome, done.length === 1 ? `${done[0]} ${one}.` : `${done.length} users ${many}.`)
}
