// The tabs of a product's pages, in the order in which one reads them.
import { paths } from './paths'

type Head = { slug: string; apis: { slug: string; name: string; documented: boolean }[]; guides: unknown[] }

/** `current` is `overview`, `guides`, or an API's slug after `api:`. */
export function productTabs({ slug, apis, guides }: Head, current: string) {
  const documented = apis.filter((api) => api.documented)
  return [
    { to: paths.product(slug), label: 'Overview', current: current === 'overview' },
    ...documented.map((api) => ({
      to: paths.productApi(slug, api.slug),
      label: documented.length === 1 ? 'API reference' : `API reference: ${api.name}`,
      current: current === `api:${api.slug}`,
    })),
    ...(guides.length > 0
      ? [{ to: paths.productGuides(slug), label: 'Get started', current: current === 'guides' }]
      : []),
  ]
}
