import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { getProductPage } from '~/domain/catalog/queries.server'
import { gatewayOrigin } from '~/platform/gateway-origin'
import { requireReaderFor } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { productTabs } from '~/platform/product-tabs'
import { callAddress } from '~/platform/reference-pages'
import { orNotFound } from '~/platform/responses'
import { Badge } from '~/ui/badge'
import { ButtonLink } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { AddToCart } from '~/ui/catalog/add-to-cart'
import { MarkdownLink } from '~/ui/catalog/markdown-link'
import { PlanList } from '~/ui/catalog/plan-list'
import { ProductFrame } from '~/ui/catalog/product-frame'
import { ProductGrid } from '~/ui/catalog/product-grid'
import { RenderedHtml } from '~/ui/catalog/rendered-html'
import { CopyButton } from '~/ui/copy-button'
import { useRootData } from '~/ui/root-data'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.product.name ?? 'Product' }]

export async function loader(args: LoaderFunctionArgs) {
  const product = await requireReaderFor(args, (ctx) =>
    orNotFound(getProductPage(ctx, args.params['slug'] ?? '')),
  )
  const origin = gatewayOrigin(args.context.scope.env)
  const apis = product.apis.map((api) => ({
    ...api,
    baseUrl: api.callable ? callAddress(origin, product.slug, api) : null,
  }))
  // Documentation only: nothing to ask access for, so no plans.
  const catalogs = apis.some((api) => api.callable) ? product.catalogs : []
  const about = product.summary || `${product.name}: APIs, guides and plans.`
  return { about, product: { ...product, apis, catalogs }, tabs: productTabs(product, 'overview') }
}

export default function ProductPage() {
  const { product, tabs } = useLoaderData<typeof loader>()
  const callable = product.apis.some((api) => api.callable)
  return (
    <ProductFrame
      {...product}
      logoUrl={product.hasLogo ? paths.productLogo(product.slug) : null}
      catalogsTo={paths.catalogs}
      tabs={tabs}
      actions={callable ? <Access /> : undefined}
    >
      <div className="prose-beside">
        <div className="flex min-w-0 flex-col items-start gap-6">
          <RenderedHtml html={product.descriptionHtml} />
          <MarkdownLink to={paths.asMarkdown(paths.product(product.slug))} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          {!callable && (
            <Callout tone="blue" title="Documentation only">
              This product cannot be called through the portal, so there is nothing to ask access for.
            </Callout>
          )}
          <Card>
            <CardHeader title="APIs" />
            <CardBody>
              <ul className="flex flex-col gap-4">
                {product.apis.map((api) => (
                  <li key={api.slug} className="flex min-w-0 flex-col gap-1">
                    <p className="flex flex-wrap items-center gap-2 font-medium">
                      {api.documented ? (
                        <TextLink to={paths.productApi(product.slug, api.slug)}>{api.name}</TextLink>
                      ) : (
                        api.name
                      )}
                      <Badge>{api.version}</Badge>
                    </p>
                    {api.baseUrl && (
                      <p className="flex items-center gap-2">
                        <code className="min-w-0 flex-1 font-mono text-sm wrap-anywhere">{api.baseUrl}</code>
                        <CopyButton value={api.baseUrl} label={`Copy the base URL of ${api.name}`} />
                      </p>
                    )}
                  </li>
                ))}
              </ul>
            </CardBody>
          </Card>
          {callable && <Offers />}
        </div>
      </div>
      {product.related.length > 0 && (
        <section className="mt-4 flex flex-col gap-4">
          <h2 className="text-lg font-semibold">Related products</h2>
          <ProductGrid products={product.related} level={3} />
        </section>
      )}
    </ProductFrame>
  )
}

/** Add to cart for developers; for visitors the way in. Admins create nothing for themselves. */
function Access() {
  const { product } = useLoaderData<typeof loader>()
  const { viewer } = useRootData()
  if (!viewer) {
    return (
      <ButtonLink to={paths.auth.login({ returnTo: paths.product(product.slug) })} variant="primary">
        Log in to request access
      </ButtonLink>
    )
  }
  if (viewer.role === 'admin' || product.draft) return null
  const catalogs = product.catalogs.filter((catalog) => catalog.plans.length > 0)
  return <AddToCart action={paths.cartAdd} productId={product.id} catalogs={catalogs} />
}

function Offers() {
  const { product } = useLoaderData<typeof loader>()
  return product.catalogs.map((catalog) => (
    <Card key={catalog.id}>
      <CardHeader title={catalog.name} description="Plans of this catalog" level={3} />
      <CardBody>
        <PlanList plans={catalog.plans} />
      </CardBody>
    </Card>
  ))
}
