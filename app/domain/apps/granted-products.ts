// The products that each request opens, with their APIs, out of rows of one API each.
import type { Id } from '~/domain/kernel/ids'
import type { GrantedProduct } from './credential'

type Row = {
  requestId: Id<'req'>
  productId: GrantedProduct['id']
  productName: string
  productSlug: string
  productState: string
  apiName: string | null
  apiSlug: string | null
  served: GrantedProduct['apis'][number]['served']
  examplePath: string | null
}

/** By the request's id, products and APIs in the order of the rows. */
export function grantedProducts(rows: readonly Row[]): Map<string, GrantedProduct[]> {
  const productsOf = new Map<string, GrantedProduct[]>()
  for (const row of rows) {
    const list = productsOf.get(row.requestId) ?? []
    if (!productsOf.has(row.requestId)) productsOf.set(row.requestId, list)
    let product: GrantedProduct | undefined = list.find((one) => one.id === row.productId)
    if (!product) {
      product = {
        id: row.productId,
        name: row.productName,
        slug: row.productSlug,
        isPublished: row.productState === 'published',
        apis: [],
      }
      list.push(product)
    }
    if (row.apiSlug !== null)
      product.apis.push({
        name: row.apiName ?? row.apiSlug,
        slug: row.apiSlug,
        served: row.served,
        examplePath: row.examplePath ?? '/',
      })
  }
  return productsOf
}
