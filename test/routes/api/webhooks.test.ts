// Webhooks of the portal over the API: the commands of the page, and a secret that is answered once and kept nowhere.
import { and, eq } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { events, idempotencyKeys } from '~db/schema'
import { apiClient } from '~test/support/api'
import { databaseText } from '~test/support/attacks'
import { contextFor, db, system } from '~test/support/context'
import { endpointRow, faults, forgetWebhooks, received, webhook } from '~test/support/webhooks'
import * as world from '~test/support/world'

let client: Awaited<ReturnType<typeof apiClient>>
beforeAll(async () => {
  client = await apiClient()
})
beforeEach(forgetWebhooks)

const body = {
  url: 'https://ledger.hook.test/in?key=abc',
  description: 'Ledger',
  events: 'chosen',
  event_types: ['digest.collected'],
}
const secretForm = /^whsec_[A-Za-z0-9+/]{43}=$/
const newKey = () => ({ 'idempotency-key': crypto.randomUUID() })

const told = (subjectId: string, type: (typeof events.$inferSelect)['type']) =>
  db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, subjectId), eq(events.type, type)))

async function unsealed(id: `whk_${string}`) {
  const row = await endpointRow(id)
  return contextFor(system).vault.open(row?.secretCipher ?? '', id)
}

test('a webhook is created with a secret that signs, read without it, edited field by field and deleted', async () => {
  const created = await client.call('POST', '/webhooks', body)
  expect(created.status).toBe(201)
  const { id, secret, ...webhookNow } = created.body
  expect(created.headers.get('location')).toBe(`/api/v1/webhooks/${id}`)
  expect(secret).toMatch(secretForm)
  expect(await unsealed(id)).toBe(secret)
  expect(webhookNow).toMatchObject({ ...body, state: 'active', paused_reason: null, failures: 0 })
  expect(await told(id, 'webhook.created')).toMatchObject([
    { actorId: client.admin.userId, data: { name: 'Ledger', apiTokenId: client.tokenId } },
  ])
  const read = await client.call('GET', `/webhooks/${id}`)
  expect(read.body).toEqual({ id, ...webhookNow })

  const moved = await client.call('PATCH', `/webhooks/${id}`, { url: 'https://other.hook.test/in' })
  expect(moved.body).toEqual({ ...read.body, url: 'https://other.hook.test/in' })
  const all = await client.call('PATCH', `/webhooks/${id}`, { events: 'all', description: '' })
  expect(all.body).toMatchObject({ events: 'all', event_types: [], description: '' })
  const chosen = await client.call('PATCH', `/webhooks/${id}`, { event_types: ['user.added'] })
  expect(chosen.body).toMatchObject({ events: 'chosen', event_types: ['user.added'] })
  expect(await told(id, 'webhook.changed')).toHaveLength(3)
  expect((await client.call('PATCH', `/webhooks/${id}`, {})).body).toEqual(chosen.body)
  expect(await told(id, 'webhook.changed')).toHaveLength(3)
  expect(await unsealed(id)).toBe(secret)

  expect((await client.call('DELETE', `/webhooks/${id}`)).status).toBe(204)
  expect((await client.call('GET', `/webhooks/${id}`)).status).toBe(404)
})

test('what the page refuses of a webhook is refused with its place, and makes none', async () => {
  const refused = async (changes: object, pointer: string) => {
    const answer = await client.call('POST', '/webhooks', { ...body, ...changes })
    expect([answer.status, answer.body.errors?.[0]?.pointer], JSON.stringify(changes)).toEqual([422, pointer])
  }
  await refused({ url: 'http://ledger.example/in' }, '/url')
  await refused({ url: 'https://10.0.0.1/in' }, '/url')
  await refused({ event_types: [] }, '/event_types')
  await refused({ event_types: ['no.such'] }, '/event_types/0')
  // Not dropped in silence.
  await refused({ events: 'all' }, '/event_types')
  await refused({ secret: 'whsec_mine' }, '/secret')
  expect((await client.call('GET', '/webhooks')).body.data).toEqual([])
  const { id } = await webhook({ allEvents: false, eventTypes: ['user.added'] })
  for (const changes of [{ event_types: [] }, { events: 'all', event_types: ['user.added'] }])
    expect((await client.call('PATCH', `/webhooks/${id}`, changes)).body.errors[0].pointer).toBe(
      '/event_types',
    )
  expect((await client.call('GET', `/webhooks/${id}`)).body.event_types).toEqual(['user.added'])
})

test('there are fifty webhooks at most', async () => {
  for (let number = 0; number < 50; number += 1) await webhook()
  const over = await client.call('POST', '/webhooks', body)
  expect([over.status, over.body.code]).toEqual([409, 'conflict'])
})

test('the list shows the portal’s webhooks alone, newest first, each once by its cursors', async () => {
  const { organizationId } = await world.superAdmin()
  const foreign = await webhook({ organizationId })
  const made: string[] = []
  for (let number = 0; number < 5; number += 1) made.unshift((await webhook({ createdAt: 1000 + number })).id)
  const seen: string[] = []
  let cursor = ''
  for (let page = 0; page < 3; page += 1) {
    const answer = await client.call('GET', `/webhooks?limit=2${cursor}`)
    seen.push(...answer.body.data.map((one: { id: string }) => one.id))
    expect(answer.text).not.toMatch(/secret"|cipher|whsec_/)
    cursor = `&cursor=${answer.body.next_cursor}`
  }
  expect([seen, cursor]).toEqual([made, '&cursor=null'])
  for (const [method, action] of [
    ['GET', ''],
    ['PATCH', ''],
    ['DELETE', ''],
    ['POST', '/pause'],
    ['POST', '/rotate-secret'],
    ['POST', '/test'],
  ] as const)
    expect((await client.call(method, `/webhooks/${foreign.id}${action}`)).status, action).toBe(404)
  expect((await endpointRow(foreign.id))?.state).toBe('active')
})

test('a webhook is paused and resumed, each once', async () => {
  const { id } = await webhook({ failures: 3 })
  const act = (action: string) => client.call('POST', `/webhooks/${id}/${action}`)
  expect((await act('resume')).body.code).toBe('conflict')
  expect((await act('pause')).body).toMatchObject({ state: 'paused', paused_reason: 'by_hand' })
  expect((await act('pause')).body.code).toBe('conflict')
  expect((await act('resume')).body).toMatchObject({
    state: 'active',
    paused_reason: null,
    paused_at: null,
    failures: 0,
  })
})

test('a rotation answers the new secret, and the one before signs as well for a day', async () => {
  const { id, secret } = await webhook()
  const rotated = await client.call('POST', `/webhooks/${id}/rotate-secret`)
  expect(rotated.body.secret).toMatch(secretForm)
  expect(rotated.body.secret).not.toBe(secret)
  expect(await unsealed(id)).toBe(rotated.body.secret)
  const until = Date.parse(rotated.body.previous_secret_until)
  expect(until).toBeGreaterThan(Date.now() + 86_000_000)
  expect(until).toBeLessThanOrEqual(Date.now() + 86_400_000)
  expect((await client.call('GET', `/webhooks/${id}`)).body).not.toHaveProperty('secret')
})

test('a secret is in the first answer only: sent again with its key, the request gets null for it, and nothing keeps it in the clear', async () => {
  const { id } = await webhook()
  for (const [path, sent] of [
    ['/webhooks', body],
    [`/webhooks/${id}/rotate-secret`, {}],
  ] as const) {
    const key = newKey()
    const first = await client.call('POST', path, sent, key)
    expect(first.body.secret, path).toMatch(secretForm)
    const again = await client.call('POST', path, sent, key)
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([first.status, 'true'])
    expect(again.body).toEqual({ ...first.body, secret: null })
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    const [kept] = await db
      .select()
      .from(idempotencyKeys)
      .where(eq(idempotencyKeys.key, key['idempotency-key']))
    expect(kept?.response).toContain(first.body.id)
    expect(await databaseText([])).not.toContain(first.body.secret)
    expect(await unsealed(first.body.id)).toBe(first.body.secret)
  }
})

test('a refusal is kept as it was, without a secret in it', async () => {
  const { id } = await webhook({ state: 'paused', pausedReason: 'by_hand' })
  for (let number = 0; number < 49; number += 1) await webhook()
  const key = newKey()
  const refused = await client.call('POST', '/webhooks', body, key)
  expect((await client.call('DELETE', `/webhooks/${id}`)).status).toBe(204)
  const again = await client.call('POST', '/webhooks', body, key)
  expect([again.status, again.text]).toEqual([409, refused.text])
})

test('a test event is signed and sent, says whether it arrived, and is bounded', async () => {
  const { id, host } = await webhook()
  const key = newKey()
  const sent = await client.call('POST', `/webhooks/${id}/test`, {}, key)
  expect(sent.body).toEqual({ delivery_id: expect.stringMatching(/^dlv_/), sent: true })
  expect((await client.call('GET', `/deliveries/${sent.body.delivery_id}`)).body).toMatchObject({
    channel: 'webhook',
    event_type: 'webhook.tested',
    state: 'sent',
  })
  expect((await client.call('POST', `/webhooks/${id}/test`, {}, key)).body).toEqual(sent.body)
  expect(await received(host)).toHaveLength(1)
  await faults(host, { status: 500 })
  expect((await client.call('POST', `/webhooks/${id}/test`)).body.sent).toBe(false)
  for (let tests = 2; tests < 10; tests += 1) await client.call('POST', `/webhooks/${id}/test`)
  const over = await client.call('POST', `/webhooks/${id}/test`)
  expect([over.status, over.body.code]).toEqual([429, 'too_many_attempts'])
  expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0)
})
