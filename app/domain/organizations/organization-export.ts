// The list of organizations as a table for a spreadsheet.
import { type OrganizationState, organizationStateLabels } from './organization'

type ExportedOrganization = {
  id: string
  name: string
  state: OrganizationState
  members: number
  teams: number
  apps: number
  createdAt: number
}

export const organizationExportHeader = [
  'Name',
  'Status',
  'Members',
  'Teams',
  'Apps',
  'Created',
  'Id',
] as const

export function organizationExportRow(row: ExportedOrganization): (string | number)[] {
  return [
    row.name,
    organizationStateLabels[row.state],
    row.members,
    row.teams,
    row.apps,
    new Date(row.createdAt).toISOString(),
    row.id,
  ]
}
