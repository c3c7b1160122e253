// The columns of the list of users, and where a press on a head leads.
import { orgRoleLabels } from '~/domain/accounts/account'
import type { UserRow } from '~/domain/accounts/queries-users.server'
import type { UserListFilter, UserSort } from '~/domain/accounts/user-list'
import { UserStatus } from '~/ui/accounts/state-badge'
import type { Column } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { useRootData } from '~/ui/root-data'

/** Names begin with A, times with the latest; a second press turns the order round. */
const beginsDescending: Record<UserSort, boolean> = { name: false, registered: true, 'last-login': true }

export function useColumns(
  filter: UserListFilter,
  orderedBy: (sort: UserSort, descending: boolean) => string,
): Column<UserRow>[] {
  const { now } = useRootData()
  const sorting = (sort: UserSort): Pick<Column<UserRow>, 'sortTo' | 'sorted'> => {
    const isSorted = filter.sort === sort
    return {
      sortTo: orderedBy(sort, isSorted ? !filter.descending : beginsDescending[sort]),
      sorted: isSorted ? (filter.descending ? 'desc' : 'asc') : undefined,
    }
  }
  return [
    { key: 'name', header: 'Name', cell: (row) => row.name, ...sorting('name') },
    { key: 'email', header: 'Email', cell: (row) => row.email },
    {
      key: 'organization',
      header: 'Organization',
      hideOnPhone: true,
      cell: (row) => (
        <>
          {row.organizationName}
          {row.orgRole && <span className="block text-sm text-muted">{orgRoleLabels[row.orgRole]}</span>}
        </>
      ),
    },
    { key: 'state', header: 'Status', cell: (row) => <UserStatus state={row.state} /> },
    {
      key: 'registered',
      header: 'Registered',
      hideOnPhone: true,
      cell: (row) => <DateTime value={row.createdAt} now={now} relative />,
      ...sorting('registered'),
    },
    {
      key: 'last-login',
      header: 'Last login',
      hideOnPhone: true,
      cell: (row) => <DateTime value={row.lastLoginAt} now={now} relative />,
      ...sorting('last-login'),
    },
  ]
}
