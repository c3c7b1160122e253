// Role and teams of somebody in an organization, and what each role may do.
import { type OrgRole, orgRoleLabels, orgRoles } from '~/domain/accounts/account'
import { CheckboxGroup } from '~/ui/choice-field'
import type { FieldText } from '~/ui/field-frame'
import { RadioCards } from '~/ui/radio-cards'
import { RoleTable } from './role-table'

const roleHints: Record<OrgRole, string> = {
  team_member: 'Requests access, and works with own apps and apps that are shared with them.',
  super_admin: 'Sees every app of the organization, and invites, edits and removes its members.',
}

type MemberFieldsProps = {
  idPrefix: string
  role: OrgRole
  roleErrors?: FieldText['errors']
  teams: readonly { id: string; name: string; isDefault: boolean }[]
  teamIds: readonly string[]
  teamErrors?: FieldText['errors']
}

export function MemberFields({ idPrefix, role, roleErrors, teams, teamIds, teamErrors }: MemberFieldsProps) {
  const always = teams.filter((team) => team.isDefault).map((team) => team.id)
  return (
    <>
      <RadioCards
        id={`${idPrefix}-orgRole`}
        name="orgRole"
        legend="Role"
        options={orgRoles
          .toReversed()
          .map((value) => ({ value, title: orgRoleLabels[value], description: roleHints[value] }))}
        defaultValue={role}
        errors={roleErrors}
        columns
      />
      <RoleTable />
      <CheckboxGroup
        id={`${idPrefix}-teamIds`}
        name="teamIds"
        legend="Teams"
        options={teams.map((team) => ({
          value: team.id,
          label: team.name,
          disabled: team.isDefault,
          hint: team.isDefault ? 'Everybody is in this team.' : undefined,
        }))}
        defaultValues={[...always, ...teamIds]}
        errors={teamErrors}
        columns
      />
    </>
  )
}

/** What was chosen before the form came back with errors, or else `stored`. */
export function chosenRole(value: unknown, stored: OrgRole): OrgRole {
  return orgRoles.find((role) => role === value) ?? stored
}

export function chosenTeams(value: unknown, stored: readonly string[], cameBack: boolean): string[] {
  if (Array.isArray(value)) return value.filter((one): one is string => typeof one === 'string')
  if (typeof value === 'string') return [value]
  return cameBack ? [] : [...stored]
}
