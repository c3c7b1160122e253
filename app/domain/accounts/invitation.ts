// Invitations: a link by which somebody chooses a password for the account that was made for them.
import { z } from 'zod'
import { newPasswordSchema, passwordAgainSchema, passwordsDiffer } from './account'

/** product.md §5. The link in the mail says the same. */
export const invitationLifetimeMs = 7 * 86_400_000

/** A second press within this time sends nothing. */
export const invitationEveryMs = 60_000
/** Mails to one invitee in 24 hours: nobody's mailbox is filled. */
export const invitationsPerDay = 10

export const acceptInvitationInput = z
  .object({
    password: newPasswordSchema,
    passwordAgain: passwordAgainSchema,
    redemptionId: z.string({ error: 'Load the page again.' }).regex(/^[\w-]{8,64}$/, 'Load the page again.'),
  })
  .refine((value) => value.password === value.passwordAgain, {
    path: ['passwordAgain'],
    error: passwordsDiffer,
  })
export type AcceptInvitationInput = z.output<typeof acceptInvitationInput> & { token: string }
