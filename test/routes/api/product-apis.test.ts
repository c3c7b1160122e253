// What the operations about the APIs and the guides of a product do: the commands of the admins' pages, under their rules.
import { and, eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { events, guides } from '~db/schema'
import { apiClient } from '~test/support/api'
import { db } from '~test/support/context'
import { documentedProduct } from '~test/support/documents'
import { gateway, serve } from '~test/support/external-gateways'
import { granted } from '~test/support/requests'
import * as world from '~test/support/world'

let client: Awaited<ReturnType<typeof apiClient>>
beforeAll(async () => {
  client = await apiClient()
})

const told = (id: string) => db.$count(events, eq(events.subjectId, id))

test('an API is added to a product, listed after the others, changed in part and deleted', async () => {
  const { productId, apiId } = await documentedProduct([])
  const apis = `/products/${productId}/apis`
  const body = { name: 'Toys API', slug: 'toys', version: '1.2.0' }
  const created = await client.call('POST', apis, body)
  const { id } = created.body
  expect([created.status, created.body]).toEqual([
    201,
    {
      ...body,
      id,
      product_id: productId,
      upstream_url: null,
      accepts: ['api_key'],
      operations: null,
      document_id: null,
      served_at: null,
      apps: 0,
    },
  ])
  const path = `${apis}/${id}`
  expect(created.headers.get('location')).toBe(`/api/v1${path}`)
  expect((await client.call('GET', path)).body).toEqual(created.body)
  const listed = (await client.call('GET', apis)).body
  expect(listed).toEqual({
    data: [
      {
        id: apiId,
        product_id: productId,
        name: 'Pets API',
        slug: 'main',
        version: '1.0.0',
        upstream_url: 'https://upstream.test/pets',
        operations: 1,
      },
      { ...body, id, product_id: productId, upstream_url: null, operations: null },
    ],
    next_cursor: null,
  })
  const changed = await client.call('PATCH', path, {
    upstream_url: 'https://upstream.test/toys/',
    accepts: ['oauth_client', 'api_key'],
  })
  const expected = { upstream_url: 'https://upstream.test/toys', accepts: ['api_key', 'oauth_client'] }
  expect([changed.status, changed.body]).toEqual([200, { ...created.body, ...expected }])
  const renamed = await client.call('PATCH', path, { name: 'Toys', slug: 'toy' })
  expect(renamed.body).toEqual({ ...changed.body, name: 'Toys', slug: 'toy' })
  const before = await told(id)
  expect((await client.call('PATCH', path, {})).body).toEqual(renamed.body)
  expect(await told(id)).toBe(before)
  expect((await client.call('PATCH', path, { upstream_url: null })).body.upstream_url).toBeNull()
  expect((await client.call('DELETE', path)).status).toBe(204)
  expect((await client.call('GET', path)).status).toBe(404)
  expect((await client.call('DELETE', path)).status).toBe(404)
})

test('an API needs a slug of its own in its product, an upstream that is public, and something that it accepts', async () => {
  const { productId, apiId } = await documentedProduct([])
  const apis = `/products/${productId}/apis`
  const good = { name: 'Toys', slug: 'toys', version: '1' }
  for (const [changes, pointer] of [
    [{ slug: 'main' }, '/slug'],
    [{ slug: 'a/b' }, '/slug'],
    [{ version: '' }, '/version'],
    [{ upstream_url: 'http://10.0.0.1/x' }, '/upstream_url'],
    [{ upstream_url: 'https://portal.test/x' }, '/upstream_url'],
    [{ upstream_url: '' }, '/upstream_url'],
    [{ accepts: [] }, '/accepts'],
    [{ accepts: ['password'] }, '/accepts/0'],
  ] as const) {
    const refused = await client.call('POST', apis, { ...good, ...changes })
    expect([refused.status, refused.body.errors?.[0]?.pointer], JSON.stringify(changes)).toEqual([
      422,
      pointer,
    ])
  }
  await client.call('POST', apis, good)
  const taken = await client.call('PATCH', `${apis}/${apiId}`, { slug: 'toys' })
  expect([taken.status, taken.body.errors[0].pointer]).toEqual([422, '/slug'])
  const other = await documentedProduct([])
  for (const method of ['GET', 'PATCH', 'DELETE'])
    expect((await client.call(method, `/products/${other.productId}/apis/${apiId}`)).status, method).toBe(404)
  expect((await client.call('GET', `${apis}/${apiId}`)).status).toBe(200)
})

test('an API that somebody has access to keeps its slug, and one that an external gateway serves takes keys alone', async () => {
  const { of } = await granted(await world.superAdmin())
  const path = `/products/${of.product.id}/apis/${of.product.apiId}`
  expect((await client.call('GET', path)).body).toMatchObject({ apps: 1, served_at: null })
  const slug = await client.call('PATCH', path, { slug: 'other' })
  expect([slug.status, slug.body.code, slug.body.errors[0].pointer]).toEqual([409, 'in_use', '/slug'])
  const at = await gateway()
  await serve(of.product.apiId, at.id)
  expect((await client.call('GET', path)).body.served_at).toBe(`https://api.${at.host}/orders`)
  const accepts = await client.call('PATCH', path, { accepts: ['oauth_client'] })
  expect([accepts.status, accepts.body.code, accepts.body.errors[0].pointer]).toEqual([
    409,
    'in_use',
    '/accepts',
  ])
  // As on the page, where whoever deletes it types its name.
  expect((await client.call('DELETE', path)).status).toBe(204)
})

test('a guide is added as a draft, listed, changed in part, published once, unpublished once and deleted', async () => {
  const { productId } = await documentedProduct([])
  const list = `/products/${productId}/guides`
  const created = await client.call('POST', list, {
    title: 'Webhooks',
    slug: 'webhooks',
    body: '# Webhooks\nCall **it**.',
  })
  const { id } = created.body
  const facts = { id, product_id: productId, title: 'Webhooks', slug: 'webhooks', state: 'draft' }
  expect([created.status, created.body]).toEqual([201, { ...facts, body: 'Call **it**.' }])
  const path = `${list}/${id}`
  expect(created.headers.get('location')).toBe(`/api/v1${path}`)
  const listed = (await client.call('GET', list)).body
  expect(listed.next_cursor).toBeNull()
  expect(listed.data.map((one: { slug: string }) => one.slug).sort()).toEqual(['later', 'start', 'webhooks'])
  expect(listed.data.at(-1)).toEqual(facts)

  const renamed = await client.call('PATCH', path, { title: 'Hooks' })
  expect(renamed.body).toEqual({ ...created.body, title: 'Hooks' })
  const before = await told(id)
  expect((await client.call('PATCH', path, {})).body).toEqual(renamed.body)
  expect(await told(id)).toBe(before)
  const text = await client.call('PATCH', path, { body: 'Call *that*.' })
  expect(text.body).toEqual({ ...renamed.body, body: 'Call *that*.' })
  const [row] = await db.select().from(guides).where(eq(guides.id, id))
  expect(row?.bodyHtml).toContain('<em>that</em>')
  expect((await client.call('PATCH', path, { body: '' })).body.body).toBe('')

  expect((await client.call('POST', `${path}/publish`)).body.state).toBe('published')
  const twice = await client.call('POST', `${path}/publish`)
  expect([twice.status, twice.body.code]).toEqual([409, 'already_decided'])
  expect((await client.call('POST', `${path}/unpublish`)).body.state).toBe('draft')
  expect((await client.call('POST', `${path}/unpublish`)).status).toBe(409)
  expect((await client.call('DELETE', path)).status).toBe(204)
  expect((await client.call('GET', path)).status).toBe(404)
  const [event] = await db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, id), eq(events.type, 'guide.deleted')))
  expect(event?.data).toMatchObject({ name: 'Hooks', apiTokenId: client.tokenId })
})

test('a guide has a slug of its own in its product, a title and a text of at most 200,000 characters', async () => {
  const { productId } = await documentedProduct([])
  const list = `/products/${productId}/guides`
  for (const [changes, pointer] of [
    [{ slug: 'start' }, '/slug'],
    [{ title: '' }, '/title'],
    [{ body: 'x'.repeat(200_001) }, '/body'],
    [{ published: true }, '/published'],
  ] as [Record<string, unknown>, string][]) {
    const refused = await client.call('POST', list, { title: 'One', slug: 'one', ...changes })
    expect([refused.status, refused.body.errors?.[0]?.pointer], pointer).toEqual([422, pointer])
  }
  const long = { title: 'One', slug: 'one', body: '語'.repeat(200_000) }
  const made = await client.call('POST', list, long)
  expect([made.status, made.body.body?.length]).toEqual([201, 200_000])
  const taken = await client.call('PATCH', `${list}/${made.body.id}`, { slug: 'start' })
  expect([taken.status, taken.body.errors[0].pointer]).toEqual([422, '/slug'])
  const other = await documentedProduct([])
  for (const method of ['GET', 'PATCH', 'DELETE'])
    expect(
      (await client.call(method, `/products/${other.productId}/guides/${made.body.id}`)).status,
      method,
    ).toBe(404)
  expect((await client.call('GET', `${list}/${made.body.id}`)).status).toBe(200)
})
