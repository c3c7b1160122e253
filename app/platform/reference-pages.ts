// What all pages of an API reference share: its base URL, its tabs and the way back.
import { gatewayOrigin } from './gateway-origin'
import { paths } from './paths'
import { productTabs } from './product-tabs'

type Served = { served: { address: string } | null }
type Api = Served & { slug: string; callable: boolean; servers: { url: string }[] }
type Product = Parameters<typeof productTabs>[0] & { name: string }

/** Where calls go: the gateway, or what the document names when the gateway does not serve the API. */
export function baseUrlOf(env: Env, productSlug: string, api: Api): string {
  return api.callable ? callAddress(gatewayOrigin(env), productSlug, api) : (api.servers[0]?.url ?? '')
}

/** Of an API that can be called: at the external gateway that serves it, or at the built-in one. */
export function callAddress(gateway: string, productSlug: string, api: Served & { slug: string }): string {
  return api.served?.address ?? `${gateway}${paths.gateway(productSlug, api.slug)}`
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
