// Invitations: a link by which somebody chooses a password for the account that was made for them.
import { z } from 'zod'
import { idSchema } from '~/domain/kernel/ids'
import { emailSchema } from '~/domain/kernel/text'
import {
  firstNameSchema,
  lastNameSchema,
  newPasswordSchema,
  orgRoles,
  passwordAgainSchema,
  passwordsDiffer,
} from './account'

/** product.md §5. The link in the mail says the same. */
export const invitationLifetimeMs = 7 * 86_400_000

/** A second press within this time sends nothing. */
export const invitationEveryMs = 60_000
/** Mails to one invitee in 24 hours: nobody's mailbox is filled. */
export const invitationsPerDay = 10

/** Mails that the super admins of one organization can have sent in 24 hours. */
export const organizationInvitationsPerDay = 100

/** What an inviter is told, whether the address has an account elsewhere or not. */
export const invitationSent = 'Invitation sent'

export const inviteMemberInput = z.object({
  email: emailSchema,
  firstName: firstNameSchema,
  lastName: lastNameSchema,
  orgRole: z.enum(orgRoles, { error: 'Choose a role.' }),
  teamIds: z.array(idSchema('team')).max(100, 'Choose at most 100 teams.'),
})
export type InviteMemberInput = z.output<typeof inviteMemberInput>

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
