// The list of users as a table for a spreadsheet.
import { inactiveReasons, type OrgRole, orgRoleLabels, type UserState } from './account'

type ExportedUser = {
  id: string
  name: string
  email: string
  organizationName: string | null
  orgRole: OrgRole | null
  state: UserState
  createdAt: number
  lastLoginAt: number | null
}

export const userExportHeader = [
  'Name',
  'Email',
  'Organization',
  'Role',
  'Status',
  'Reason',
  'Registered',
  'Last login',
  'Id',
] as const

export function userExportRow(row: ExportedUser): (string | null)[] {
  return [
    row.name,
    row.email,
    row.organizationName,
    row.orgRole ? orgRoleLabels[row.orgRole] : null,
    row.state === 'active' ? 'Active' : 'Inactive',
    row.state === 'active' ? null : inactiveReasons[row.state],
    new Date(row.createdAt).toISOString(),
    row.lastLoginAt === null ? null : new Date(row.lastLoginAt).toISOString(),
    row.id,
  ]
}
