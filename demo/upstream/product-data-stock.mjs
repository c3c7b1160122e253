// Variants, prices and stock of the Product data API. Stock changes only by adjustments and never goes below
// what is reserved.
import { badRequest, conflict, notFound } from './problem.mjs'
import { created, noContent } from './router.mjs'
import { page } from './store.mjs'
import { choice, integer, metadata, nullable, optional, partial, readBody, text } from './validate.mjs'

const currencies = ['EUR', 'USD', 'GBP', 'CHF']
const variantsPerProduct = 100

const variantShape = {
  sku: text({ max: 60, pattern: /^[A-Z0-9-]+$/, hint: 'must be capital letters, digits and dashes' }),
  title: text({ max: 120 }),
  options: optional(metadata(), {}),
  gtin: nullable(text({ pattern: /^\d{8,14}$/, hint: 'must be 8 to 14 digits' })),
  weight_grams: nullable(integer({ max: 1_000_000 })),
}

export function stockRoutes({ now, base, world }) {
  const { products, variants } = world

  function uniqueSku(sku, self) {
    if (variants.where((one) => one.sku === sku && one !== self).length > 0) {
      throw conflict('sku_taken', 'Another variant has this SKU.')
    }
  }

  return {
    'GET /products/:product_id/variants': ({ params, query }) => {
      const product = products.get(params.product_id)
      return page(
        query,
        variants.where((one) => one.product_id === product.id),
        shown,
      )
    },
    'POST /products/:product_id/variants': ({ params, body }) => {
      const product = products.get(params.product_id)
      const input = readBody(body, variantShape)
      uniqueSku(input.sku)
      if (variants.where((one) => one.product_id === product.id).length >= variantsPerProduct) {
        throw conflict('too_many_variants', `A product has at most ${variantsPerProduct} variants.`)
      }
      const variant = variants.insert({
        product_id: product.id,
        ...input,
        prices: [],
        stock: [],
        created_at: now(),
        updated_at: now(),
      })
      return created(shown(variant), `${base}/variants/${variant.id}`)
    },
    'GET /variants/:variant_id': ({ params }) => shown(variants.get(params.variant_id)),
    'PATCH /variants/:variant_id': ({ params, body }) => {
      const variant = variants.get(params.variant_id)
      const input = readBody(body, partial(variantShape))
      if (input.sku) uniqueSku(input.sku, variant)
      return shown(Object.assign(variant, input, { updated_at: now() }))
    },
    'DELETE /variants/:variant_id': ({ params }) => {
      const variant = variants.get(params.variant_id)
      if (variant.stock.some(({ reserved }) => reserved > 0)) {
        throw conflict('stock_reserved', 'Some stock of this variant is reserved for orders.')
      }
      variants.remove(variant.id)
      return noContent()
    },
    'GET /variants/:variant_id/prices': ({ params }) => ({ data: variants.get(params.variant_id).prices }),
    'PUT /variants/:variant_id/prices/:currency': ({ params, body }) => {
      const variant = variants.get(params.variant_id)
      if (!currencies.includes(params.currency)) {
        throw badRequest('invalid_parameter', `The currency must be one of ${currencies.join(', ')}.`)
      }
      const input = readBody(body, { amount: integer(), compare_at_amount: nullable(integer()) })
      const price = { currency: params.currency, ...input }
      variant.prices = [...variant.prices.filter(({ currency }) => currency !== price.currency), price]
      return price
    },
    'DELETE /variants/:variant_id/prices/:currency': ({ params }) => {
      const variant = variants.get(params.variant_id)
      const left = variant.prices.filter(({ currency }) => currency !== params.currency)
      if (left.length === variant.prices.length) throw notFound('The variant has no price in this currency.')
      variant.prices = left
      return noContent()
    },
    'GET /variants/:variant_id/inventory': ({ params }) => inventory(variants.get(params.variant_id)),
    'POST /variants/:variant_id/inventory/adjustments': ({ params, body }) => {
      const variant = variants.get(params.variant_id)
      const input = readBody(body, {
        location: choice(['hamburg', 'lyon']),
        change: integer({ min: -100_000, max: 100_000 }),
        reason: choice(['received', 'sold', 'returned', 'damaged', 'counted']),
        note: optional(nullable(text({ max: 200 }))),
      })
      const level = variant.stock.find(({ location }) => location === input.location)
      const { on_hand: onHand, reserved } = level ?? { on_hand: 0, reserved: 0 }
      if (onHand + input.change < reserved) {
        throw conflict('stock_too_low', 'The stock would fall below what is reserved.')
      }
      const next = { location: input.location, on_hand: onHand + input.change, reserved }
      variant.stock = [...variant.stock.filter((one) => one !== level), next]
      return inventory(variant)
    },
  }
}

function shown({ stock: _stock, ...variant }) {
  return variant
}

function inventory(variant) {
  const levels = variant.stock.map((level) => ({ ...level, available: level.on_hand - level.reserved }))
  return {
    variant_id: variant.id,
    levels,
    total_available: levels.reduce((sum, { available }) => sum + available, 0),
  }
}
