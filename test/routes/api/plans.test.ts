// Plans over the admin API: the commands of the admins' pages, under their rules.
import { and, desc, eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { accessRequests, catalogPlans, events } from '~db/schema'
import { apiClient } from '~test/support/api'
import { db } from '~test/support/context'
import { granted, offer, requested } from '~test/support/requests'
import * as world from '~test/support/world'

let client: Awaited<ReturnType<typeof apiClient>>
beforeAll(async () => {
  client = await apiClient()
})

const fresh = (word: string) => `${word} ${crypto.randomUUID().slice(0, 8)}`

async function eventsOf(subjectId: string) {
  const rows = await db.select().from(events).where(eq(events.subjectId, subjectId)).orderBy(desc(events.id))
  return rows.map(({ type, data }) => ({ type, data: data as Record<string, unknown> }))
}

test('a plan is created, read, edited field by field, archived, restored and deleted, and each change tells by which token', async () => {
  const catalog = await world.catalog()
  const name = fresh('Silver')
  const created = await client.call('POST', '/plans', {
    name: ` ${name}`,
    approval: 'manual',
    rate_limit: 5,
    rate_period_seconds: 10,
    catalog_ids: [catalog.id],
  })
  expect(created.status).toBe(201)
  const { id } = created.body
  expect(created.headers.get('location')).toBe(`/api/v1/plans/${id}`)
  expect(created.body).toEqual({
    id,
    name,
    description: '',
    rate_limit: 5,
    rate_period_seconds: 10,
    quota_limit: null,
    quota_period: null,
    key_lifetime_days: null,
    approval: 'manual',
    archived_at: null,
    approved_requests: 0,
    pending_requests: 0,
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    catalog_ids: [catalog.id],
  })
  expect((await client.call('GET', `/plans/${id}`)).body).toEqual(created.body)
  expect(await eventsOf(id)).toMatchObject([{ type: 'plan.created', data: { apiTokenId: client.tokenId } }])

  const described = await client.call('PATCH', `/plans/${id}`, { description: 'For partners' })
  expect(described.body).toEqual({ ...created.body, description: 'For partners' })
  const other = await client.call('PATCH', `/plans/${id}`, {
    rate_limit: null,
    rate_period_seconds: null,
    quota_limit: 7,
    quota_period: 'hour',
    key_lifetime_days: 30,
    approval: 'auto',
    catalog_ids: [],
  })
  expect(other.body).toEqual({
    ...described.body,
    rate_limit: null,
    rate_period_seconds: null,
    quota_limit: 7,
    quota_period: 'hour',
    key_lifetime_days: 30,
    approval: 'auto',
    catalog_ids: [],
  })
  const before = await eventsOf(id)
  expect((await client.call('PATCH', `/plans/${id}`, {})).body).toEqual(other.body)
  expect(await eventsOf(id)).toEqual(before)

  const archived = await client.call('POST', `/plans/${id}/archive`)
  expect([archived.status, archived.body.archived_at]).toEqual([200, expect.any(String)])
  const again = await client.call('POST', `/plans/${id}/archive`)
  expect([again.status, again.body.code]).toEqual([409, 'already_decided'])
  expect((await client.call('POST', `/plans/${id}/restore`)).body).toEqual(other.body)
  expect((await client.call('POST', `/plans/${id}/restore`)).status).toBe(409)
  expect((await client.call('DELETE', `/plans/${id}`)).status).toBe(204)
  expect((await client.call('GET', `/plans/${id}`)).status).toBe(404)
  expect((await eventsOf(id)).map(({ type }) => type)).toEqual([
    'plan.deleted',
    'plan.restored',
    'plan.archived',
    'plan.changed',
    'plan.changed',
    'plan.created',
  ])
})

test('a limit goes with its period, and each field is bounded as on the page', async () => {
  const made = { name: fresh('Gold'), approval: 'auto' }
  for (const [wrong, pointer] of [
    [{ rate_limit: 5 }, '/rate_limit'],
    [{ rate_period_seconds: 5 }, '/rate_limit'],
    [{ rate_limit: 5, rate_period_seconds: 86_401 }, '/rate_period_seconds'],
    [{ rate_limit: 0, rate_period_seconds: 10 }, '/rate_limit'],
    [{ quota_limit: 5 }, '/quota_limit'],
    [{ quota_period: 'day' }, '/quota_limit'],
    [{ quota_limit: 1.5, quota_period: 'day' }, '/quota_limit'],
    [{ quota_limit: 5, quota_period: 'year' }, '/quota_period'],
    [{ key_lifetime_days: 3651 }, '/key_lifetime_days'],
    [{ approval: 'nobody' }, '/approval'],
    [{ approval: undefined }, '/approval'],
    [{ name: 'x' }, '/name'],
    [{ description: 'x'.repeat(501) }, '/description'],
    [{ catalog_ids: ['org_default'] }, '/catalog_ids/0'],
  ] as const) {
    const refused = await client.call('POST', '/plans', { ...made, ...wrong })
    expect([refused.status, refused.body.errors?.[0]?.pointer], JSON.stringify(wrong)).toEqual([422, pointer])
  }
  const plan = await world.plan([], { rateLimit: 5, ratePeriodSeconds: 10 })
  const half = await client.call('PATCH', `/plans/${plan.id}`, { rate_limit: null })
  expect([half.status, half.body.errors?.[0]?.pointer]).toEqual([422, '/rate_limit'])
  expect((await client.call('PATCH', `/plans/${plan.id}`, { rate_limit: 6 })).body).toMatchObject({
    rate_limit: 6,
    rate_period_seconds: 10,
  })
  const taken = await client.call('POST', '/plans', { ...made, name: plan.name.toUpperCase() })
  expect([taken.status, taken.body.errors?.[0]?.pointer]).toEqual([422, '/name'])
})

test('a catalog that is gone is refused when a plan is made and when it is edited, and nothing changes', async () => {
  const [kept, gone] = [await world.catalog(), await world.catalog()]
  expect((await client.call('DELETE', `/catalogs/${gone.id}`)).status).toBe(204)
  const plan = await world.plan([kept.id])
  const before = (await client.call('GET', `/plans/${plan.id}`)).body
  for (const id of [gone.id, 'cat_01UNKNOWN']) {
    const name = fresh('Bronze')
    const refused = await client.call('POST', '/plans', { name, approval: 'auto', catalog_ids: [id] })
    expect([refused.status, refused.body.errors?.[0]?.pointer], id).toEqual([422, '/catalog_ids'])
    expect((await client.call('GET', `/plans?q=${encodeURIComponent(name)}`)).body.data).toEqual([])
    const edited = await client.call('PATCH', `/plans/${plan.id}`, { name, catalog_ids: [kept.id, id] })
    expect([edited.status, edited.body.errors?.[0]?.pointer], id).toEqual([422, '/catalog_ids'])
  }
  expect((await client.call('GET', `/plans/${plan.id}`)).body).toEqual(before)
  expect(await eventsOf(plan.id)).toEqual([])
})

test('without catalogs an edit leaves a plan where it is offered, in its place', async () => {
  const catalog = await world.catalog()
  const plan = await world.plan([catalog.id])
  const here = and(eq(catalogPlans.planId, plan.id), eq(catalogPlans.catalogId, catalog.id))
  await db.update(catalogPlans).set({ position: 4 }).where(here)
  await client.call('PATCH', `/plans/${plan.id}`, { description: 'Still here' })
  expect(await db.select().from(catalogPlans).where(here)).toMatchObject([{ position: 4 }])
  const [event] = await eventsOf(plan.id)
  expect(event?.data).not.toHaveProperty('catalogs')
  const moved = await world.catalog()
  const chosen = await client.call('PATCH', `/plans/${plan.id}`, { catalog_ids: [moved.id, moved.id] })
  expect(chosen.body.catalog_ids).toEqual([moved.id])
  expect((await eventsOf(plan.id))[0]?.data).toMatchObject({
    catalogs: [moved.name],
    catalogsBefore: [catalog.name],
  })
})

test('a new plan comes after those that the catalog offers already, moved or not', async () => {
  const catalog = await world.catalog()
  const [one, two] = [await world.plan([catalog.id]), await world.plan([catalog.id])]
  await client.call('POST', `/catalogs/${catalog.id}/plans/${two.id}/move`, { direction: 'up' })
  const made = { name: fresh('Late'), approval: 'auto', catalog_ids: [catalog.id] }
  const { id } = (await client.call('POST', '/plans', made)).body
  const { data } = (await client.call('GET', `/catalogs/${catalog.id}/plans`)).body
  expect(data.map((row: { id: string }) => row.id)).toEqual([two.id, one.id, id])
})

test('given access keeps its terms when a plan is edited, and a plan with requests is archived instead of deleted', async () => {
  const of = await offer()
  const { requestId } = await granted(await world.superAdmin(), { of })
  await requested(await world.superAdmin(), { of, planId: of.manual.id })
  await client.call('PATCH', `/plans/${of.auto.id}`, { key_lifetime_days: 1 })
  const [request] = await db.select().from(accessRequests).where(eq(accessRequests.id, requestId))
  expect(request).toMatchObject({ state: 'approved', keyLifetimeDays: 30 })
  const refused = await client.call('DELETE', `/plans/${of.auto.id}`)
  expect([refused.status, refused.body.code]).toEqual([409, 'in_use'])
  expect((await client.call('POST', `/plans/${of.auto.id}/archive`)).body).toMatchObject({
    approved_requests: 1,
    pending_requests: 0,
    catalog_ids: [of.catalog.id],
  })
  expect((await client.call('GET', `/plans/${of.manual.id}`)).body).toMatchObject({
    approved_requests: 0,
    pending_requests: 1,
  })
})

test('plans are listed by name, found by a part of it, told apart by state, and paged without losing one', async () => {
  const word = crypto.randomUUID().slice(0, 8)
  const made: string[] = []
  for (const letter of ['c', 'A', 'b']) made.push((await world.plan([], { name: `${letter} ${word}` })).id)
  const [c, a, b] = made
  await client.call('POST', `/plans/${b}/archive`)
  const ids = (answer: { body: { data: { id: string }[] } }) => answer.body.data.map(({ id }) => id)
  const all = await client.call('GET', `/plans?q=${word.toUpperCase()}`)
  expect([ids(all), all.body.next_cursor]).toEqual([[a, b, c], null])
  expect(Object.keys(all.body.data[0])).not.toContain('catalog_ids')
  expect(ids(await client.call('GET', `/plans?q=${word}&state=offered`))).toEqual([a, c])
  expect(ids(await client.call('GET', `/plans?q=${word}&state=archived`))).toEqual([b])
  const wrong = await client.call('GET', '/plans?state=gone')
  expect([wrong.status, wrong.body.errors[0].parameter]).toEqual([422, 'state'])
  const first = await client.call('GET', `/plans?q=${word}&limit=2`)
  const second = await client.call('GET', `/plans?q=${word}&limit=2&cursor=${first.body.next_cursor}`)
  expect([ids(first), ids(second), second.body.next_cursor]).toEqual([[a, b], [c], null])
})
