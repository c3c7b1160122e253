// Search and filters of the list of users, and their chips.
import { orgRoleLabels, orgRoles, type UserFilter, userFilters } from '~/domain/accounts/account'
import type { UserListPage } from '~/domain/accounts/queries-users.server'
import { sortParam, type UserListFilter } from '~/domain/accounts/user-list'
import { paths } from '~/platform/paths'
import { FilterBar, FilterSelect, FilterText } from '~/ui/filter-bar'

const stateLabels: Record<UserFilter, string> = {
  active: 'Active',
  inactive: 'Inactive',
  pending: 'Waiting for approval',
  invited: 'Invited',
  rejected: 'Rejected',
  deactivated: 'Deactivated',
}

export function isNarrowed(filter: UserListFilter): boolean {
  const { search, state, organizationId, teamId, orgRole } = filter
  return [search, state, organizationId, teamId, orgRole].some(Boolean)
}

type Address = (changes: Record<string, string | null>) => string

type UserFiltersProps = {
  page: Pick<UserListPage, 'chosen' | 'organizations' | 'moreOrganizations' | 'teams'>
  filter: UserListFilter
  address: Address
}

export function UserFilters({ page, filter, address }: UserFiltersProps) {
  const { chosen, organizations, moreOrganizations, teams } = page
  const { search, state, organizationId, teamId, orgRole, find } = filter
  const order = sortParam(filter.sort, filter.descending)
  const chips = [
    search && { label: `“${search}”`, removeTo: address({ q: null }) },
    state && { label: stateLabels[state], removeTo: address({ state: null }) },
    organizationId && {
      label: chosen.organization ?? 'Unknown organization',
      removeTo: address({ organization: null, team: null }),
    },
    teamId && { label: chosen.team ?? 'Unknown team', removeTo: address({ team: null }) },
    orgRole && { label: orgRoleLabels[orgRole], removeTo: address({ role: null }) },
  ].filter((chip) => chip !== null && chip !== '')
  return (
    <FilterBar
      search={{ value: search, label: 'Search users', placeholder: 'Name, address or @domain' }}
      chips={chips}
      clearTo={paths.admin.users}
      keep={order ? { sort: order } : {}}
    >
      <FilterSelect
        label="Status"
        name="state"
        value={state}
        any="Any status"
        options={userFilters.map((value) => ({ value, label: stateLabels[value] }))}
      />
      <FilterSelect
        label="Role"
        name="role"
        value={orgRole}
        any="Any role"
        options={orgRoles.map((value) => ({ value, label: orgRoleLabels[value] }))}
      />
      <FilterSelect
        label="Organization"
        name="organization"
        value={organizationId}
        any="Any organization"
        options={withChosen(organizations, organizationId, chosen.organization)}
      />
      {moreOrganizations && <FilterText label="Find organization" name="find" value={find} />}
      {organizationId && (
        <FilterSelect
          label="Team"
          name="team"
          value={teamId}
          any="Any team"
          options={withChosen(teams, teamId, chosen.team)}
        />
      )}
    </FilterBar>
  )
}

/** What is offered, and what is chosen already even when it is not among that. */
function withChosen(
  offered: readonly { id: string; name: string }[],
  id: string | null,
  name: string | null,
): { value: string; label: string }[] {
  const options = offered.map((one) => ({ value: one.id, label: one.name }))
  if (!id || offered.some((one) => one.id === id)) return options
  return [{ value: id, label: name ?? 'Unknown' }, ...options]
}
