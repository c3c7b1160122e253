// `Idempotency-Key`: a POST that is sent again changes nothing more, however often and however close together.
import { env } from 'cloudflare:workers'
import { eq, inArray } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { deleteExpiredSessions } from '~/domain/accounts/delete-expired-sessions.server'
import { systemContext } from '~/platform/system-context'
import { events, idempotencyKeys, organizations, users } from '~db/schema'
import { apiClient, apiToken, callApi } from '~test/support/api'
import { db } from '~test/support/context'
import * as world from '~test/support/world'

let client: Awaited<ReturnType<typeof apiClient>>
beforeAll(async () => {
  client = await apiClient()
})

const newKey = () => ({ 'idempotency-key': crypto.randomUUID() })
const newName = () => `Once ${crypto.randomUUID()}`

test('the same request under the same key gets the first answer again, and nothing more is made', async () => {
  const [key, name] = [newKey(), newName()]
  const first = await client.call('POST', '/organizations', { name }, key)
  expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([201, null])
  const again = await client.call('POST', '/organizations', { name }, key)
  expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
  expect(again.text).toBe(first.text)
  expect(again.headers.get('location')).toBe(first.headers.get('location'))
  expect(await db.select().from(events).where(eq(events.subjectId, first.body.id))).toHaveLength(1)
})

test('a refusal is remembered too, as the problem that it was', async () => {
  const [key, name] = [newKey(), newName()]
  const { body } = await client.call('POST', '/organizations', { name })
  const first = await client.call('POST', '/organizations', { name }, key)
  expect(first.status).toBe(409)
  // Sent for the first time now, it would succeed.
  expect((await client.call('PATCH', `/organizations/${body.id}`, { name: newName() })).status).toBe(200)
  const again = await client.call('POST', '/organizations', { name }, key)
  expect([again.status, again.text]).toEqual([409, first.text])
  expect(again.headers.get('content-type')).toBe('application/problem+json')
})

test('another body or another address under the same key is refused', async () => {
  const [key, name] = [newKey(), newName()]
  const { body } = await client.call('POST', '/organizations', { name }, key)
  const other = await client.call('POST', '/organizations', { name: newName() }, key)
  expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused'])
  const elsewhere = await client.call('POST', `/organizations/${body.id}/teams`, { name }, key)
  expect([elsewhere.status, elsewhere.body.code]).toEqual([422, 'idempotency_key_reused'])
  // Keys are the token's own.
  const { token } = await apiToken(client.admin)
  const stranger = await callApi('POST', '/organizations', { token, body: { name: newName() }, headers: key })
  expect(stranger.status).toBe(201)
})

test('of forty at once under one key, one makes a user: the others get its answer or are told to wait', async () => {
  const key = newKey()
  const place = await world.organization()
  const email = `${crypto.randomUUID()}@people.example`
  const body = { email, first_name: 'A', last_name: 'B', organization_id: place.id, org_role: 'team_member' }
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => client.call('POST', '/users', body, key)),
  )
  const made = answers.filter((answer) => answer.status === 201)
  const waiting = answers.filter((answer) => answer.status === 409)
  expect(made.length + waiting.length).toBe(40)
  expect(made.filter((answer) => !answer.headers.has('idempotency-replayed'))).toHaveLength(1)
  expect(new Set(made.map((answer) => answer.text)).size).toBe(1)
  for (const answer of waiting) {
    expect(answer.body.code).toBe('idempotency_key_in_use')
    expect(answer.headers.get('retry-after')).toBe('1')
  }
  expect(await db.select().from(users).where(eq(users.email, email))).toHaveLength(1)
  const after = await client.call('POST', '/users', body, key)
  expect([after.status, after.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
})

test('a key works for a day; then it is new, and the cron clears it away', async () => {
  const [key, name] = [newKey(), newName()]
  const own = eq(idempotencyKeys.key, key['idempotency-key'])
  await client.call('POST', '/organizations', { name }, key)
  await db
    .update(idempotencyKeys)
    .set({ createdAt: Date.now() - 86_400_001 })
    .where(own)
  const later = await client.call('POST', '/organizations', { name: newName() }, key)
  expect([later.status, later.headers.get('idempotency-replayed')]).toEqual([201, null])
  await db
    .update(idempotencyKeys)
    .set({ createdAt: Date.now() - 86_400_001 })
    .where(own)
  await deleteExpiredSessions(systemContext(env))
  expect(await db.select().from(idempotencyKeys).where(own)).toEqual([])
})

test('a request that died before it changed anything runs again after five minutes, once; one that changed something never does', async () => {
  const [died, changed, name, other] = [newKey(), newKey(), newName(), { name: newName() }]
  const own = (key: typeof died) => eq(idempotencyKeys.key, key['idempotency-key'])
  // As a worker leaves a key when it ends before its command has changed anything, and when it ends after.
  const taken = (await client.call('POST', '/organizations', { name })).body.id
  expect((await client.call('POST', '/organizations', { name }, died)).status).toBe(409)
  await client.call('PATCH', `/organizations/${taken}`, { name: newName() })
  expect((await client.call('POST', '/organizations', other, changed)).status).toBe(201)
  const [claim] = await db.select().from(idempotencyKeys).where(own(changed))
  for (const key of [died, changed])
    await db.update(idempotencyKeys).set({ status: null, response: null }).where(own(key))

  const again = () => client.call('POST', '/organizations', { name }, died)
  expect((await again()).body.code).toBe('idempotency_key_in_use')
  const past = Date.now() - 5 * 60_000 - 1
  await db.update(idempotencyKeys).set({ createdAt: past }).where(own(died))
  // The same moment for the claim and its event, as it was.
  const before = past - 1
  await db.update(idempotencyKeys).set({ createdAt: before }).where(own(changed))
  await db
    .update(events)
    .set({ createdAt: before })
    .where(eq(events.createdAt, claim?.createdAt ?? 0))
  const reused = await client.call('POST', '/organizations', other, died)
  expect([reused.status, reused.body.code]).toEqual([422, 'idempotency_key_reused'])
  const kept = await client.call('POST', '/organizations', other, changed)
  expect([kept.status, kept.body.code]).toEqual([409, 'idempotency_key_in_use'])
  expect(kept.body.detail).toContain('changed something')

  const answers = await Promise.all(Array.from({ length: 40 }, again))
  expect(
    answers.filter(({ status, headers }) => status === 201 && !headers.has('idempotency-replayed')),
  ).toHaveLength(1)
  expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true)
  expect(await db.select().from(organizations).where(eq(organizations.name, name))).toHaveLength(1)
})

test('a key that is no key is refused, and input that is refused uses none up', async () => {
  for (const bad of ['', 'two words', 'x'.repeat(256)]) {
    const refused = await client.call(
      'POST',
      '/organizations',
      { name: newName() },
      { 'idempotency-key': bad },
    )
    expect([refused.status, refused.body.code], bad).toEqual([400, 'invalid_body'])
  }
  const key = newKey()
  expect((await client.call('POST', '/organizations', { name: '' }, key)).status).toBe(422)
  expect((await client.call('POST', '/organizations', { name: newName() }, key)).status).toBe(201)
})

test('neither a token nor a password is in what is kept of a request, and its hash cannot be made without the token', async () => {
  const key = newKey()
  const place = await world.organization()
  const body = {
    email: `${crypto.randomUUID()}@people.example`,
    first_name: 'A',
    last_name: 'B',
    organization_id: place.id,
    org_role: 'team_member',
    password: 'kites over Oslo 7',
  }
  expect((await client.call('POST', '/users', body, key)).status).toBe(201)
  const { token } = await apiToken(client.admin)
  await callApi('POST', '/users', { token, body, headers: key })
  const rows = await db
    .select()
    .from(idempotencyKeys)
    .where(inArray(idempotencyKeys.key, [key['idempotency-key']]))
  expect(rows).toHaveLength(2)
  expect(rows[0]?.requestHash).not.toBe(rows[1]?.requestHash)
  expect(JSON.stringify(rows)).not.toMatch(/kites|prt_admin_/)
})
