// Seeded brands, categories, attributes, products, variants, media and stock of the Product data API.
import { createCollection, pick, seededTime } from './store.mjs'

const categoryTree = [
  ['Home', null],
  ['Kitchen', 'Home'],
  ['Coffee machines', 'Kitchen'],
  ['Cookware', 'Kitchen'],
  ['Lighting', 'Home'],
  ['Outdoor', null],
  ['Bikes', 'Outdoor'],
  ['Trail bikes', 'Bikes'],
  ['Camping', 'Outdoor'],
  ['Books', null],
  ['Seasonal', null],
]
const brandNames = [
  'Cedar',
  'Lumen',
  'Harbor',
  'Tidal',
  'Birch & Bloom',
  'Northfold',
  'Quarry',
  'Fen & Fell',
  'Old Mill',
]
const nouns = [
  ['Espresso machine', 'Coffee machines', 18900],
  ['Moka pot', 'Coffee machines', 3490],
  ['Cast iron pan', 'Cookware', 5900],
  ['Saucepan', 'Cookware', 3990],
  ['Reading lamp', 'Lighting', 4990],
  ['Floor lamp', 'Lighting', 12900],
  ['Trail bike', 'Trail bikes', 149900],
  ['Two-person tent', 'Camping', 22900],
  ['Sleeping bag', 'Camping', 11900],
  ['Field guide', 'Books', 2490],
]
const adjectives = ['Classic', 'Compact', 'Studio', 'Everyday']
const colors = ['black', 'white', 'green']

export const productStatuses = ['draft', 'published', 'archived']

export function seedProductData() {
  const brands = createCollection('brd', { label: 'brand' })
  const categories = createCollection('cat', { label: 'category' })
  const attributes = createCollection('atr', { label: 'attribute' })
  const products = createCollection('prd', { label: 'product' })
  const variants = createCollection('var', { label: 'variant', cap: 600 })
  const media = createCollection('med', { label: 'media file' })
  const imports = createCollection('imp', { label: 'import' })

  brands.seed(brandNames.length, (index) => ({
    name: brandNames[index],
    slug: slugOf(brandNames[index]),
    website: `https://${slugOf(brandNames[index])}.example`,
    created_at: seededTime(index),
  }))
  const categoryIds = new Map()
  for (const [index, [name, parent]] of categoryTree.entries()) {
    const category = categories.insert({
      name,
      slug: slugOf(name),
      parent_id: parent ? categoryIds.get(parent) : null,
      position: index,
      created_at: seededTime(index),
    })
    categoryIds.set(name, category.id)
  }
  attributes.seed(6, (index) => seededAttribute(index))
  products.seed(40, (index) => {
    const [noun, category] = pick(nouns, index)
    const title = `${pick(adjectives, Math.floor(index / nouns.length))} ${noun.toLowerCase()}`
    return {
      title,
      slug: slugOf(title),
      description: `A ${noun.toLowerCase()} made to last and checked by hand before it leaves us.`,
      status: index % 8 === 7 ? 'draft' : index % 13 === 12 ? 'archived' : 'published',
      brand_id: `brd_${1001 + (index % 8)}`,
      category_ids: [categoryIds.get(category)],
      attributes: {
        material: pick(['steel', 'aluminium', 'cotton'], index),
        warranty_years: 2 + (index % 4),
      },
      metadata: {},
      created_at: seededTime(24 + index * 6),
      updated_at: seededTime(24 + index * 6),
    }
  })
  variants.seed(80, (index) => {
    const number = Math.floor(index / 2)
    const color = pick(colors, index)
    const amount = pick(nouns, number)[2]
    return {
      product_id: `prd_${1001 + number}`,
      sku: `MER-${1001 + number}-${color.slice(0, 2).toUpperCase()}`,
      title: color[0].toUpperCase() + color.slice(1),
      options: { color },
      gtin: String(4_006_381_000_000 + index * 97),
      weight_grams: 400 + ((index * 173) % 9000),
      prices: [
        { currency: 'EUR', amount, compare_at_amount: index % 5 === 0 ? Math.round(amount * 1.2) : null },
        { currency: 'USD', amount: Math.round(amount * 1.1), compare_at_amount: null },
      ],
      stock: [
        { location: 'hamburg', on_hand: (index * 7) % 60, reserved: index % 4 },
        { location: 'lyon', on_hand: (index * 3) % 25, reserved: 0 },
      ],
      created_at: seededTime(25 + index * 3),
      updated_at: seededTime(25 + index * 3),
    }
  })
  media.seed(40, (index) => ({
    product_id: `prd_${1001 + index}`,
    kind: 'image',
    url: `https://media.meridian.example/products/prd_${1001 + index}.webp`,
    alt: `Photo of product ${1001 + index}`,
    position: 0,
    created_at: seededTime(26 + index * 6),
  }))
  imports.seed(3, (index) => ({
    source_url: `https://files.meridian.example/catalog-${index + 1}.csv`,
    format: 'csv',
    mode: 'upsert',
    status: 'completed',
    counts: { created: 12 + index, updated: 30, failed: index },
    errors: index === 0 ? [] : [{ line: 14, message: 'The field title is empty.' }],
    created_at: seededTime(24 * 20 + index),
    completed_at: seededTime(24 * 20 + index + 0.1),
  }))
  const world = { brands, categories, attributes, products, variants, media, imports }
  for (const collection of Object.values(world)) collection.seal()
  return world
}

export function slugOf(title) {
  const slug = title
    .toLowerCase()
    .replaceAll('&', 'and')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return slug || 'untitled'
}

function seededAttribute(index) {
  const known = [
    ['material', 'Material', 'choice', ['steel', 'aluminium', 'cotton', 'wood']],
    ['warranty_years', 'Warranty', 'number', []],
    ['color', 'Color', 'choice', colors],
    ['dishwasher_safe', 'Dishwasher safe', 'boolean', []],
    ['wheel_size', 'Wheel size', 'number', []],
    ['care', 'Care instructions', 'text', []],
  ]
  const [code, label, kind, choices] = known[index]
  return { code, label, kind, choices, is_filterable: kind !== 'text', created_at: seededTime(index) }
}
