// The token endpoint and the two documents beside it, as HTTP: RFC 6749 §5, RFC 8414, RFC 7517, and the portal's own rules
// for everything that it answers.

import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { attemptLimits } from '~/domain/accounts/attempts.server'
import { newClientId, newClientSecret } from '~/domain/apps/credential-key'
import { paths } from '~/platform/paths'
import { credentials } from '~db/schema'
import { db } from '~test/support/context'
import { type Client, changeCredential, client, credential, tokenRequest } from '~test/support/credentials'
import { askWorker, origin } from '~test/support/portal'
import { takeLoggedErrors } from '~test/support/setup'

const endpoint = origin + paths.oauth.token

function ask(of: Client, fields: Record<string, string> = {}, headers: Record<string, string> = {}) {
  const request = tokenRequest(of, fields)
  return askWorker(endpoint, { ...request, headers: { ...(request.headers as object), ...headers } })
}

async function errorOf(response: Response): Promise<string> {
  expect(response.headers.get('content-type')).toContain('application/json')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('pragma')).toBe('no-cache')
  const body = (await response.json()) as { error: string; error_description: string }
  expect(Object.keys(body).sort()).toEqual(['error', 'error_description'])
  // RFC 6749 §5.2: printable ASCII without quotation marks and backslashes.
  expect(body.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]{10,}$/)
  return `${response.status} ${body.error}`
}

test('the same answer, with a challenge, is given for a wrong ID, a wrong secret and what is neither', async () => {
  const it = await client()
  const other = await client()
  const apiKey = await credential()
  const answers = await Promise.all([
    ask({ clientId: newClientId(), secret: it.secret }),
    ask({ clientId: it.clientId, secret: newClientSecret() }),
    ask({ clientId: it.clientId, secret: other.secret }),
    ask({ clientId: it.clientId, secret: 'wrong' }),
    ask({ clientId: it.clientId, secret: apiKey.key }),
  ])
  const told = await Promise.all(
    answers.map(async (answer) => {
      expect(answer.headers.get('www-authenticate')).toBe('Basic realm="Portico", charset="UTF-8"')
      return `${answer.status} ${await answer.text()}`
    }),
  )
  expect(new Set(told)).toEqual(new Set([told[0]]))
  expect(told[0]).toContain('401 {"error":"invalid_client"')
})

test.each([
  ['revoked', { state: 'revoked' }, '401 invalid_client'],
  ['expired', { expiresAt: 1 }, '401 invalid_client'],
  ['replaced, after its overlap', { state: 'retiring', retiresAt: 1 }, '401 invalid_client'],
] as const)('a client whose secret is %s gets no token', async (_what, row, expected) => {
  expect(await errorOf(await ask(await client({ row })))).toBe(expected)
})

test('a scope that the client has no access to is refused in one way, whether it exists or not', async () => {
  const it = await client()
  const other = await client()
  const texts = await Promise.all(
    [other.base.split('/')[2] ?? '', 'nothing-of-the-kind'].map(async (scope) => {
      const response = await ask(it, { scope })
      return `${response.status} ${await response.text()}`
    }),
  )
  expect(texts[0]).toBe(texts[1])
  expect(texts[0]).toContain('invalid_scope')
})

test('what is no request for a token is refused as RFC 6749 says', async () => {
  const it = await client()
  const form = tokenRequest(it)
  const send = (changes: RequestInit, query = '') => askWorker(endpoint + query, { ...form, ...changes })
  expect(await errorOf(await send({ body: 'grant_type=password' }))).toBe('400 unsupported_grant_type')
  expect(await errorOf(await send({ body: 'x'.repeat(9000) }))).toBe('400 invalid_request')
  expect(await errorOf(await send({ body: '' }))).toBe('400 invalid_request')
  expect(await errorOf(await send({}, `?client_secret=${it.secret}`))).toBe('400 invalid_request')
  for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
    const response = await askWorker(endpoint, { method })
    expect(response.headers.get('allow')).toBe('POST')
    expect(await errorOf(response)).toBe('405 invalid_request')
  }
})

test('a token is never issued for longer than its secret will work', async () => {
  const it = await client({ row: { expiresAt: Date.now() + 90_000 } })
  const answer = (await (await ask(it)).json()) as { expires_in: number }
  expect(answer.expires_in).toBeGreaterThan(60)
  expect(answer.expires_in).toBeLessThanOrEqual(90)
})

test('another site can neither read an answer nor is it let in by a cookie or an origin', async () => {
  const it = await client()
  const response = await ask(it, {}, { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' })
  expect(response.status).toBe(200)
  expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
  expect(response.headers.getSetCookie()).toEqual([])
})

test('guesses at a client stop their address and not the client', async () => {
  const it = await client()
  const guess = (ip: string) =>
    ask({ clientId: it.clientId, secret: newClientSecret() }, {}, { 'cf-connecting-ip': ip })
  for (let n = 0; n < attemptLimits.oauthHere.limit; n += 1)
    expect((await guess('198.51.100.7')).status).toBe(401)
  const stopped = await guess('198.51.100.7')
  expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await errorOf(stopped)).toBe('429 temporarily_unavailable')
  expect((await guess('198.51.100.8')).status).toBe(401)
  expect((await ask(it, {}, { 'cf-connecting-ip': '198.51.100.7' })).status).toBe(200)
})

test('when the database does not answer, no token is issued', async () => {
  const it = await client()
  vi.spyOn(env.DB, 'prepare').mockImplementation(() => {
    throw new Error('down')
  })
  expect(await errorOf(await ask(it))).toBe('503 temporarily_unavailable')
  vi.restoreAllMocks()
  expect(takeLoggedErrors()).toHaveLength(1)
})

test('the metadata names the configured origin, whatever the request says its host is', async () => {
  for (const from of [origin, 'https://evil.test']) {
    const response = await askWorker(from + paths.oauth.metadata, {
      headers: { 'x-forwarded-host': 'evil.test' },
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('application/json')
    expect(response.headers.get('cache-control')).toBe('public, max-age=3600')
    expect(await response.json()).toEqual({
      issuer: origin,
      token_endpoint: `${origin}/oauth/token`,
      jwks_uri: `${origin}/.well-known/jwks.json`,
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    })
  }
})

test('the published keys are public halves and nothing else', async () => {
  await ask(await client())
  const response = await askWorker(origin + paths.oauth.keys)
  expect(response.headers.get('cache-control')).toBe('public, max-age=3600')
  const { keys } = (await response.json()) as { keys: Record<string, string>[] }
  expect(keys.length).toBeGreaterThan(0)
  for (const key of keys) {
    expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
    expect(key).toMatchObject({ alg: 'ES256', use: 'sig', kty: 'EC', crv: 'P-256' })
  }
  const head = await askWorker(origin + paths.oauth.keys, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
  expect((await askWorker(origin + paths.oauth.metadata, { method: 'POST' })).status).toBe(405)
})

test('every answer has the headers of the portal, and none acts as a page', async () => {
  const it = await client()
  for (const response of [
    await ask(it),
    await ask({ ...it, secret: 'x' }),
    await askWorker(origin + paths.oauth.keys),
    await askWorker(origin + paths.oauth.metadata),
  ]) {
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('strict-transport-security')).toContain('max-age=31536000')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('x-request-id')).toBeTruthy()
  }
})

test('a secret that was rotated works through its overlap beside the new one, under the same client ID', async () => {
  const it = await client()
  await changeCredential(it.credentialId, { state: 'retiring', retiresAt: Date.now() + 60_000 })
  const secret = newClientSecret()
  const [old] = await db.select().from(credentials).where(eq(credentials.id, it.credentialId))
  if (!old) throw new Error('no credential')
  const { sha256Hex } = await import('~/platform/encoding')
  await db.insert(credentials).values({
    ...old,
    id: 'crd_new',
    state: 'active',
    retiresAt: null,
    secretHash: await sha256Hex(secret),
  })
  expect((await ask(it)).status).toBe(200)
  expect((await ask({ clientId: it.clientId, secret })).status).toBe(200)
})
