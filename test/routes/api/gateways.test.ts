// External gateways over the API: the commands of the page, and a secret that comes in and never goes out.
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { apiGateways, events, gatewayKeys, gateways, idempotencyKeys } from '~db/schema'
import { apiClient } from '~test/support/api'
import { databaseText } from '~test/support/attacks'
import { contextFor, db, system } from '~test/support/context'
import { externalKey, gateway, tykSecret } from '~test/support/external-gateways'

let client: Awaited<ReturnType<typeof apiClient>>
beforeAll(async () => {
  client = await apiClient()
})
beforeEach(async () => {
  for (const table of [gatewayKeys, apiGateways, gateways]) await db.delete(table)
})

const body = (changes: object = {}) => ({
  name: `Tyk ${crypto.randomUUID().slice(0, 8)}`,
  base_url: 'https://new.tyk.test/',
  public_url: 'https://api.new.tyk.test',
  external_org_id: 'org1',
  management_secret: 'canary-of-the-gateway',
  ...changes,
})

async function secretOf(id: `gwy_${string}`) {
  const [row] = await db.select().from(gateways).where(eq(gateways.id, id))
  return contextFor(system).vault.open(row?.secretCipher ?? '', id)
}

/** As if it had been told of it. */
async function holds({ gateway: { id: gatewayId }, credentialId, appId }: Key) {
  const secretCipher = await contextFor(system).vault.seal('key', credentialId)
  const [toldAt, createdAt] = [Date.UTC(2026, 0, 2), Date.UTC(2026, 0, 1)]
  await db.insert(gatewayKeys).values({
    gatewayId,
    credentialId,
    appId,
    hint: 'abcd',
    secretCipher,
    state: 'present',
    toldAt,
    createdAt,
  })
}
type Key = Awaited<ReturnType<typeof externalKey>>

const told = async (subjectId: string) =>
  (await db.select().from(events).where(eq(events.subjectId, subjectId))).map(({ type }) => type)

test('a gateway is added, read, edited field by field and deleted, and its secret is in no answer and kept sealed', async () => {
  const key = { 'idempotency-key': crypto.randomUUID() }
  const sent = body()
  const added = await client.call('POST', '/gateways', sent, key)
  expect(added.status).toBe(201)
  const { id, created_at } = added.body
  expect(added.headers.get('location')).toBe(`/api/v1/gateways/${id}`)
  expect(added.body).toEqual({
    id,
    name: sent.name,
    kind: 'tyk',
    base_url: 'https://new.tyk.test',
    public_url: 'https://api.new.tyk.test',
    external_org_id: 'org1',
    header_name: 'Authorization',
    apis: 0,
    keys: 0,
    created_at,
    keys_present: 0,
    keys_unsure: 0,
    told_at: null,
    served: [],
  })
  expect(await secretOf(id)).toBe('canary-of-the-gateway')
  expect((await client.call('POST', '/gateways', sent, key)).body).toEqual(added.body)

  const edited = await client.call('PATCH', `/gateways/${id}`, { header_name: 'X-Api-Key' })
  expect(edited.body).toEqual({ ...added.body, header_name: 'X-Api-Key' })
  // A header that is left out does not become the usual one again.
  const renamed = await client.call('PATCH', `/gateways/${id}`, { name: `${sent.name} 2` })
  expect(renamed.body).toEqual({ ...edited.body, name: `${sent.name} 2` })
  expect((await client.call('PATCH', `/gateways/${id}`, {})).body).toEqual(renamed.body)
  expect(await secretOf(id)).toBe('canary-of-the-gateway')
  const other = await client.call('PATCH', `/gateways/${id}`, { management_secret: 'canary-the-second' })
  expect(other.body).toEqual(renamed.body)
  expect(await secretOf(id)).toBe('canary-the-second')
  for (const answer of [added, edited, other, await client.call('GET', '/gateways')])
    expect(answer.text).not.toMatch(/canary|cipher|secret/)
  expect(await databaseText([])).not.toContain('canary-')
  expect((await client.call('DELETE', `/gateways/${id}`)).status).toBe(204)
  expect((await client.call('GET', `/gateways/${id}`)).status).toBe(404)
  expect(await told(id)).toEqual([
    'gateway.created',
    'gateway.changed',
    'gateway.changed',
    'gateway.changed',
    'gateway.deleted',
  ])
  const kept = await db.select().from(idempotencyKeys)
  expect(kept.filter((row) => row.key === key['idempotency-key'])).toHaveLength(1)
})

test('what the page refuses of a gateway is refused with its place', async () => {
  const { name } = await gateway()
  const refused = async (changes: object, pointer: string) => {
    const answer = await client.call('POST', '/gateways', body(changes))
    expect([answer.status, answer.body.errors?.[0]?.pointer], JSON.stringify(changes)).toEqual([422, pointer])
    expect(answer.text).not.toContain('canary')
  }
  await refused({ name: '' }, '/name')
  await refused({ base_url: 'https://10.0.0.1' }, '/base_url')
  await refused({ base_url: 'http://new.tyk.test' }, '/base_url')
  await refused({ external_org_id: '../keys' }, '/external_org_id')
  await refused({ management_secret: 'two words' }, '/management_secret')
  await refused({ kind: 'other' }, '/kind')
  expect((await client.call('POST', '/gateways', body({ management_secret: undefined }))).status).toBe(422)
  const first = await client.call('POST', '/gateways', body({ name: 'Only one' }))
  expect(first.status).toBe(201)
  await refused({ name: ' ONLY  ONE ' }, '/name')
  expect((await client.call('GET', '/gateways')).body.data.map((one: { name: string }) => one.name)).toEqual([
    name,
    'Only one',
  ])
})

test('the old secret is never sent to another address, and the organization stays while there are keys', async () => {
  const key = await externalKey()
  const { id } = key.gateway
  const moved = await client.call('PATCH', `/gateways/${id}`, { base_url: 'https://eve.tyk.test' })
  expect([moved.status, moved.body.errors[0].pointer]).toEqual([422, '/management_secret'])
  expect(await secretOf(id)).toBe(tykSecret)
  const both = await client.call('PATCH', `/gateways/${id}`, {
    base_url: 'https://next.tyk.test',
    management_secret: 'another',
  })
  expect([both.body.base_url, await secretOf(id)]).toEqual(['https://next.tyk.test', 'another'])
  await holds(key)
  const fixed = await client.call('PATCH', `/gateways/${id}`, { external_org_id: 'org2' })
  expect([fixed.status, fixed.body.code, fixed.body.errors[0].pointer]).toEqual([
    409,
    'in_use',
    '/external_org_id',
  ])
})

test('a gateway is shown with what it serves and holds, stays while it serves an API, and is deleted by its name while it may hold keys', async () => {
  const key = await externalKey()
  const { id, name } = key.gateway
  await holds(key)
  expect((await client.call('GET', `/gateways/${id}`)).body).toMatchObject({
    apis: 1,
    keys: 1,
    keys_present: 1,
    keys_unsure: 0,
    told_at: '2026-01-02T00:00:00.000Z',
    served: [{ api_id: key.apiId, external_api_id: key.externalApiId, listen_path: '/orders/' }],
  })
  const remove = (query = '') => client.call('DELETE', `/gateways/${id}${query}`)
  expect((await remove()).body.code).toBe('in_use')
  await db.delete(apiGateways)
  for (const query of ['', '?confirmation=Another'])
    expect((await remove(query)).body).toMatchObject({
      code: 'invalid_input',
      errors: [{ parameter: 'confirmation', detail: expect.stringContaining(name) }],
    })
  expect((await client.call('GET', `/gateways/${id}`)).status).toBe(200)
  expect((await remove(`?confirmation=${encodeURIComponent(name)}`)).status).toBe(204)
})

test('a gateway is told of its keys again, once at a time', async () => {
  const { id } = await gateway()
  const again = () => client.call('POST', `/gateways/${id}/resynchronize`)
  const answers = await Promise.all(Array.from({ length: 40 }, again))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.filter(({ body: problem }) => problem.code === 'conflict')).toHaveLength(39)
  expect(answers.find(({ status }) => status === 200)?.body.id).toBe(id)
  expect(await told(id)).toEqual(['gateway.resynchronized'])
})

test('the list is by name, each gateway once by its cursors', async () => {
  for (const name of ['cedar', 'alder', 'birch']) await gateway({ name, nameKey: name })
  const first = await client.call('GET', '/gateways?limit=2')
  const second = await client.call('GET', `/gateways?limit=2&cursor=${first.body.next_cursor}`)
  const names = [...first.body.data, ...second.body.data].map((one: { name: string }) => one.name)
  expect([names, second.body.next_cursor]).toEqual([['alder', 'birch', 'cedar'], null])
})
