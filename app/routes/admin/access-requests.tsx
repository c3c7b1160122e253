import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { Inbox } from 'lucide-react'
import {
  accessRequestFilter,
  accessRequestStateLabels,
  accessRequestStates,
} from '~/domain/access-requests/access-request'
import { listAccessRequests } from '~/domain/access-requests/queries.server'
import { pageRequest } from '~/domain/kernel/page'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { RequestStateBadge } from '~/ui/apps/badges'
import { type Column, DataTable } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { FilterBar, FilterSelect } from '~/ui/filter-bar'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'
import { useRootData } from '~/ui/root-data'

export const meta: MetaFunction = () => [{ title: 'Access requests' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const filter = accessRequestFilter(params)
  return { filter, ...(await listAccessRequests(ctx, { ...filter, page: pageRequest(params) })) }
}

const stateOptions = [
  { value: '', label: 'Any status' },
  ...accessRequestStates.map((state) => ({ value: state, label: accessRequestStateLabels[state] })),
]

export default function AccessRequestsPage() {
  const { filter, rows, next, previous } = useLoaderData<typeof loader>()
  const columns = useColumns()
  const isFiltered = filter.state !== null || filter.search !== ''
  const to = (change: Record<string, string | null>) =>
    address({ state: filter.state, q: filter.search, ...change })
  const chips = [
    ...(filter.search ? [{ label: `“${filter.search}”`, removeTo: to({ q: null }) }] : []),
    ...(filter.state
      ? [{ label: accessRequestStateLabels[filter.state], removeTo: to({ state: null }) }]
      : []),
  ]
  return (
    <>
      <PageHeader
        title="Access requests"
        description="Which app asks for which products, under which plan."
      />
      <FilterBar
        search={{
          value: filter.search,
          label: 'Search access requests',
          placeholder: 'App, organization, person or product',
        }}
        chips={chips}
        clearTo={paths.admin.accessRequests}
      >
        <FilterSelect label="Status" name="state" value={filter.state ?? ''} options={stateOptions} />
      </FilterBar>
      <DataTable
        caption="Access requests"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.admin.accessRequest(row.id)}
        empty={
          <EmptyState
            icon={Inbox}
            title={isFiltered ? 'No access request matches' : 'No access requests yet'}
          >
            {isFiltered
              ? 'Change the search or the status.'
              : 'When a developer requests access to a product, it is listed here for your decision.'}
          </EmptyState>
        }
      />
      <Pagination previousTo={previous && to({ before: previous })} nextTo={next && to({ after: next })} />
    </>
  )
}

function address(params: Record<string, string | null>): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(params)) if (value) search.set(key, value)
  const text = search.toString()
  return text ? `${paths.admin.accessRequests}?${text}` : paths.admin.accessRequests
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

function useColumns(): Column<Row>[] {
  const { now } = useRootData()
  return [
    { key: 'app', header: 'App', cell: (row) => row.appName },
    { key: 'products', header: 'Products', cell: (row) => row.products.join(', ') },
    {
      key: 'plan',
      header: 'Plan',
      hideOnPhone: true,
      cell: (row) => (
        <>
          {row.planName}
          <span className="block text-sm text-muted">{row.catalogName}</span>
        </>
      ),
    },
    {
      key: 'requester',
      header: 'Requested by',
      cell: (row) => (
        <>
          {row.requesterName ?? 'Deleted user'}
          <span className="block text-sm text-muted">{row.organizationName}</span>
        </>
      ),
    },
    { key: 'state', header: 'Status', cell: (row) => <RequestStateBadge state={row.state} /> },
    {
      key: 'created',
      header: 'Requested',
      hideOnPhone: true,
      cell: (row) => <DateTime value={row.createdAt} now={now} relative />,
    },
  ]
}
