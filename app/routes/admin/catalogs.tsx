import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData, useLocation } from '@remix-run/react'
import { Library, SearchX } from 'lucide-react'
import { type CatalogRow, listCatalogs } from '~/domain/catalog/queries-catalogs.server'
import { formatNumber } from '~/domain/kernel/number'
import { pageRequest } from '~/domain/kernel/page'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { ButtonLink } from '~/ui/button'
import { VisibilityBadge } from '~/ui/catalog/visibility-badge'
import { type Column, DataTable } from '~/ui/data-table'
import { EmptyState } from '~/ui/empty-state'
import { FilterBar } from '~/ui/filter-bar'
import { withParam } from '~/ui/notifications/list-address'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction = () => [{ title: 'Catalogs' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const search = params.get('q')?.trim().slice(0, 200) ?? ''
  return { ...(await listCatalogs(ctx, { search, page: pageRequest(params) })), search }
}

const columns: Column<CatalogRow>[] = [
  { key: 'name', header: 'Name', cell: (catalog) => catalog.name },
  {
    key: 'visibility',
    header: 'Visibility',
    cell: (catalog) => <VisibilityBadge visibility={catalog.visibility} />,
  },
  {
    key: 'audience',
    header: 'Audience',
    cell: (catalog) =>
      catalog.visibility === 'custom' ? (
        formatNumber(catalog.audience)
      ) : (
        <span className="text-muted">–</span>
      ),
    align: 'right',
    hideOnPhone: true,
  },
  { key: 'products', header: 'Products', cell: (catalog) => formatNumber(catalog.products), align: 'right' },
  { key: 'plans', header: 'Plans', cell: (catalog) => formatNumber(catalog.plans), align: 'right' },
]

export default function CatalogsPage() {
  const { rows, next, previous, search } = useLoaderData<typeof loader>()
  const location = useLocation()
  const here = location.pathname + location.search
  return (
    <>
      <PageHeader
        title="Catalogs"
        description="Which products and plans are offered to whom."
        actions={
          <ButtonLink to={paths.admin.newCatalog} variant="primary">
            Create catalog
          </ButtonLink>
        }
      />
      <FilterBar
        search={{ value: search, label: 'Search catalogs', placeholder: 'Name' }}
        chips={search ? [{ label: `“${search}”`, removeTo: paths.admin.catalogs }] : []}
      />
      <DataTable
        caption="Catalogs"
        columns={columns}
        rows={rows}
        rowKey={(catalog) => catalog.id}
        rowTo={(catalog) => paths.admin.catalog(catalog.id)}
        empty={
          search ? (
            <EmptyState
              icon={SearchX}
              title="No catalog matches"
              action={<TextLink to={paths.admin.catalogs}>Show all catalogs</TextLink>}
            />
          ) : (
            <EmptyState
              icon={Library}
              title="No catalogs yet"
              action={<ButtonLink to={paths.admin.newCatalog}>Create catalog</ButtonLink>}
            >
              Products are seen and asked for through a catalog.
            </EmptyState>
          )
        }
      />
      <Pagination
        previousTo={previous && withParam(here, 'before', previous)}
        nextTo={next && withParam(here, 'after', next)}
      />
    </>
  )
}
