// Role and teams of somebody in an organization.
import { type OrgRole, orgRoleLabels, orgRoles } from '~/domain/accounts/account'
import { CheckboxGroup } from '~/ui/choice-field'
import type { FieldText } from '~/ui/field-frame'
import { RadioCards } from '~/ui/radio-cards'

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
  const more = teams.filter((team) => !team.isDefault)
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
      <CheckboxGroup
        id={`${idPrefix}-teamIds`}
        name="teamIds"
        legend="Teams"
        hint={`Everybody is in ${teams.find((team) => team.isDefault)?.name ?? 'the default team'}.`}
        options={more.map((team) => ({ value: team.id, label: team.name }))}
        defaultValues={teamIds}
        errors={teamErrors}
        columns
      />
    </>
  )
}
