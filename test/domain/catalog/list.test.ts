// Searching, filtering, sorting and paging the list of products.
import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type ProductFilter, productFilterOf } from '~/domain/catalog/product'
import { listVisibleProducts } from '~/domain/catalog/queries-list.server'
import { catalogProducts } from '~db/schema'
import { contextFor, db, visitor } from '~test/support/context'
import { documentedProduct } from '~test/support/documents'
import * as world from '~test/support/world'

const filterOf = (address: string): ProductFilter => productFilterOf(new URLSearchParams(address))

async function namesFor(address: string, size = 100) {
  const request = { cursor: null, direction: 'next', size } as const
  const { page } = await listVisibleProducts(contextFor(visitor), filterOf(address), request)
  return page.rows.map((row) => row.name)
}

test('search looks in names, summaries and tags, without regard to case', async () => {
  const catalog = await world.catalog()
  const word = `zebra${crypto.randomUUID().slice(0, 6)}`
  await world.product([catalog.id], { name: `Named ${word.toUpperCase()}` })
  await world.product([catalog.id], { name: `Summed ${catalog.id}`, summary: `All of ${word}` })
  await documentedProduct([catalog.id], { name: `Tagged ${catalog.id}`, tags: [word] })
  expect(await namesFor(`q=${word}`)).toHaveLength(3)
  expect(await namesFor(`q=${word.toUpperCase()}&tag=${word}`)).toEqual([`Tagged ${catalog.id}`])
})

test.each([
  "'",
  '"',
  '%',
  '_',
  '\\',
  "' or 1=1 --",
  '*'.repeat(60),
  'x'.repeat(5000),
  '\u0000',
  '\ud800',
  '😀',
  '(((',
  '[a-z]*',
  'NEAR(a b)',
])('a search for %j answers, and finds only what holds it', async (text) => {
  const catalog = await world.catalog()
  const mark = crypto.randomUUID()
  await world.product([catalog.id], { name: `Plain ${mark}` })
  const params = new URLSearchParams({
    q: text,
    catalog: text,
    tag: text,
    sort: text,
    after: text,
    before: text,
  })
  for (const names of [Object.keys(Object.fromEntries(params)), ['q'], ['catalog'], ['tag']]) {
    const some = new URLSearchParams(names.map((name) => [name, text]))
    expect(await namesFor(some.toString())).not.toContain(`Plain ${mark}`)
  }
})

test('pages go on and back in both orders, and lose and repeat nothing', async () => {
  const catalog = await world.catalog()
  const tag = `paging-${crypto.randomUUID().slice(0, 8)}`
  for (const name of ['delta', 'alpha', 'Charlie', 'Bravo', 'echo'])
    await documentedProduct([catalog.id], { name: `${name} ${tag}`, tags: [tag] })
  for (const sort of ['name', 'newest']) {
    const filter = filterOf(`tag=${tag}&sort=${sort}`)
    const ctx = contextFor(visitor)
    const seen: string[] = []
    let cursor: string | null = null
    for (let pages = 0; pages < 5; pages += 1) {
      const { page } = await listVisibleProducts(ctx, filter, { cursor, direction: 'next', size: 2 })
      seen.push(...page.rows.map((row) => row.name.split(' ')[0] ?? ''))
      if (!page.next) break
      cursor = page.next
    }
    expect(seen).toEqual(
      sort === 'name'
        ? ['alpha', 'Bravo', 'Charlie', 'delta', 'echo']
        : ['echo', 'Bravo', 'Charlie', 'alpha', 'delta'],
    )
    const last = await listVisibleProducts(ctx, filter, { cursor, direction: 'next', size: 2 })
    const back = await listVisibleProducts(ctx, filter, {
      cursor: last.page.previous,
      direction: 'previous',
      size: 2,
    })
    expect(back.page.rows.map((row) => row.name.split(' ')[0])).toEqual(seen.slice(2, 4))
  }
})

test('one catalog is shown in the order that its admins gave it, page by page, unless another is asked for', async () => {
  const [catalog, other] = [await world.catalog(), await world.catalog()]
  const slug = `catalog-${catalog.id.slice(4).toLowerCase()}`
  for (const [name, position, elsewhere] of [
    ['alpha', 3, 1],
    ['Bravo', 1, 3],
    ['charlie', 1, 2],
    ['delta', 12, 0],
  ] as const) {
    const product = await world.product([catalog.id, other.id], { name: `${name} ${catalog.id}` })
    for (const [catalogId, place] of [
      [catalog.id, position],
      [other.id, elsewhere],
    ] as const)
      await db
        .update(catalogProducts)
        .set({ position: place })
        .where(and(eq(catalogProducts.productId, product.id), eq(catalogProducts.catalogId, catalogId)))
  }
  const first = (names: string[]) => names.map((name) => name.split(' ')[0])
  expect(first(await namesFor(`catalog=${slug}`))).toEqual(['Bravo', 'charlie', 'alpha', 'delta'])
  expect(first(await namesFor(`catalog=${slug}&sort=name`))).toEqual(['alpha', 'Bravo', 'charlie', 'delta'])
  const filter = filterOf(`catalog=${slug}`)
  const ctx = contextFor(visitor)
  const seen: string[] = []
  let cursor: string | null = null
  for (let pages = 0; pages < 4; pages += 1) {
    const list = await listVisibleProducts(ctx, filter, { cursor, direction: 'next', size: 1 })
    seen.push(...list.page.rows.map((row) => row.name))
    cursor = list.page.next
  }
  expect(cursor).toBeNull()
  expect(first(seen)).toEqual(['Bravo', 'charlie', 'alpha', 'delta'])
})

test('an address is read with care: unknown sorts and empty filters count as none', () => {
  expect(filterOf('catalog=&tag=%20&q=&sort=price')).toEqual({
    catalog: null,
    tag: null,
    search: '',
    sort: 'name',
  })
  expect(filterOf('sort=catalog').sort).toBe('name')
  expect(filterOf('sort=relevance&catalog=x').sort).toBe('catalog')
  expect(filterOf(`q=${'x'.repeat(500)}`).search).toHaveLength(200)
})
