import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { Building2 } from 'lucide-react'
import { formatNumber } from '~/domain/kernel/number'
import { pageRequest } from '~/domain/kernel/page'
import { organizationListFilter, type PlaceSort, sortParam } from '~/domain/organizations/lists'
import { organizationStateLabels, organizationStates } from '~/domain/organizations/organization'
import { getOrganizationList, type OrganizationRow } from '~/domain/organizations/queries-list.server'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { Badge } from '~/ui/badge'
import { ButtonLink } from '~/ui/button'
import type { Column } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { ExportLink } from '~/ui/export-link'
import { FilterBar, FilterSelect } from '~/ui/filter-bar'
import { ListTable } from '~/ui/list-table'
import { listAddress, sorting } from '~/ui/organizations/list-order'
import { OrganizationStateBadge } from '~/ui/organizations/state-badge'
import { WaitingOrganizations } from '~/ui/organizations/waiting-organizations'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction = () => [{ title: 'Organizations' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const filter = organizationListFilter(params)
  const page = pageRequest(params)
  const list = await getOrganizationList(ctx, { ...filter, page })
  return { ...list, filter, isFirst: page.cursor === null }
}

const stateOptions = organizationStates.map((value) => ({ value, label: organizationStateLabels[value] }))

export default function OrganizationsPage() {
  const { rows, next, previous, filter, waiting, isFirst } = useLoaderData<typeof loader>()
  const root = useRootData()
  const { search, state } = filter
  const address = (change: Record<string, string | null>) =>
    listAddress(paths.admin.organizations, { q: search, state, sort: sortParam(filter), ...change })
  const isFiltered = search !== '' || state !== null
  const columns = useColumns((sort, header) => sorting(filter, sort, header, address))
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
      {!isFiltered && isFirst && (
        <WaitingOrganizations
          organizations={waiting}
          all={<TextLink to={address({ state: 'pending' })}>All {root.waiting?.organizations}</TextLink>}
          addresses={paths.admin}
        />
      )}
      <FilterBar
        search={{ value: search, label: 'Search organizations', placeholder: 'Name' }}
        keep={filter.sort === 'created' && filter.descending ? {} : { sort: sortParam(filter) ?? '' }}
        chips={[
          ...(search ? [{ label: `“${search}”`, removeTo: address({ q: null }) }] : []),
          ...(state ? [{ label: organizationStateLabels[state], removeTo: address({ state: null }) }] : []),
        ]}
        clearTo={paths.admin.organizations}
        actions={
          <ExportLink to={address({}).replace(paths.admin.organizations, paths.admin.exportOrganizations)} />
        }
      >
        <FilterSelect label="Status" name="state" value={state} any="Any status" options={stateOptions} />
      </FilterBar>
      <ListTable
        caption="Organizations"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.admin.organization(row.id)}
        isFiltered={isFiltered}
        noMatch={{
          title: 'No organization matches',
          hint: 'Try another word or another status.',
          all: { label: 'Show all organizations', to: paths.admin.organizations },
        }}
        empty={
          <EmptyState
            icon={Building2}
            title="No organizations yet"
            action={<ButtonLink to={paths.admin.newOrganization}>Add organization</ButtonLink>}
          />
        }
        pages={{ previous, next }}
        address={address}
      />
    </>
  )
}

function useColumns(
  sortable: (
    sort: PlaceSort,
    header: string,
  ) => Pick<Column<OrganizationRow>, 'header' | 'sortTo' | 'sorted'>,
): Column<OrganizationRow>[] {
  const { now } = useRootData()
  const count = (key: 'members' | 'teams' | 'apps', header: string): Column<OrganizationRow> => ({
    key,
    header,
    cell: (row) => formatNumber(row[key]),
    align: 'right',
    hideOnPhone: key !== 'members',
  })
  return [
    {
      key: 'name',
      ...sortable('name', 'Name'),
      cell: (row) => (
        <span className="inline-flex flex-wrap items-center gap-2">
          {row.name}
          {row.isDefault && <Badge>Default</Badge>}
        </span>
      ),
    },
    { key: 'state', header: 'Status', cell: (row) => <OrganizationStateBadge state={row.state} /> },
    count('members', 'Members'),
    count('teams', 'Teams'),
    count('apps', 'Apps'),
    {
      key: 'created',
      ...sortable('created', 'Created'),
      cell: (row) => <DateTime value={row.createdAt} now={now} dayOnly />,
      hideOnPhone: true,
    },
  ]
}
