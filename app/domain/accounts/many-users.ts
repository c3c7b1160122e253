// Deciding about several users at once: what the forms take, and how the outcome is told.
import { z } from 'zod'
import { idSchema } from '~/domain/kernel/ids'
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

/** Names of those it was done to, and a sentence for each of the others. */
export type Outcome = { done: string[]; skipped: string[] }

/** Such as `3 users are activated. 1 skipped: Ada Lovelace was rejected already by Robin Doe.` */
export function outcomeNotice({ done, skipped }: Outcome, [one, many]: readonly [string, string]): string {
  const first = done.length === 1 ? `${done[0]} ${one}.` : `${done.length} users ${many}.`
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
