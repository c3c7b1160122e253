import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { Building2, SearchX } from 'lucide-react'
import { pageRequest } from '~/domain/kernel/page'
import { listOrganizations, type OrganizationRow } from '~/domain/organizations/queries.server'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { ButtonLink } from '~/ui/button'
import { type Column, DataTable } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { FilterBar } from '~/ui/filter-bar'
import { formatNumber } from '~/ui/number'
import { OrganizationStateBadge } from '~/ui/organizations/state-badge'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'
import { useRootData } from '~/ui/root-data'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction = () => [{ title: 'Organizations' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const search = params.get('q')?.trim().slice(0, 200) ?? ''
  const page = await listOrganizations(ctx, { search, page: pageRequest(params) })
  return { ...page, search }
}

export default function OrganizationsPage() {
  const { rows, next, previous, search } = useLoaderData<typeof loader>()
  const { now } = useRootData()
  const columns: Column<OrganizationRow>[] = [
    { key: 'name', header: 'Name', cell: (row) => row.name },
    { key: 'state', header: 'Status', cell: (row) => <OrganizationStateBadge state={row.state} /> },
    { key: 'developers', header: 'Developers', cell: (row) => formatNumber(row.developers), align: 'right' },
    {
      key: 'teams',
      header: 'Teams',
      cell: (row) => formatNumber(row.teams),
      align: 'right',
      hideOnPhone: true,
    },
    {
      key: 'created',
      header: 'Created',
      cell: (row) => <DateTime value={row.createdAt} now={now} dayOnly />,
      hideOnPhone: true,
    },
  ]
  return (
    <>
      <PageHeader
        title="Organizations"
        actions={
          <ButtonLink to={paths.admin.newOrganization} variant="primary">
            Add
          </ButtonLink>
        }
      />
      <FilterBar
        search={{ value: search, label: 'Search organizations', placeholder: 'Name' }}
        chips={search ? [{ label: `“${search}”`, removeTo: paths.admin.organizations }] : []}
      />
      <DataTable
        caption="Organizations"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.admin.organization(row.id)}
        empty={
          search ? (
            <EmptyState
              icon={SearchX}
              title="No organization matches"
              action={<TextLink to={paths.admin.organizations}>Show all organizations</TextLink>}
            >
              Try another word.
            </EmptyState>
          ) : (
            <EmptyState
              icon={Building2}
              title="No organizations yet"
              action={<ButtonLink to={paths.admin.newOrganization}>Add organization</ButtonLink>}
            />
          )
        }
      />
      <Pagination
        previousTo={listAddress(search, 'before', previous)}
        nextTo={listAddress(search, 'after', next)}
      />
    </>
  )
}

function listAddress(search: string, name: 'after' | 'before', cursor: string | null): string | null {
  if (!cursor) return null
  return `${paths.admin.organizations}?${new URLSearchParams({ ...(search ? { q: search } : {}), [name]: cursor })}`
}
