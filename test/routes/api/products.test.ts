// What the operations about products do: the commands of the admins' pages, under their rules, with their events.
import { and, eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { deleteCatalog } from '~/domain/catalog/delete-catalog.server'
import { catalogProducts, catalogs, events, products } from '~db/schema'
import { apiClient } from '~test/support/api'
import { contextFor, db } from '~test/support/context'
import { documentedProduct, done } from '~test/support/documents'
import { granted } from '~test/support/requests'
import * as world from '~test/support/world'

let client: Awaited<ReturnType<typeof apiClient>>
beforeAll(async () => {
  client = await apiClient()
})

const word = () => crypto.randomUUID().slice(0, 8)
const pets = () => ({ name: `Pets ${word()}`, slug: `pets-${word()}`, summary: 'Everything about pets' })

async function deletedCatalog() {
  const { id } = await world.catalog()
  done(await deleteCatalog(contextFor(client.admin), id))
  return id
}

test('a product is created as a draft, read, published once, unpublished once and deleted, and its events name the token', async () => {
  const [first, second] = [await world.catalog(), await world.catalog()]
  const body = { ...pets(), description: 'Find a **pet**.', tags: ['animals', 'dogs'], featured: true }
  const created = await client.call('POST', '/products', { ...body, catalog_ids: [first.id, second.id] })
  expect(created.status).toBe(201)
  const { id, created_at, catalog_ids, catalog_names, ...rest } = created.body
  expect(created.headers.get('location')).toBe(`/api/v1/products/${id}`)
  expect(rest).toEqual({
    ...body,
    state: 'draft',
    has_logo: false,
    apis: 0,
    approved_apps: 0,
    pending_requests: 0,
    published_at: null,
  })
  expect([...catalog_ids].sort()).toEqual([first.id, second.id].sort())
  expect([...catalog_names].sort()).toEqual([first.name, second.name].sort())
  expect(created_at).toMatch(/Z$/)
  expect((await client.call('GET', `/products/${id}`)).body).toEqual(created.body)
  const [event] = await db.select().from(events).where(eq(events.subjectId, id))
  expect(event).toMatchObject({ type: 'product.created', data: { apiTokenId: client.tokenId } })
  const [row] = await db.select().from(products).where(eq(products.id, id))
  expect(row?.descriptionHtml).toContain('<strong>pet</strong>')

  const published = await client.call('POST', `/products/${id}/publish`)
  expect([published.status, published.body.state]).toEqual([200, 'published'])
  expect(published.body.published_at).not.toBeNull()
  const twice = await client.call('POST', `/products/${id}/publish`)
  expect([twice.status, twice.body.code]).toEqual([409, 'already_decided'])
  expect((await client.call('POST', `/products/${id}/unpublish`)).body.state).toBe('draft')
  expect((await client.call('POST', `/products/${id}/unpublish`)).status).toBe(409)
  expect((await client.call('DELETE', `/products/${id}`)).status).toBe(204)
  expect((await client.call('GET', `/products/${id}`)).status).toBe(404)
  expect((await client.call('POST', '/products', { ...pets(), slug: body.slug })).status).toBe(201)
})

test('a product needs a name, a slug of its own and a summary, and takes small tags and catalogs that there are', async () => {
  const { slug } = (await client.call('POST', '/products', pets())).body
  const gone = await deletedCatalog()
  const before = await db.$count(products)
  for (const [changes, pointer] of [
    [{ name: 'x' }, '/name'],
    [{ slug: 'No Slug' }, '/slug'],
    [{ slug }, '/slug'],
    [{ summary: '' }, '/summary'],
    [{ tags: ['Large'] }, '/tags/0'],
    [{ tags: Array.from({ length: 21 }, (_, at) => `tag ${at}`) }, '/tags'],
    [{ tags: 'animals, dogs' }, '/tags'],
    [{ featured: 'on' }, '/featured'],
    [{ catalog_ids: ['cat_01UNKNOWN'] }, '/catalog_ids'],
    [{ catalog_ids: [gone] }, '/catalog_ids'],
    [{ description: 'x'.repeat(50_001) }, '/description'],
    [{ logo: 'x' }, '/logo'],
  ] as const) {
    const refused = await client.call('POST', '/products', { ...pets(), ...changes })
    expect([refused.status, refused.body.errors?.[0]?.pointer], JSON.stringify(changes).slice(0, 60)).toEqual(
      [422, pointer],
    )
  }
  expect(await db.$count(products)).toBe(before)
})

test('a description may be as long as on the page, which is more than other bodies', async () => {
  const made = await client.call('POST', '/products', { ...pets(), description: '語'.repeat(50_000) })
  expect([made.status, made.body.description?.length]).toEqual([201, 50_000])
  const over = await client.call('POST', '/products', { ...pets(), description: 'x'.repeat(1_100_000) })
  expect([over.status, over.body.detail]).toEqual([413, 'A body can have at most 1 MB here.'])
})

test('a change leaves alone what it does not name, catalogs among it, and an empty one is none', async () => {
  const [one, two] = [await world.catalog(), await world.catalog()]
  const body = { ...pets(), description: 'Long', tags: ['animals'], featured: true, catalog_ids: [one.id] }
  const { id } = (await client.call('POST', '/products', body)).body
  const path = `/products/${id}`
  const renamed = await client.call('PATCH', path, { name: 'Other pets' })
  expect(renamed.body).toMatchObject({ ...body, name: 'Other pets', catalog_names: [one.name] })
  const [event] = await db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, id), eq(events.type, 'product.changed')))
  expect(event?.data).not.toHaveProperty('catalogs')
  const told = await db.$count(events, eq(events.subjectId, id))
  expect((await client.call('PATCH', path, {})).body).toEqual(renamed.body)
  expect(await db.$count(events, eq(events.subjectId, id))).toBe(told)

  const moved = await client.call('PATCH', path, { catalog_ids: [two.id], tags: [], featured: false })
  expect(moved.body).toMatchObject({ catalog_ids: [two.id], tags: [], featured: false, description: 'Long' })
  expect((await client.call('PATCH', path, { description: '' })).body.description).toBe('')
  expect((await client.call('PATCH', path, { catalog_ids: [] })).body.catalog_ids).toEqual([])
  expect((await client.call('PATCH', path, { name: null })).status).toBe(422)
})

test('a catalog that is gone, or that another change puts the product in meanwhile, is not lost in a change', async () => {
  const one = await world.catalog()
  const { id } = (await client.call('POST', '/products', { ...pets(), catalog_ids: [one.id] })).body
  for (const other of ['cat_01UNKNOWN', await deletedCatalog()]) {
    const refused = await client.call('PATCH', `/products/${id}`, {
      name: 'No',
      catalog_ids: [one.id, other],
    })
    expect([refused.status, refused.body.errors?.[0]?.pointer], other).toEqual([422, '/catalog_ids'])
  }
  const more = await Promise.all(Array.from({ length: 4 }, () => world.catalog()))
  await Promise.all([
    ...more.map((catalog) => db.insert(catalogProducts).values({ catalogId: catalog.id, productId: id })),
    ...Array.from({ length: 4 }, (_, at) => client.call('PATCH', `/products/${id}`, { name: `Name ${at}` })),
  ])
  const now = (await client.call('GET', `/products/${id}`)).body
  expect(now.name).toMatch(/^Name \d$/)
  expect([...now.catalog_ids].sort()).toEqual([one.id, ...more.map((catalog) => catalog.id)].sort())
})

test('a product tells all of its catalogs, also the last of more than a page shows', async () => {
  const last = await world.catalog()
  await db.update(catalogs).set({ position: 1_000_000 }).where(eq(catalogs.id, last.id))
  for (let made = 0; made < 100; made += 1) await world.catalog()
  const created = await client.call('POST', '/products', { ...pets(), catalog_ids: [last.id] })
  expect(created.body).toMatchObject({ catalog_ids: [last.id], catalog_names: [last.name] })
})

test('while somebody has access, a product keeps its slug and is not deleted', async () => {
  const { of } = await granted(await world.superAdmin())
  const path = `/products/${of.product.id}`
  expect((await client.call('GET', path)).body).toMatchObject({ approved_apps: 1, apis: 1 })
  const slug = await client.call('PATCH', path, { slug: `other-${word()}` })
  expect([slug.status, slug.body.code, slug.body.errors[0].pointer]).toEqual([409, 'in_use', '/slug'])
  expect((await client.call('PATCH', path, { summary: 'Still fine' })).body.summary).toBe('Still fine')
  const kept = await client.call('DELETE', path)
  expect([kept.status, kept.body.code]).toEqual([409, 'in_use'])
  expect((await client.call('GET', path)).status).toBe(200)
})

test('products are listed by name, narrowed by text, state and catalog, and walked by cursor', async () => {
  const catalog = await world.catalog()
  const mark = word()
  for (const name of ['c', 'A', 'b'])
    await client.call('POST', '/products', { ...pets(), name: `${name} ${mark}`, tags: [`tag ${mark}`] })
  const listed = await documentedProduct([catalog.id], { name: `D ${mark}` })
  const names = async (query: string) =>
    (await client.call('GET', `/products?${query}`)).body.data.map((one: { name: string }) => one.name[0])
  expect(await names(`q=${mark}`)).toEqual(['A', 'b', 'c', 'D'])
  expect(await names(`q=tag+${mark}`)).toEqual(['A', 'b', 'c'])
  expect(await names(`q=${mark}&state=published`)).toEqual(['D'])
  expect(await names(`q=${mark}&state=draft`)).toEqual(['A', 'b', 'c'])
  const [offered] = (await client.call('GET', `/products?catalog_id=${catalog.id}`)).body.data
  expect(offered).toEqual({
    id: listed.productId,
    name: `D ${mark}`,
    slug: listed.slug,
    summary: 'Everything about pets',
    state: 'published',
    featured: false,
    has_logo: true,
    tags: ['animals'],
    catalog_names: [catalog.name],
    apis: 1,
  })
  const first = (await client.call('GET', `/products?q=${mark}&limit=3`)).body
  expect(first.data).toHaveLength(3)
  const second = (await client.call('GET', `/products?q=${mark}&limit=3&cursor=${first.next_cursor}`)).body
  expect(second.data.map((one: { id: string }) => one.id)).toEqual([listed.productId])
  expect(second.next_cursor).toBeNull()
  expect((await client.call('GET', '/products?state=gone')).status).toBe(422)
})
