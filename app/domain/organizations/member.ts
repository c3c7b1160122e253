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

/** What becomes of the apps of somebody who is moved: they pass to a member who stays, or go along. */
export const appFates = ['pass', 'personal', 'organization'] as const
export type AppFate = (typeof appFates)[number]

export const moveDeveloperInput = z.object({
  organizationId: idSchema('org'),
  orgRole: z.enum(orgRoles, { error: 'Choose a role.' }),
  apps: z.enum(appFates, { error: 'Choose what becomes of the apps.' }),
  heirId: idSchema('usr').optional(),
})
export type MoveDeveloperInput = z.output<typeof moveDeveloperInput>
