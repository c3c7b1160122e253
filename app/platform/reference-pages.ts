// What all pages of an API reference share: its base URL, its tabs and the way back.
import { gatewayOrigin } from './gateway-origin'
import { paths } from './paths'
import { productTabs } from './product-tabs'

type Api = { slug: string; callable: boolean; servers: { url: string }[] }
type Product = Parameters<typeof productTabs>[0] & { name: string }

/** Where calls go: the gateway, or what the document names when the gateway does not serve the API. */
export function baseUrlOf(env: Env, productSlug: string, { slug, callable, servers }: Api): string {
  return callable ? `${gatewayOrigin(env)}${paths.gateway(productSlug, slug)}` : (servers[0]?.url ?? '')
}

export function referenceFrame(product: Product, api: { slug: string; name: string }) {
  return {
    base: paths.productApi(product.slug, api.slug),
    productName: product.name,
    breadcrumbs: [
      { label: 'Catalogs', to: paths.catalogs },
      { label: product.name, to: paths.product(product.slug) },
    ],
    tabs: productTabs(product, `api:${api.slug}`),
  }
}
