import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { PackageOpen } from 'lucide-react'
import { getHomePage } from '~/domain/catalog/queries-list.server'
import { requireReaderFor } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { ButtonLink } from '~/ui/button'
import { ProductGrid } from '~/ui/catalog/product-grid'
import { RenderedHtml } from '~/ui/catalog/rendered-html'
import { EmptyState } from '~/ui/empty-state'
import { useRootData } from '~/ui/root-data'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.portalName ?? 'Developer portal' },
]

export async function loader(args: LoaderFunctionArgs) {
  const { homeHtml, products } = await requireReaderFor(args, (ctx) => getHomePage(ctx, 6))
  const { portalName } = (await args.context.scope.viewer()).settings
  const about = `${portalName}: APIs with their documentation, and access to them.`
  return { portalName, homeHtml, products, about }
}

export default function HomePage() {
  const { portalName, homeHtml, products } = useLoaderData<typeof loader>()
  const { viewer, registrationEnabled } = useRootData()
  return (
    <div className="flex flex-col gap-10">
      <section className="flex flex-col items-start gap-6 pt-4 sm:pt-10">
        <div className="flex flex-col gap-3">
          <h1 className="text-2xl font-semibold tracking-tight text-balance">{portalName}</h1>
          {homeHtml && <RenderedHtml html={homeHtml} className="prose text-muted" />}
        </div>
        <div className="flex flex-wrap gap-2">
          <ButtonLink to={paths.catalogs} variant="primary">
            Browse the catalogs
          </ButtonLink>
          {!viewer && registrationEnabled && (
            <ButtonLink to={paths.auth.register}>Create an account</ButtonLink>
          )}
          {viewer?.role === 'developer' && <ButtonLink to={paths.dashboard.apps}>My apps</ButtonLink>}
        </div>
      </section>
      <section className="flex flex-col gap-4" aria-labelledby="products-title">
        <h2 id="products-title" className="text-lg font-semibold">
          Products
        </h2>
        {products.length === 0 ? (
          <EmptyState icon={PackageOpen} title="No product is published yet">
            {viewer
              ? 'Products appear here once an admin publishes them.'
              : 'Log in to see what is offered to your organization.'}
          </EmptyState>
        ) : (
          <ProductGrid products={products} level={3} />
        )}
      </section>
    </div>
  )
}
