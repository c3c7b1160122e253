// What `{{baseUrl}}` in a guide stands for: where the product's first API that can be called answers.
import { gatewayOrigin } from './gateway-origin'
import { paths } from './paths'

type Product = { slug: string; apis: { slug: string; callable: boolean }[] }

export function guideBaseUrl(env: Env, { slug, apis }: Product): string {
  const first = apis.find((api) => api.callable)
  return first ? `${gatewayOrigin(env)}${paths.gateway(slug, first.slug)}` : 'BASE_URL'
}
