// The lock of the admin API, operation by operation: only a token opens it, with the very scope, and what it does not open
// changes nothing. The table of operations is walked, so a new operation is in these tests without a word.
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { apiScopes, newApiToken } from '~/domain/accounts/api-token'
import { paths } from '~/platform/paths'
import { apiOperations } from '~/routes/api/operations'
import { apiTokens, attemptCounters, users } from '~db/schema'
import { apiClient, apiToken, callApi } from '~test/support/api'
import { databaseText, newAddress } from '~test/support/attacks'
import { drainEvents } from '~test/support/canary'
import { db } from '~test/support/context'
import { Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'
import { aboutNothing, calls, idInPath, type Made } from './calls'

let client: Awaited<ReturnType<typeof apiClient>>
let schemas: Record<string, z.core.JSONSchema.JSONSchema>
beforeAll(async () => {
  client = await apiClient()
  const document = (await callApi('GET', '/openapi.json')).text
  schemas = JSON.parse(document.replaceAll('#/components/schemas/', '#/$defs/')).components.schemas
})

/** Against the served document's own schema of that name, fields that it does not know included. */
function expectToBe(name: string, body: unknown) {
  const found = z.fromJSONSchema({ ...schemas[name], $defs: schemas }).safeParse(body)
  expect(found.success ? [] : found.error.issues, `${name} ${JSON.stringify(body)}`).toEqual([])
}

const rows = apiOperations.map((operation) => [operation.id, operation] as const)

async function made(id: string): Promise<Made> {
  const call = calls[id]
  if (!call) throw new Error(`no call for ${id}`)
  return call()
}

async function madeAll() {
  const all = []
  for (const { id, method, scope, path } of apiOperations)
    all.push({ id, method, scope, named: path.includes('{'), ...(await made(id)) })
  return all
}

/** Times of use move with every good token. */
async function unchanged(act: () => Promise<void>) {
  // What was told before is on its way by itself.
  await drainEvents()
  const without = ['attempt_counters', 'api_tokens']
  const before = await databaseText(without)
  await act()
  expect(await databaseText(without)).toBe(before)
}

test('every operation has a call in the tests, and every call an operation', () => {
  expect(Object.keys(calls).sort()).toEqual(apiOperations.map(({ id }) => id).sort())
})

test.each(rows)(
  '%s: answers to a token with its scope alone, as its document says',
  async (id, operation) => {
    const { path, body } = await made(id)
    const { token } = await apiToken(client.admin, [operation.scope])
    const answer = await callApi(operation.method, path, { token, body })
    expect([answer.status, answer.text]).toEqual([operation.status, expect.any(String)])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    if (operation.answer) expectToBe(operation.answer.name, answer.body)
    else expect(answer.text).toBe('')
  },
)

test('no token, a bad one, one of every other scope, or the cookie of an admin or a developer: refused by each operation, and nothing changes', async () => {
  const all = await madeAll()
  const others = new Map<string, string>()
  for (const scope of apiScopes) {
    const rest = apiScopes.filter((other) => other !== scope)
    others.set(scope, (await apiToken(client.admin, rest)).token)
  }
  const cookieOf = async (user: { userId: `usr_${string}` }) =>
    [...(await signedIn(user)).cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const cookie = await cookieOf(client.admin)
  const developer = { cookie: await cookieOf(await world.superAdmin()) }
  await unchanged(async () => {
    for (const { id, method, scope, path, body } of all) {
      const none = await callApi(method, path, { body })
      expect([none.status, none.body.code], id).toEqual([401, 'missing_token'])
      expect(none.headers.get('www-authenticate')).toBe('Bearer realm="Portico"')
      expectToBe('Problem', none.body)
      const headers = { 'cf-connecting-ip': newAddress() }
      for (const token of ['nonsense', newApiToken()]) {
        const bad = await callApi(method, path, { token, body, headers })
        expect([bad.status, bad.body.code], id).toEqual([401, 'invalid_token'])
        expect(bad.headers.get('www-authenticate')).toContain('error="invalid_token"')
      }
      // A write scope is missing where only reading is allowed, and the other way round.
      const other = await callApi(method, path, { token: others.get(scope) ?? '', body })
      expect([other.status, other.body.code], id).toEqual([403, 'insufficient_scope'])
      expect(other.headers.get('www-authenticate')).toContain(`error="insufficient_scope", scope="${scope}"`)
      // The cookie is not even read, from wherever the request comes.
      const here = { cookie, origin: 'https://portal.test', 'sec-fetch-site': 'same-origin' }
      for (const sent of [here, { cookie }, developer]) {
        const answer = await callApi(method, path, { body, headers: sent })
        expect([answer.status, answer.body.code], id).toEqual([401, 'missing_token'])
        expect(answer.headers.get('set-cookie')).toBeNull()
      }
    }
  })
})

test('ids that nothing has, or that are none, are not found, and nothing changes', async () => {
  const all = (await madeAll()).filter(({ named }) => named)
  await unchanged(async () => {
    for (const { id, method, path, body } of all) {
      for (const at of [
        aboutNothing(path),
        path.replaceAll(idInPath, "%27'"),
        path.replaceAll(idInPath, 'pln_01UNKNOWN'),
      ]) {
        const answer = await callApi(method, at, { token: client.token, body })
        expect([answer.status, answer.body.code], `${id} ${at}`).toEqual([404, 'not_found'])
      }
    }
  })
})

test('the document is open to everybody, and is the one that the table makes', async () => {
  const answer = await callApi('GET', '/openapi.json')
  expect([answer.status, answer.body.openapi]).toEqual([200, '3.1.0'])
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(answer.body.servers).toEqual([{ url: 'https://portal.test/api/v1' }])
  expect((await callApi('POST', '/openapi.json')).headers.get('allow')).toBe('GET, HEAD')
})

test('the session of a developer opens nothing', async () => {
  const portal = await signedIn(await world.superAdmin())
  for (const path of ['/organizations', '/users']) {
    const answer = await portal.request(`${paths.api.root}${path}`)
    expect(answer.status).toBe(401)
    await answer.body?.cancel()
  }
})

test('a token stops with the next request: revoked, expired, its admin deactivated, demoted or deleted', async () => {
  const ends: Record<
    string,
    (token: { tokenId: `tok_${string}` }, userId: `usr_${string}`) => Promise<unknown>
  > = {
    revoked: ({ tokenId }) =>
      db.update(apiTokens).set({ revokedAt: Date.now() }).where(eq(apiTokens.id, tokenId)),
    expired: ({ tokenId }) =>
      db.update(apiTokens).set({ expiresAt: Date.now() }).where(eq(apiTokens.id, tokenId)),
    deactivated: (_, userId) => db.update(users).set({ state: 'deactivated' }).where(eq(users.id, userId)),
    demoted: (_, userId) =>
      db
        .update(users)
        .set({ role: 'developer', organizationId: 'org_default', orgRole: 'team_member' })
        .where(eq(users.id, userId)),
    deleted: (_, userId) => db.delete(users).where(eq(users.id, userId)),
  }
  for (const [how, end] of Object.entries(ends)) {
    const admin = await world.admin()
    const token = await apiToken(admin)
    const get = () => callApi('GET', '/organizations', { token: token.token })
    expect((await get()).status, how).toBe(200)
    await end(token, admin.userId)
    const after = await get()
    expect([after.status, after.body.code], how).toEqual([401, 'invalid_token'])
  }
})

test('an admin who is deactivated over the API is stopped at once, and works again when activated', async () => {
  const other = await apiClient()
  expect((await client.call('POST', `/users/${other.admin.userId}/deactivate`)).status).toBe(200)
  expect((await other.call('GET', '/users')).status).toBe(401)
  expect((await client.call('POST', `/users/${other.admin.userId}/activate`)).status).toBe(200)
  expect((await other.call('GET', '/users')).status).toBe(200)
})

test('a mistyped token is refused without a trip to the database, and a good one costs one beside its work', async () => {
  const { token } = client
  const trips = (answer: Awaited<ReturnType<typeof callApi>>) =>
    Number(/desc="(\d+) trips"/.exec(answer.headers.get('server-timing') ?? '')?.[1])
  const typo = `${token.slice(0, 20)}${token[20] === 'a' ? 'b' : 'a'}${token.slice(21)}`
  const bad = await callApi('GET', '/organizations', { token: typo })
  expect([bad.status, trips(bad)]).toEqual([401, 0])
  const good = await callApi('GET', '/organizations', { token })
  expect([good.status, trips(good)]).toEqual([200, 2])
})

test('the last use is written at most once a minute', async () => {
  const { token, tokenId } = await apiToken(client.admin)
  const lastUse = async () =>
    (await db.select({ at: apiTokens.lastUsedAt }).from(apiTokens).where(eq(apiTokens.id, tokenId)))[0]?.at
  expect(await lastUse()).toBeNull()
  await callApi('GET', '/users', { token })
  const first = await lastUse()
  expect(first).toBeGreaterThan(Date.now() - 10_000)
  await callApi('GET', '/users', { token })
  expect(await lastUse()).toBe(first)
  await db
    .update(apiTokens)
    .set({ lastUsedAt: Date.now() - 61_000 })
    .where(eq(apiTokens.id, tokenId))
  await callApi('GET', '/users', { token })
  expect(await lastUse()).toBeGreaterThanOrEqual(first ?? 0)
})

test('a token makes six hundred requests a minute, and is then told to wait', async () => {
  const { token } = await apiToken(client.admin)
  const known = new Set((await db.select().from(attemptCounters)).map(({ key }) => key))
  expect((await callApi('GET', '/users', { token })).status).toBe(200)
  const [own] = (await db.select().from(attemptCounters)).filter(({ key }) => !known.has(key))
  await db
    .update(attemptCounters)
    .set({ attempts: 600 })
    .where(eq(attemptCounters.key, own?.key ?? ''))
  const over = await callApi('GET', '/users', { token })
  expect([over.status, over.body.code]).toEqual([429, 'rate_limited'])
  expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await client.call('GET', '/users')).status).toBe(200)
})

test('an address that tries unknown tokens is slowed down; good tokens from there, and guesses that are malformed, are not counted', async () => {
  const headers = { 'cf-connecting-ip': '198.51.100.77' }
  const guess = (token: string) => callApi('GET', '/users', { token, headers })
  await guess('nonsense')
  const statuses = new Set<number>()
  for (let tries = 0; tries < 50; tries += 1) statuses.add((await guess(newApiToken())).status)
  expect([...statuses]).toEqual([401])
  const refused = await guess(newApiToken())
  expect([refused.status, refused.body.code]).toEqual([429, 'too_many_attempts'])
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await guess(client.token)).status).toBe(200)
})

test('addresses without an operation are not found, and other methods are told which ones there are', async () => {
  for (const path of [
    '',
    '/',
    '/nothing',
    '/organizations/',
    '/Organizations',
    '/organizations/org_default/nothing',
    '/api-tokens',
    '/organizations.data',
  ]) {
    const answer = await client.call('GET', path)
    expect([answer.status, answer.body.code], path).toEqual([404, 'not_found'])
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  }
  expect((await new Portal().request('/api')).status).toBe(404)
  const put = await client.call('PUT', '/organizations/org_default')
  expect([put.status, put.body.code, put.headers.get('allow')]).toEqual([
    405,
    'method_not_allowed',
    'GET, HEAD, PATCH, DELETE',
  ])
  expect((await client.call('OPTIONS', '/users')).headers.get('allow')).toBe('GET, HEAD, POST')
  const head = await client.call('HEAD', '/users')
  expect([head.status, head.text]).toEqual([200, ''])
})

test('a client without an Origin is answered, and so is one that another site would be: there is nothing to borrow', async () => {
  const { path, body } = await made('createTeam')
  const answer = await callApi('POST', path, {
    token: client.token,
    body,
    headers: { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' },
  })
  expect(answer.status).toBe(201)
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
})
