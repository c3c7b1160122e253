// Categories (a tree), attributes and brands of the Product data API. Nothing that is in use can be deleted.
import { conflict, invalid } from './problem.mjs'
import { slugOf } from './product-data-data.mjs'
import { created, noContent } from './router.mjs'
import { filtered, integerParameter, page } from './store.mjs'
import {
  boolean,
  choice,
  integer,
  list,
  nullable,
  optional,
  partial,
  readBody,
  text,
  url,
} from './validate.mjs'

const slugRule = text({
  max: 80,
  pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/,
  hint: 'must be lower-case words joined by dashes',
})
const categoryShape = {
  name: text({ max: 80 }),
  slug: optional(slugRule),
  parent_id: nullable(text()),
  position: optional(integer({ max: 9999 }), 0),
}
const attributeShape = {
  code: text({
    max: 40,
    pattern: /^[a-z][a-z0-9_]*$/,
    hint: 'must be lower-case letters, digits and underscores',
  }),
  label: text({ max: 80 }),
  kind: choice(['text', 'number', 'boolean', 'choice']),
  choices: optional(list(text({ max: 60 })), []),
  is_filterable: optional(boolean(), false),
}
const brandShape = { name: text({ max: 80 }), slug: optional(slugRule), website: nullable(url()) }

export function catalogRoutes({ now, base, world }) {
  const { brands, categories, attributes, products } = world

  function unique(collection, field, value, self) {
    if (collection.where((one) => one[field] === value && one !== self).length > 0) {
      throw conflict(`${field}_taken`, `Another record has the ${field} ${value}.`)
    }
  }

  function checkedCategory(input, self) {
    if (input.slug) unique(categories, 'slug', input.slug, self)
    for (let id = input.parent_id; id; id = categories.find(id)?.parent_id) {
      if (!categories.find(id)) throw invalid([{ field: '/parent_id', message: 'names no category' }])
      if (id === self?.id) throw conflict('category_cycle', 'A category cannot be below itself.')
    }
    return input
  }

  function branch(parentId, depth) {
    return categories
      .where((one) => one.parent_id === parentId)
      .toSorted((left, right) => left.position - right.position)
      .map(({ id, name, slug }) => ({ id, name, slug, children: depth > 1 ? branch(id, depth - 1) : [] }))
  }

  return {
    'GET /categories': ({ query }) =>
      page(query, filtered(query, categories.all(), { parent_id: 'parent_id' })),
    'POST /categories': ({ body }) => {
      const input = readBody(body, categoryShape)
      const slug = input.slug ?? slugOf(input.name)
      const category = categories.insert({ ...checkedCategory({ ...input, slug }), created_at: now() })
      return created(category, `${base}/categories/${category.id}`)
    },
    'GET /categories/tree': ({ query }) => ({
      data: branch(null, integerParameter(query, 'depth', { min: 1, max: 8, fallback: 8 })),
    }),
    'GET /categories/:category_id': ({ params }) => categories.get(params.category_id),
    'PATCH /categories/:category_id': ({ params, body }) => {
      const category = categories.get(params.category_id)
      return Object.assign(category, checkedCategory(readBody(body, partial(categoryShape)), category))
    },
    'DELETE /categories/:category_id': ({ params }) => {
      const category = categories.get(params.category_id)
      const hasChildren = categories.where((one) => one.parent_id === category.id).length > 0
      const hasProducts = products.where((one) => one.category_ids.includes(category.id)).length > 0
      if (hasChildren || hasProducts) {
        throw conflict('category_in_use', 'The category still has products or categories below it.')
      }
      categories.remove(category.id)
      return noContent()
    },
    'GET /categories/:category_id/products': ({ params, query }) => {
      const category = categories.get(params.category_id)
      return page(
        query,
        products.where((one) => one.category_ids.includes(category.id)),
      )
    },

    'GET /attributes': ({ query }) =>
      page(query, filtered(query, attributes.all(), { kind: ['text', 'number', 'boolean', 'choice'] })),
    'POST /attributes': ({ body }) => {
      const input = readBody(body, attributeShape)
      unique(attributes, 'code', input.code)
      const attribute = attributes.insert({ ...input, created_at: now() })
      return created(attribute, `${base}/attributes/${attribute.id}`)
    },
    'GET /attributes/:attribute_id': ({ params }) => attributes.get(params.attribute_id),
    'PATCH /attributes/:attribute_id': ({ params, body }) => {
      const attribute = attributes.get(params.attribute_id)
      const { code: _code, kind: _kind, ...editable } = attributeShape
      return Object.assign(attribute, readBody(body, partial(editable)))
    },
    'DELETE /attributes/:attribute_id': ({ params }) => {
      const attribute = attributes.get(params.attribute_id)
      if (products.where((one) => Object.hasOwn(one.attributes, attribute.code)).length > 0) {
        throw conflict('attribute_in_use', 'Some products still have a value for this attribute.')
      }
      attributes.remove(attribute.id)
      return noContent()
    },

    'GET /brands': ({ query }) => page(query, filtered(query, brands.all(), { slug: 'slug' })),
    'POST /brands': ({ body }) => {
      const input = readBody(body, brandShape)
      const slug = input.slug ?? slugOf(input.name)
      unique(brands, 'slug', slug)
      const brand = brands.insert({ ...input, slug, created_at: now() })
      return created(brand, `${base}/brands/${brand.id}`)
    },
    'GET /brands/:brand_id': ({ params }) => brands.get(params.brand_id),
    'PATCH /brands/:brand_id': ({ params, body }) => {
      const brand = brands.get(params.brand_id)
      const input = readBody(body, partial(brandShape))
      if (input.slug) unique(brands, 'slug', input.slug, brand)
      return Object.assign(brand, input)
    },
    'DELETE /brands/:brand_id': ({ params }) => {
      const brand = brands.get(params.brand_id)
      if (products.where((one) => one.brand_id === brand.id).length > 0) {
        throw conflict('brand_in_use', 'Some products still have this brand.')
      }
      brands.remove(brand.id)
      return noContent()
    },
  }
}
