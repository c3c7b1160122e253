import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData, useLocation } from '@remix-run/react'
import { Package, SearchX } from 'lucide-react'
import { productStateFilters } from '~/domain/catalog/product'
import { listProducts, type ProductRow } from '~/domain/catalog/queries-products.server'
import { parseId } from '~/domain/kernel/ids'
import { formatNumber } from '~/domain/kernel/number'
import { pageRequest } from '~/domain/kernel/page'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { Badge } from '~/ui/badge'
import { ButtonLink } from '~/ui/button'
import { ProductStateBadge } from '~/ui/catalog/product-state-badge'
import { type Column, DataTable } from '~/ui/data-table'
import { EmptyState } from '~/ui/empty-state'
import { FilterBar, FilterSelect } from '~/ui/filter-bar'
import { withParam } from '~/ui/notifications/list-address'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction = () => [{ title: 'Products' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const search = params.get('q')?.trim().slice(0, 200) ?? ''
  const state = productStateFilters.find((one) => one === params.get('state')) ?? null
  const catalogId = parseId('cat', params.get('catalog') ?? undefined)
  const list = await listProducts(ctx, { search, state, catalogId, page: pageRequest(params) })
  return { ...list, search, state, catalogId }
}

const stateLabels = { draft: 'Draft', published: 'Published' }

const columns: Column<ProductRow>[] = [
  { key: 'name', header: 'Name', cell: (product) => product.name },
  { key: 'state', header: 'State', cell: (product) => <ProductStateBadge state={product.state} /> },
  { key: 'apis', header: 'APIs', cell: (product) => formatNumber(product.apis), align: 'right' },
  {
    key: 'catalogs',
    header: 'Catalogs',
    cell: (product) => product.catalogs.join(', ') || <span className="text-muted">None</span>,
  },
  {
    key: 'tags',
    header: 'Tags',
    hideOnPhone: true,
    cell: (product) => (
      <span className="flex flex-wrap gap-1">
        {product.featured && <Badge tone="accent">Featured</Badge>}
        {product.tags.map((tag) => (
          <Badge key={tag}>{tag}</Badge>
        ))}
      </span>
    ),
  },
]

export default function ProductsPage() {
  const { rows, next, previous, catalogs, search, state, catalogId } = useLoaderData<typeof loader>()
  const location = useLocation()
  const here = location.pathname + location.search
  const chips = [
    ...(search ? [{ label: `“${search}”`, removeTo: withParam(here, 'q', null) }] : []),
    ...(state ? [{ label: stateLabels[state], removeTo: withParam(here, 'state', null) }] : []),
    ...(catalogId
      ? [
          {
            label: catalogs.find((one) => one.id === catalogId)?.name ?? 'A catalog that is gone',
            removeTo: withParam(here, 'catalog', null),
          },
        ]
      : []),
  ]
  return (
    <>
      <PageHeader
        title="Products"
        description="What developers ask access to: APIs with their documentation."
        actions={
          <ButtonLink to={paths.admin.newProduct} variant="primary">
            Create product
          </ButtonLink>
        }
      />
      <FilterBar
        search={{ value: search, label: 'Search products', placeholder: 'Name, slug, summary or tag' }}
        chips={chips}
        clearTo={paths.admin.products}
      >
        <FilterSelect
          label="State"
          name="state"
          value={state}
          any="Any state"
          options={productStateFilters.map((value) => ({ value, label: stateLabels[value] }))}
        />
        <FilterSelect
          label="Catalog"
          name="catalog"
          value={catalogId}
          any="Any catalog"
          options={catalogs.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </FilterBar>
      <DataTable
        caption="Products"
        columns={columns}
        rows={rows}
        rowKey={(product) => product.id}
        rowTo={(product) => paths.admin.product(product.id)}
        empty={
          chips.length > 0 ? (
            <EmptyState
              icon={SearchX}
              title="No product matches"
              action={<TextLink to={paths.admin.products}>Show all products</TextLink>}
            />
          ) : (
            <EmptyState
              icon={Package}
              title="No products yet"
              action={<ButtonLink to={paths.admin.newProduct}>Create product</ButtonLink>}
            >
              A product begins as a draft that only admins see.
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
