import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { PackageOpen, SearchX } from 'lucide-react'
import { type ProductSort, productFilterOf, sortsFor, usualSort } from '~/domain/catalog/product'
import { listVisibleProducts } from '~/domain/catalog/queries-list.server'
import { pageRequest } from '~/domain/kernel/page'
import { addressOf } from '~/platform/found'
import { requireReaderFor } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { ButtonLink } from '~/ui/button'
import { ProductGrid } from '~/ui/catalog/product-grid'
import { SearchResults } from '~/ui/catalog/search-results'
import { EmptyState } from '~/ui/empty-state'
import { FilterBar, FilterSelect } from '~/ui/filter-bar'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'
import { useRootData } from '~/ui/root-data'

export const meta: MetaFunction = () => [{ title: 'Catalogs' }]

export async function loader(args: LoaderFunctionArgs) {
  const { filter, hits, ...list } = await requireReaderFor(args, async (ctx) => {
    const params = new URL(args.request.url).searchParams
    const filter = productFilterOf(params)
    return { filter, ...(await listVisibleProducts(ctx, filter, pageRequest(params, 24))) }
  })
  const parts = hits.map((hit) => ({ ...hit, to: addressOf(hit) }))
  const found = filter.search === '' ? [] : list.page.rows
  const results = found.map((product) => ({
    product,
    parts: parts.filter((part) => part.productSlug === product.slug),
  }))
  // Worked out here: the rules of products bring their validation with them, which the browser has no use for.
  const about = 'APIs that you can use: their documentation, their plans, and access to them.'
  return { about, filter, sorts: sortsFor(filter), usual: usualSort(filter), ...list, results }
}

const sortLabels: Record<ProductSort, string> = {
  relevance: 'Best first',
  catalog: 'As in the catalog',
  name: 'By name',
  newest: 'Newest first',
}

export default function CatalogsPage() {
  const { filter, sorts, usual, page, catalogs, tags, results } = useLoaderData<typeof loader>()
  const { viewer } = useRootData()
  const address = (changes: Record<string, string | null>) => {
    const params = new URLSearchParams()
    const all = {
      q: filter.search,
      catalog: filter.catalog,
      tag: filter.tag,
      sort: filter.sort === usual ? null : filter.sort,
      ...changes,
    }
    for (const [name, value] of Object.entries(all)) if (value) params.set(name, value)
    const query = params.toString()
    return query ? `${paths.catalogs}?${query}` : paths.catalogs
  }
  const catalogName = catalogs.find((catalog) => catalog.slug === filter.catalog)?.name ?? filter.catalog
  const chips = [
    ...(filter.search ? [{ label: `“${filter.search}”`, removeTo: address({ q: null }) }] : []),
    ...(filter.catalog ? [{ label: catalogName ?? '', removeTo: address({ catalog: null }) }] : []),
    ...(filter.tag ? [{ label: filter.tag, removeTo: address({ tag: null }) }] : []),
  ]
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Catalogs"
        description="APIs that you can use. Open one to read its documentation and ask for access."
      />
      <FilterBar
        search={{ label: 'Search products and operations', value: filter.search }}
        chips={chips}
        clearTo={paths.catalogs}
      >
        <FilterSelect
          label="Catalog"
          name="catalog"
          value={filter.catalog}
          any="All catalogs"
          options={catalogs.map(({ slug, name }) => ({ value: slug, label: name }))}
        />
        <FilterSelect
          label="Tag"
          name="tag"
          value={filter.tag}
          any="All tags"
          options={tags.map((tag) => ({ value: tag, label: tag }))}
        />
        <FilterSelect
          label="Sort"
          name="sort"
          value={filter.sort}
          options={sorts.map((sort) => ({ value: sort, label: sortLabels[sort] }))}
        />
      </FilterBar>
      {page.rows.length > 0 && filter.search ? (
        <SearchResults results={results} />
      ) : page.rows.length > 0 ? (
        <ProductGrid products={page.rows} />
      ) : chips.length > 0 ? (
        <EmptyState
          icon={SearchX}
          title="Nothing found"
          action={<ButtonLink to={paths.catalogs}>Show all products</ButtonLink>}
        >
          {filter.search
            ? 'No product, operation or guide that you may see has all of these words.'
            : 'No product fits these filters.'}
        </EmptyState>
      ) : (
        <EmptyState
          icon={PackageOpen}
          title="No products yet"
          action={
            viewer ? undefined : (
              <ButtonLink to={paths.auth.login({ returnTo: paths.catalogs })}>Log in</ButtonLink>
            )
          }
        >
          {viewer
            ? 'Products appear here once they are offered to you.'
            : 'Some products are shown only to who is logged in.'}
        </EmptyState>
      )}
      <Pagination
        label="Pages of products"
        previousTo={page.previous && address({ before: page.previous })}
        nextTo={page.next && address({ after: page.next })}
      />
    </div>
  )
}
