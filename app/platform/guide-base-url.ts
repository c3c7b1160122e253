// What `{{baseUrl}}` in a guide stands for: where the product's first API that can be called answers.
import { gatewayOrigin } from './gateway-origin'
import { callAddress } from './reference-pages'

type Api = { slug: string; callable: boolean; served: { address: string } | null }
type Product = { slug: string; apis: Api[] }

export function guideBaseUrl(env: Env, { slug, apis }: Product): string {
  const first = apis.find((api) => api.callable)
  return first ? callAddress(gatewayOrigin(env), slug, first) : 'BASE_URL'
}
