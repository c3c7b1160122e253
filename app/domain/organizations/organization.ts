// Organizations and teams: states in words, names, and what the forms about them take.
import { z } from 'zod'
import { lineSchema } from '~/domain/kernel/text'

export type OrganizationState = 'pending' | 'active' | 'rejected' | 'suspended'

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

export const createTeamInput = z.object({ name: teamNameSchema })
export type CreateTeamInput = z.output<typeof createTeamInput>

/** The team that holds everybody of an organization. */
export function defaultTeamName(organizationName: string): string {
  return `${organizationName} All users`
}
