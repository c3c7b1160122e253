// The members of an organization: what the forms about them take.
import { z } from 'zod'
import { firstNameSchema, lastNameSchema, orgRoles } from '~/domain/accounts/account'
import { idSchema } from '~/domain/kernel/ids'

const memberTeamsSchema = z.array(idSchema('team')).max(100, 'Choose at most 100 teams.')

export const editMemberInput = z.object({
  firstName: firstNameSchema,
  lastName: lastNameSchema,
  orgRole: z.enum(orgRoles, { error: 'Choose a role.' }),
  teamIds: memberTeamsSchema,
})
export type EditMemberInput = z.output<typeof editMemberInput>
