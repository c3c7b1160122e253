// Catalogs over the admin API, whom they are for and what they offer: the commands of the admins' pages, under their rules.
import { desc, eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { getCatalog } from '~/domain/catalog/queries-catalogs.server'
import { accessRequests, events } from '~db/schema'
import { apiClient } from '~test/support/api'
import { contextFor, db } from '~test/support/context'
import { granted, offer } from '~test/support/requests'
import * as world from '~test/support/world'

let client: Awaited<ReturnType<typeof apiClient>>
beforeAll(async () => {
  client = await apiClient()
})

const word = () => crypto.randomUUID().slice(0, 8)

async function eventsOf(subjectId: string) {
  const rows = await db.select().from(events).where(eq(events.subjectId, subjectId)).orderBy(desc(events.id))
  return rows.map(({ type, data }) => ({ type, data: data as Record<string, unknown> }))
}

/** Every page of a list, two rows at a time. */
async function walk(path: string, of: (row: Record<string, string>) => unknown = (row) => row['id']) {
  const seen: unknown[] = []
  let cursor = ''
  do {
    const { status, body } = await client.call('GET', `${path}?limit=2${cursor}`)
    expect(status).toBe(200)
    expect(body.data.length).toBeLessThanOrEqual(2)
    seen.push(...body.data.map(of))
    expect(seen.length, 'a walk that ends').toBeLessThan(20)
    cursor = body.next_cursor ? `&cursor=${body.next_cursor}` : ''
  } while (cursor)
  return seen
}

test('a catalog is created, read, edited field by field and deleted, and each change tells by which token', async () => {
  const [name, slug] = [`Partners ${word()}`, `partners-${word()}`]
  const created = await client.call('POST', '/catalogs', { name: ` ${name} `, slug, visibility: 'private' })
  expect(created.status).toBe(201)
  const { id } = created.body
  expect(created.headers.get('location')).toBe(`/api/v1/catalogs/${id}`)
  expect(created.body).toEqual({
    id,
    name,
    slug,
    visibility: 'private',
    products: 0,
    plans: 0,
    audience: 0,
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    approved_requests: 0,
    pending_requests: 0,
    carts: 0,
  })
  expect((await client.call('GET', `/catalogs/${id}`)).body).toEqual(created.body)
  const custom = await client.call('PATCH', `/catalogs/${id}`, { visibility: 'custom' })
  expect(custom.body).toEqual({ ...created.body, visibility: 'custom' })
  const renamed = await client.call('PATCH', `/catalogs/${id}`, { name: `${name} 2`, slug: `${slug}-2` })
  expect(renamed.body).toEqual({ ...custom.body, name: `${name} 2`, slug: `${slug}-2` })
  expect((await client.call('PATCH', `/catalogs/${id}`, {})).body).toEqual(renamed.body)
  expect((await client.call('DELETE', `/catalogs/${id}`)).status).toBe(204)
  for (const [method, body] of [['GET'], ['PATCH', { name: 'Again' }], ['DELETE']] as const)
    expect((await client.call(method, `/catalogs/${id}`, body)).status, method).toBe(404)
  const told = await eventsOf(id)
  expect(told.map(({ type }) => type)).toEqual([
    'catalog.deleted',
    'catalog.changed',
    'catalog.changed',
    'catalog.created',
  ])
  expect(new Set(told.map(({ data }) => data['apiTokenId']))).toEqual(new Set([client.tokenId]))
  expect((await client.call('POST', '/catalogs', { name, slug, visibility: 'public' })).status).toBe(201)
})

test('a name or a slug that another catalog has is told at its field, and so is what is none', async () => {
  const other = await client.call('POST', '/catalogs', {
    name: `Taken ${word()}`,
    slug: `taken-${word()}`,
    visibility: 'public',
  })
  const own = await world.catalog()
  for (const [wrong, pointer] of [
    [{ name: other.body.name.toUpperCase() }, '/name'],
    [{ slug: other.body.slug }, '/slug'],
    [{ slug: 'Not a slug' }, '/slug'],
    [{ name: 'x' }, '/name'],
    [{ visibility: 'secret' }, '/visibility'],
  ] as const) {
    const good = { name: `Free ${word()}`, slug: `free-${word()}`, visibility: 'public' }
    const made = await client.call('POST', '/catalogs', { ...good, ...wrong })
    expect([made.status, made.body.errors?.[0]?.pointer], JSON.stringify(wrong)).toEqual([422, pointer])
    const edited = await client.call('PATCH', `/catalogs/${own.id}`, wrong)
    expect([edited.status, edited.body.errors?.[0]?.pointer], JSON.stringify(wrong)).toEqual([422, pointer])
  }
  expect(await eventsOf(own.id)).toEqual([])
})

test('catalogs are listed by name, found by a part of it, and paged without losing one', async () => {
  const part = word()
  const made: string[] = []
  for (const letter of ['c', 'A', 'b']) {
    const body = { name: `${letter} ${part}`, slug: `${letter.toLowerCase()}-${part}`, visibility: 'public' }
    made.push((await client.call('POST', '/catalogs', body)).body.id)
  }
  const [c, a, b] = made
  const ids = (answer: { body: { data: { id: string }[] } }) => answer.body.data.map(({ id }) => id)
  const all = await client.call('GET', `/catalogs?q=${part.toUpperCase()}`)
  expect([ids(all), all.body.next_cursor]).toEqual([[a, b, c], null])
  const first = await client.call('GET', `/catalogs?q=${part}&limit=2`)
  const second = await client.call('GET', `/catalogs?q=${part}&limit=2&cursor=${first.body.next_cursor}`)
  expect([ids(first), ids(second), second.body.next_cursor]).toEqual([[a, b], [c], null])
  await client.call('DELETE', `/catalogs/${b}`)
  expect(ids(await client.call('GET', `/catalogs?q=${part}`))).toEqual([a, c])
})

test('a deleted catalog says what stood on it before, and access through it goes on', async () => {
  const of = await offer()
  const { requestId } = await granted(await world.superAdmin(), { of })
  expect((await client.call('GET', `/catalogs/${of.catalog.id}`)).body).toMatchObject({
    products: 1,
    plans: 2,
    approved_requests: 1,
    pending_requests: 0,
  })
  expect((await client.call('DELETE', `/catalogs/${of.catalog.id}`)).status).toBe(204)
  const [request] = await db.select().from(accessRequests).where(eq(accessRequests.id, requestId))
  expect(request?.state).toBe('approved')
  for (const list of ['products', 'plans', 'audience'])
    expect((await client.call('GET', `/catalogs/${of.catalog.id}/${list}`)).status, list).toBe(404)
})

test('organizations and teams are added to an audience once, listed, and taken out', async () => {
  const catalog = await world.catalog('custom')
  const path = `/catalogs/${catalog.id}/audience`
  const [one, two] = [await world.organization(), await world.organization()]
  expect(await walk(path)).toEqual([])
  expect((await client.call('POST', path, { member: one.id })).body).toMatchObject({
    id: catalog.id,
    audience: 1,
  })
  await client.call('POST', path, { member: two.id })
  expect((await client.call('POST', path, { member: one.allUsersId })).body.audience).toBe(3)
  const [told] = await eventsOf(catalog.id)
  expect(told?.data).toMatchObject({ change: expect.stringMatching(/^now for team/) })
  const again = await client.call('POST', path, { member: one.id })
  expect([again.status, again.body.audience]).toEqual([200, 3])
  expect(await eventsOf(catalog.id)).toHaveLength(3)

  const listed = await client.call('GET', path)
  expect(listed.body.data.map((row: Record<string, unknown>) => row['organization_id']).sort()).toEqual(
    [one.id, one.id, two.id].sort(),
  )
  expect(listed.body.data).toContainEqual({
    organization_id: one.id,
    organization_name: one.name,
    team_id: one.allUsersId,
    team_name: expect.any(String),
  })
  expect(listed.body.data).toContainEqual({
    organization_id: two.id,
    organization_name: two.name,
    team_id: null,
    team_name: null,
  })
  const paged = await walk(path, (row) => row['team_id'] ?? row['organization_id'])
  expect([...paged].sort()).toEqual([one.id, two.id, one.allUsersId].sort())

  expect((await client.call('DELETE', `${path}/organizations/${one.id}`)).status).toBe(204)
  expect((await client.call('DELETE', `${path}/organizations/${one.id}`)).status).toBe(404)
  expect((await client.call('DELETE', `${path}/teams/${two.allUsersId}`)).status).toBe(404)
  expect((await client.call('DELETE', `${path}/teams/${one.allUsersId}`)).status).toBe(204)
  expect(await walk(path, (row) => row['organization_id'])).toEqual([two.id])
})

test('whoever is not there, or may not see a catalog yet, is not added to an audience', async () => {
  const catalog = await world.catalog('custom')
  const path = `/catalogs/${catalog.id}/audience`
  const asked = await world.organization({ state: 'pending' })
  for (const member of [asked.id, 'org_01UNKNOWN', 'team_01UNKNOWN']) {
    const refused = await client.call('POST', path, { member })
    expect([refused.status, refused.body.code], member).toEqual([409, 'conflict'])
  }
  for (const member of ['usr_01UNKNOWN', 7, undefined]) {
    const refused = await client.call('POST', path, { member })
    expect([refused.status, refused.body.errors?.[0]?.pointer], String(member)).toEqual([422, '/member'])
  }
  expect(await walk(path)).toEqual([])
  expect(await eventsOf(catalog.id)).toEqual([])
})

for (const kind of ['products', 'plans'] as const) {
  const field = kind === 'products' ? 'product_id' : 'plan_id'
  const make = async () => (await (kind === 'products' ? world.product([]) : world.plan([]))).id

  test(`${kind} are put at the end of a catalog, moved and taken out, and listed as the page shows them`, async () => {
    const catalog = await world.catalog()
    const path = `/catalogs/${catalog.id}/${kind}`
    const made: string[] = []
    for (let n = 0; n < 5; n += 1) {
      const id = await make()
      made.push(id)
      const added = await client.call('POST', path, { [field]: id })
      expect([added.status, added.body[kind]]).toEqual([200, n + 1])
    }
    const [a = '', b, c, d, e = ''] = made
    expect(await walk(path)).toEqual(made)
    const twice = await client.call('POST', path, { [field]: a })
    expect([twice.status, twice.body.code]).toEqual([409, 'already_decided'])

    const move = (id: string, direction: string) => client.call('POST', `${path}/${id}/move`, { direction })
    expect((await move(e, 'up')).status).toBe(200)
    expect((await move(a, 'down')).body[kind]).toBe(5)
    expect(await walk(path)).toEqual([b, a, c, e, d])
    expect((await move(String(b), 'up')).status).toBe(200)
    expect(await walk(path)).toEqual([b, a, c, e, d])
    const page = await getCatalog(contextFor(client.admin), catalog.id)
    const shown = kind === 'products' ? page.productList : page.planList
    expect(shown.map(({ id }) => id)).toEqual([b, a, c, e, d])
    const wrong = await move(a, 'sideways')
    expect([wrong.status, wrong.body.errors?.[0]?.pointer]).toEqual([422, '/direction'])

    expect((await client.call('DELETE', `${path}/${c}`)).status).toBe(204)
    expect(await walk(path)).toEqual([b, a, e, d])
    expect((await client.call('DELETE', `${path}/${c}`)).status).toBe(404)
    expect((await move(String(c), 'up')).status).toBe(404)
    const told = await eventsOf(catalog.id)
    expect(told[0]?.data).toMatchObject({
      change: expect.stringMatching(/^removed /),
      apiTokenId: client.tokenId,
    })
    expect(told).toHaveLength(5 + 3 + 1)
  })

  test(`${kind} that are gone are not added to a catalog`, async () => {
    const catalog = await world.catalog()
    const path = `/catalogs/${catalog.id}/${kind}`
    const gone = kind === 'products' ? (await world.product([], { deletedAt: Date.now() })).id : 'pln_01GONE'
    for (const id of [gone, kind === 'products' ? 'prd_01UNKNOWN' : 'pln_01UNKNOWN']) {
      const refused = await client.call('POST', path, { [field]: id })
      expect([refused.status, refused.body.code], id).toEqual([409, 'conflict'])
    }
    const other = await client.call('POST', path, { [field]: 'org_default' })
    expect([other.status, other.body.errors?.[0]?.pointer]).toEqual([422, `/${field}`])
    expect(await walk(path)).toEqual([])
    expect(await eventsOf(catalog.id)).toEqual([])
  })
}

test('what nobody has ordered is listed as the page shows it, and says its state and its terms', async () => {
  const catalog = await world.catalog()
  const draft = await world.product([catalog.id], { name: 'b draft', state: 'draft' })
  const published = await world.product([catalog.id], { name: 'A published' })
  const products = await client.call('GET', `/catalogs/${catalog.id}/products`)
  expect(products.body.data).toEqual([
    { id: published.id, name: 'A published', slug: published.slug, state: 'published' },
    { id: draft.id, name: 'b draft', slug: draft.slug, state: 'draft' },
  ])
  const late = await world.plan([catalog.id], { createdAt: 20, archivedAt: 30 })
  const early = await world.plan([catalog.id], { createdAt: 10, quotaLimit: 5, quotaPeriod: 'day' })
  const plans = await client.call('GET', `/catalogs/${catalog.id}/plans`)
  expect(plans.body.data).toEqual([
    {
      id: early.id,
      name: early.name,
      rate_limit: null,
      rate_period_seconds: null,
      quota_limit: 5,
      quota_period: 'day',
      key_lifetime_days: null,
      approval: 'manual',
      archived_at: null,
    },
    expect.objectContaining({ id: late.id, archived_at: '1970-01-01T00:00:00.030Z' }),
  ])
})
