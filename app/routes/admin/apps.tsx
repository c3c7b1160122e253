import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { AppWindow } from 'lucide-react'
import { appVisibilityLabels } from '~/domain/apps/app'
import { appListFilter, appStateLabels, appStates } from '~/domain/apps/app-list'
import { type AppRow, getAppList } from '~/domain/apps/queries-list.server'
import { formatNumber } from '~/domain/kernel/number'
import { pageRequest } from '~/domain/kernel/page'
import { type PlaceSort, sortParam } from '~/domain/organizations/lists'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { AppStatusBadge } from '~/ui/apps/badges'
import { ButtonLink } from '~/ui/button'
import type { Column } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { ExportLink } from '~/ui/export-link'
import { FilterBar, FilterSelect } from '~/ui/filter-bar'
import { ListTable } from '~/ui/list-table'
import { listAddress, sorting } from '~/ui/organizations/list-order'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction = () => [{ title: 'Apps' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const filter = appListFilter(params)
  return { ...(await getAppList(ctx, { ...filter, page: pageRequest(params) })), filter }
}

const stateOptions = appStates.map((value) => ({ value, label: appStateLabels[value] }))

export default function AppsPage() {
  const { rows, next, previous, filter, organization } = useLoaderData<typeof loader>()
  const { search, state, organizationId } = filter
  const sort = sortParam(filter)
  const address = (change: Record<string, string | null>) =>
    listAddress(paths.admin.apps, { q: search, state, organization: organizationId, sort, ...change })
  const isFiltered = search !== '' || state !== null || organizationId !== null
  const columns = useColumns(address, (by, header) => sorting(filter, by, header, address))
  return (
    <>
      <PageHeader
        title="Apps"
        actions={
          <ButtonLink to={paths.admin.newApp()} variant="primary">
            New app
          </ButtonLink>
        }
      />
      <FilterBar
        search={{
          value: search,
          label: 'Search apps',
          placeholder: 'App, owner or organization',
        }}
        keep={{ ...(organizationId ? { organization: organizationId } : {}), ...(sort ? { sort } : {}) }}
        chips={[
          ...(search ? [{ label: `“${search}”`, removeTo: address({ q: null }) }] : []),
          ...(state ? [{ label: appStateLabels[state], removeTo: address({ state: null }) }] : []),
          ...(organizationId
            ? [
                {
                  label: organization?.name ?? 'Unknown organization',
                  removeTo: address({ organization: null }),
                },
              ]
            : []),
        ]}
        clearTo={paths.admin.apps}
        actions={<ExportLink to={address({}).replace(paths.admin.apps, paths.admin.exportApps)} />}
      >
        <FilterSelect label="Status" name="state" value={state} any="Any status" options={stateOptions} />
      </FilterBar>
      <ListTable
        caption="Apps"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.admin.app(row.id)}
        isFiltered={isFiltered}
        noMatch={{
          title: 'No app matches',
          hint: 'Try another word, status or organization.',
          all: { label: 'Show all apps', to: paths.admin.apps },
        }}
        empty={
          <EmptyState
            icon={AppWindow}
            title="No apps yet"
            action={<ButtonLink to={paths.admin.newApp()}>New app</ButtonLink>}
          >
            Developers make them when they request access. You can make one for a developer.
          </EmptyState>
        }
        pages={{ previous, next }}
        address={address}
      />
    </>
  )
}

function useColumns(
  address: (change: Record<string, string | null>) => string,
  sortable: (sort: PlaceSort, header: string) => Pick<Column<AppRow>, 'header' | 'sortTo' | 'sorted'>,
): Column<AppRow>[] {
  const { now } = useRootData()
  return [
    { key: 'name', ...sortable('name', 'App'), cell: (row) => row.name },
    {
      key: 'owner',
      header: 'Owner',
      cell: (row) => (
        <TextLink plain to={paths.admin.user(row.ownerId)}>
          {row.ownerName}
        </TextLink>
      ),
    },
    {
      key: 'organization',
      header: 'Organization',
      cell: (row) => (
        <TextLink plain to={address({ organization: row.organizationId })}>
          {row.organizationName}
          <span className="sr-only">: only its apps</span>
        </TextLink>
      ),
    },
    {
      key: 'visibility',
      header: 'Visibility',
      cell: (row) => appVisibilityLabels[row.visibility],
      hideOnPhone: true,
    },
    {
      key: 'products',
      header: 'Products',
      cell: (row) => formatNumber(row.products),
      align: 'right',
      hideOnPhone: true,
    },
    {
      key: 'keys',
      header: 'Keys',
      cell: (row) => formatNumber(row.workingKeys),
      align: 'right',
      hideOnPhone: true,
    },
    { key: 'state', header: 'Status', cell: (row) => <AppStatusBadge app={row} /> },
    {
      key: 'created',
      ...sortable('created', 'Created'),
      cell: (row) => <DateTime value={row.createdAt} now={now} dayOnly />,
      hideOnPhone: true,
    },
  ]
}
