// Organizations and teams: states in words, names, and what the forms about them take.
import { z } from 'zod'
import { type DomainError, fieldError } from '~/domain/kernel/errors'
import { idSchema } from '~/domain/kernel/ids'
import { lineSchema, paragraphSchema } from '~/domain/kernel/text'

export const organizationStates = ['pending', 'active', 'suspended', 'rejected'] as const
export type OrganizationState = (typeof organizationStates)[number]

export const organizationStateLabels: Record<OrganizationState, string> = {
  pending: 'Pending',
  active: 'Active',
  rejected: 'Rejected',
  suspended: 'Suspended',
}

export const organizationNameSchema = lineSchema('Organization name', 2, 80)
export const teamNameSchema = lineSchema('Team name', 2, 80)

export const createOrganizationInput = z.object({ name: organizationNameSchema })
export type CreateOrganizationInput = z.output<typeof createOrganizationInput>

/** By a developer, who may have to wait for an admin. */
export const requestOrganizationInput = z.object({ name: organizationNameSchema })
export type RequestOrganizationInput = z.output<typeof requestOrganizationInput>

/** The name as it was asked for, or corrected. */
export const approveOrganizationInput = z.object({ name: organizationNameSchema })
export type ApproveOrganizationInput = z.output<typeof approveOrganizationInput>

export const rejectOrganizationInput = z.object({ reason: paragraphSchema('Reason', 500) })
export type RejectOrganizationInput = z.output<typeof rejectOrganizationInput>

/** `userId` takes over. */
export const handOverOrganizationInput = z.object({ userId: idSchema('usr') })
export type HandOverOrganizationInput = z.output<typeof handOverOrganizationInput>

/** What a developer who asks for an organization is told (product.md §5). */
export const organizationRequestAnswers = {
  active: "You've created an organization. Invite your first user.",
  pending: "Your organization request is pending. You'll be able to invite users once it is accepted.",
  off: 'Organization creation is currently not allowed.',
} as const

export const createTeamInput = z.object({ name: teamNameSchema })
export type CreateTeamInput = z.output<typeof createTeamInput>

export const renameOrganizationInput = z.object({ name: organizationNameSchema })
export type RenameOrganizationInput = z.output<typeof renameOrganizationInput>

export const suspendOrganizationInput = z.object({ reason: paragraphSchema('Reason', 500) })
export type SuspendOrganizationInput = z.output<typeof suspendOrganizationInput>

/** One types the name, because nothing brings an organization back. */
export const deleteOrganizationInput = z.object({
  confirmation: z
    .string({ error: 'Type the name of the organization.' })
    .trim()
    .max(200, 'Type the name of the organization.'),
})
export type DeleteOrganizationInput = z.output<typeof deleteOrganizationInput>

/** By an admin, in any organization. */
export const addTeamInput = createTeamInput.extend({ organizationId: idSchema('org') })

export const addTeamMembersInput = z.object({
  add: z.array(idSchema('usr')).min(1, 'Choose at least one person.').max(100, 'Choose at most 100 people.'),
})

export const removeTeamMemberInput = z.object({ userId: idSchema('usr') })

export const renameTeamInput = z.object({ name: teamNameSchema })
export type RenameTeamInput = z.output<typeof renameTeamInput>

/** Who joins a team and who leaves it; everybody else stays as they are. */
export const setTeamMembersInput = z.object({
  add: z.array(idSchema('usr')).max(100, 'Choose at most 100 people.'),
  remove: z.array(idSchema('usr')).max(100, 'Choose at most 100 people.'),
})
export type SetTeamMembersInput = z.output<typeof setTeamMembersInput>

/** The team that holds everybody of an organization. */
export function defaultTeamName(organizationName: string): string {
  return `${organizationName} All users`
}

export function teamNameTaken(name: string): DomainError {
  return fieldError(
    'name',
    `This organization has a team named “${name}” already. Choose another name.`,
    'name_taken',
  )
}
