// The Product data API: products with their search, variants, prices and stock. Only a product with at least
// one variant can be published.
import { conflict, invalid } from './problem.mjs'
import { catalogRoutes } from './product-data-catalog.mjs'
import { productStatuses, seedProductData, slugOf } from './product-data-data.mjs'
import { stockRoutes } from './product-data-stock.mjs'
import { created, noContent } from './router.mjs'
import { choiceParameter, filtered, page } from './store.mjs'
import {
  choice,
  integer,
  list,
  metadata,
  nullable,
  optional,
  partial,
  readBody,
  text,
  url,
} from './validate.mjs'

const productShape = {
  title: text({ max: 150 }),
  slug: optional(
    text({
      max: 150,
      pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/,
      hint: 'must be lower-case words joined by dashes',
    }),
  ),
  description: nullable(text({ max: 10_000 })),
  brand_id: nullable(text()),
  category_ids: optional(list(text(), { max: 10 }), []),
  attributes: optional(attributeValues, {}),
  metadata: optional(metadata(), {}),
}

export function productDataApi({ now, base }) {
  const world = seedProductData()
  const { brands, categories, products, variants, media, imports } = world

  function checked(input, self) {
    const errors = []
    if (input.brand_id && !brands.find(input.brand_id))
      errors.push({ field: '/brand_id', message: 'names no brand' })
    for (const [index, id] of (input.category_ids ?? []).entries()) {
      if (!categories.find(id)) errors.push({ field: `/category_ids/${index}`, message: 'names no category' })
    }
    if (errors.length > 0) throw invalid(errors)
    if (input.slug && products.where((one) => one.slug === input.slug && one !== self).length > 0) {
      throw conflict('slug_taken', 'Another product has this slug.')
    }
    return input
  }

  function move(id, from, status) {
    const product = products.get(id)
    if (!from.includes(product.status)) {
      throw conflict('invalid_state', `A product with the status ${product.status} cannot become ${status}.`)
    }
    return product
  }

  function search(query, records) {
    const words = (query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean)
    const found = records.filter((one) =>
      words.every((word) => `${one.title} ${one.description}`.toLowerCase().includes(word)),
    )
    const sort = choiceParameter(query, 'sort', ['newest', 'title'], 'newest')
    return sort === 'title' ? found.toSorted((left, right) => left.title.localeCompare(right.title)) : found
  }

  return {
    ...catalogRoutes({ now, base, world }),
    ...stockRoutes({ now, base, world }),
    'GET /products': ({ query }) =>
      page(
        query,
        filtered(query, search(query, products.all()), {
          status: productStatuses,
          brand_id: 'brand_id',
          category_id: (product, wanted) => product.category_ids.includes(wanted),
        }),
      ),
    'POST /products': ({ body }) => {
      const input = readBody(body, productShape)
      const slug = input.slug ?? slugOf(input.title)
      const product = products.insert({
        ...checked({ ...input, slug }),
        status: 'draft',
        created_at: now(),
        updated_at: now(),
      })
      return created(product, `${base}/products/${product.id}`)
    },
    'GET /products/:product_id': ({ params }) => products.get(params.product_id),
    'PUT /products/:product_id': ({ params, body }) => {
      const product = products.get(params.product_id)
      const input = readBody(body, productShape)
      const slug = input.slug ?? product.slug
      return Object.assign(product, checked({ ...input, slug }, product), { updated_at: now() })
    },
    'PATCH /products/:product_id': ({ params, body }) => {
      const product = products.get(params.product_id)
      return Object.assign(product, checked(readBody(body, partial(productShape)), product), {
        updated_at: now(),
      })
    },
    'DELETE /products/:product_id': ({ params }) => {
      const product = products.get(params.product_id)
      if (product.status === 'published') {
        throw conflict('product_published', 'Archive the product before you delete it.')
      }
      for (const collection of [variants, media]) {
        for (const record of collection.where((one) => one.product_id === product.id))
          collection.remove(record.id)
      }
      products.remove(product.id)
      return noContent()
    },
    'POST /products/:product_id/publish': ({ params }) => {
      const product = move(params.product_id, ['draft', 'archived'], 'published')
      if (variants.where((one) => one.product_id === product.id).length === 0) {
        throw conflict('variant_missing', 'A product needs at least one variant before it can be published.')
      }
      return Object.assign(product, { status: 'published', updated_at: now() })
    },
    'POST /products/:product_id/archive': ({ params }) =>
      Object.assign(move(params.product_id, ['draft', 'published'], 'archived'), {
        status: 'archived',
        updated_at: now(),
      }),
    'GET /products/:product_id/media': ({ params, query }) => {
      const product = products.get(params.product_id)
      return page(
        query,
        media.where((one) => one.product_id === product.id),
      )
    },
    'POST /products/:product_id/media': ({ params, body }) => {
      const product = products.get(params.product_id)
      const input = readBody(body, {
        kind: choice(['image', 'video', 'document']),
        url: url(),
        alt: nullable(text({ max: 200 })),
        position: optional(integer({ max: 99 }), 0),
      })
      const file = media.insert({ product_id: product.id, ...input, created_at: now() })
      return created(file, null)
    },
    'DELETE /media/:media_id': ({ params }) => {
      media.remove(media.get(params.media_id).id)
      return noContent()
    },
    'POST /imports': ({ body }) => {
      const input = readBody(body, {
        source_url: url(),
        format: choice(['csv', 'json']),
        mode: optional(choice(['upsert', 'create_only']), 'upsert'),
      })
      const record = imports.insert({
        ...input,
        status: 'queued',
        counts: { created: 0, updated: 0, failed: 0 },
        errors: [],
        created_at: now(),
        completed_at: null,
      })
      return created(record, `${base}/imports/${record.id}`)
    },
    'GET /imports/:import_id': ({ params }) => imports.get(params.import_id),
  }
}

function attributeValues(value, path, errors) {
  const isMap = value !== null && typeof value === 'object' && !Array.isArray(value)
  const entries = isMap ? Object.entries(value) : []
  const isPlain = entries.every(([, entry]) => ['string', 'number', 'boolean'].includes(typeof entry))
  if (isMap && isPlain && entries.length <= 50) return Object.fromEntries(entries)
  errors.push({ field: path, message: 'must be an object of texts, numbers and booleans' })
  return undefined
}
