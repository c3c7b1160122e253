// The columns of the list of access requests, and where a press on a head leads.
import type { RequestRow } from '~/domain/access-requests/queries-list.server'
import {
  type RequestListFilter,
  type RequestSort,
  requestSortParam,
} from '~/domain/access-requests/request-list'
import { RequestStateBadge } from '~/ui/apps/badges'
import type { Column } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { useRootData } from '~/ui/root-data'

export function useColumns(
  filter: RequestListFilter,
  address: (change: Record<string, string | null>) => string,
): Column<RequestRow>[] {
  const { now } = useRootData()
  /** Names begin with A, times with the latest; a second press turns the order round. */
  const sorting = (sort: RequestSort): Pick<Column<RequestRow>, 'sortTo' | 'sorted'> => {
    const isSorted = filter.sort === sort
    const descending = isSorted ? !filter.descending : sort === 'created'
    return {
      sortTo: address({ sort: requestSortParam(sort, descending) }),
      sorted: isSorted ? (filter.descending ? 'desc' : 'asc') : undefined,
    }
  }
  return [
    { key: 'app', header: 'App', cell: (row) => row.appName, ...sorting('app') },
    { key: 'products', header: 'Products', cell: (row) => row.products.join(', ') },
    {
      key: 'plan',
      header: 'Plan',
      cell: (row) => (
        <span>
          {row.planName}
          <span className="block text-sm text-muted">
            {row.planBefore ? `instead of ${row.planBefore}` : row.catalogName}
          </span>
        </span>
      ),
      ...sorting('plan'),
    },
    {
      key: 'organization',
      header: 'Organization',
      cell: (row) => (
        <span>
          {row.organizationName}
          <span className="block text-sm text-muted">{row.requesterName ?? 'Deleted user'}</span>
        </span>
      ),
      ...sorting('organization'),
    },
    { key: 'state', header: 'Status', cell: (row) => <RequestStateBadge state={row.state} /> },
    {
      key: 'created',
      header: 'Requested',
      cell: (row) => <DateTime value={row.createdAt} now={now} relative />,
      ...sorting('created'),
    },
  ]
}
