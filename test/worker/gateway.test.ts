// The gateway through the worker's own fetch: what passes, what is refused, and what crosses in either direction.
import { runInDurableObject, SELF } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { newApiKey } from '~/domain/apps/credential-key'
import { sha256Hex } from '~/platform/encoding'
import { handleGateway, isGatewayRequest } from '~/platform/gateway-proxy'
import { upstreamTimeoutMs } from '~/platform/gateway-upstream'
import { limiterOf } from '~/platform/limiter-of'
import { apis, organizations } from '~db/schema'
import { db } from '~test/support/context'
import { approvedRequest, changeApp, credential } from '~test/support/credentials'
import { takeLoggedErrors } from '~test/support/setup'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

const portal = 'https://portal.test'

function call(path: string, key: string | null, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  if (key) headers.set('authorization', `Bearer ${key}`)
  return SELF.fetch(portal + path, { ...init, headers, redirect: 'manual' })
}

type Echo = { method: string; path: string; query: string; headers: Record<string, string>; body: string }

async function refusal(response: Response): Promise<{ status: number; code: string }> {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const body = (await response.json()) as Record<string, unknown>
  expect(body).toMatchObject({
    type: expect.stringContaining('urn:'),
    title: expect.any(String),
    detail: expect.stringMatching(/.{20}/),
    status: response.status,
  })
  expect(body.requestId).toBe(response.headers.get('x-request-id'))
  return { status: response.status, code: String(body.code) }
}

function expectGuarded(response: Response): void {
  expect(response.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(response.headers.get('strict-transport-security')).toContain('max-age=31536000')
  expect(response.headers.getSetCookie()).toEqual([])
}

test('a call passes with method, path, query and body, and says whose it is', async () => {
  const it = await credential({ terms: { planName: 'Free' } })
  const response = await call(`${it.base}/things/7?a=1&a=%202`, it.key, {
    method: 'PUT',
    body: '{"x":1}',
    headers: { 'content-type': 'application/json' },
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('x-upstream')).toBe('yes')
  expectGuarded(response)
  const echo = (await response.json()) as Echo
  expect(echo).toMatchObject({ method: 'PUT', path: '/v1/things/7', query: '?a=1&a=%202', body: '{"x":1}' })
  expect(echo.headers).toMatchObject({
    'content-type': 'application/json',
    'x-portico-app': it.appId,
    'x-portico-organization': it.organizationId,
    'x-portico-plan': 'Free',
    'x-request-id': response.headers.get('x-request-id'),
  })
})

test('neither the key nor a cookie nor a forged identity reaches the upstream', async () => {
  const it = await credential()
  const forged = {
    cookie: '__Host-portico_session=secret',
    'x-portico-app': 'app_forged',
    'x-forwarded-for': '1.2.3.4',
    'x-spare': it.key,
    connection: 'x-hop',
    'x-hop': '1',
    'x-kept': '1',
  }
  const response = await call(`${it.base}/x`, null, { headers: { ...forged, 'x-api-key': it.key } })
  const text = await response.text()
  expect(response.status).toBe(200)
  expect(text).not.toContain(it.key)
  const { headers } = JSON.parse(text) as Echo
  for (const name of ['authorization', 'x-api-key', 'cookie', 'x-forwarded-for', 'x-spare', 'x-hop'])
    expect(headers, name).not.toHaveProperty(name)
  expect(headers['x-portico-app']).toBe(it.appId)
  expect(headers['x-kept']).toBe('1')
})

test('without a key, with a broken, an unknown, or two keys a call is told what to do, before any address is looked at', async () => {
  const it = await credential()
  for (const path of [`${it.base}/x`, '/gateway/no-such/api', '/gateway/']) {
    const missing = await call(path, null)
    expect(missing.headers.get('www-authenticate')).toBe('Bearer')
    expectGuarded(missing)
    expect(await refusal(missing)).toEqual({ status: 401, code: 'missing_credential' })
    expect(await refusal(await call(path, `${it.key}x`))).toEqual({ status: 401, code: 'invalid_credential' })
    expect(await refusal(await call(path, newApiKey()))).toEqual({ status: 401, code: 'invalid_credential' })
    expect(await refusal(await call(path, it.key, { headers: { 'x-api-key': newApiKey() } }))).toEqual({
      status: 401,
      code: 'invalid_credential',
    })
    expect(await refusal(await call(`${path}?key=${it.key}`, it.key))).toEqual({
      status: 401,
      code: 'invalid_credential',
    })
  }
})

test('a malformed key costs no trip to the database and none to the limiter', async () => {
  const unreachable = new Proxy(
    {},
    {
      get: () => {
        throw new Error('asked')
      },
    },
  )
  const cut = { ...env, DB: unreachable, LIMITER: unreachable } as unknown as Env
  const request = new Request(`${portal}/gateway/p/a/x`, {
    headers: { authorization: `Bearer ${newApiKey().slice(1)}` },
  })
  expect(await refusal(await handleGateway(request, cut, { waitUntil: () => {} }))).toEqual({
    status: 401,
    code: 'invalid_credential',
  })
})

test.each([
  ['revoked', { state: 'revoked' as const }, 'credential_revoked'],
  ['expired', { state: 'expired' as const }, 'credential_expired'],
  ['past its expiry', { expiresAt: Date.now() - 1 }, 'credential_expired'],
  [
    'rotated, its overlap over',
    { state: 'retiring' as const, retiresAt: Date.now() - 1 },
    'credential_revoked',
  ],
])('a key that is %s opens nothing', async (_name, row, code) => {
  const it = await credential({ row })
  expect(await refusal(await call(`${it.base}/x`, it.key))).toEqual({ status: 403, code })
})

test('a retiring key works until its overlap is over', async () => {
  const it = await credential({ row: { state: 'retiring', retiresAt: Date.now() + 60_000 } })
  expect((await call(`${it.base}/x`, it.key)).status).toBe(200)
})

test('a frozen app and a suspended organization stop their keys', async () => {
  const frozen = await credential()
  await changeApp(frozen.appId, { frozenAt: Date.now() })
  expect(await refusal(await call(`${frozen.base}/x`, frozen.key))).toEqual({
    status: 403,
    code: 'app_frozen',
  })
  const suspended = await credential()
  await db
    .update(organizations)
    .set({ state: 'suspended' })
    .where(eq(organizations.id, suspended.organizationId))
  expect(await refusal(await call(`${suspended.base}/x`, suspended.key))).toEqual({
    status: 403,
    code: 'organization_suspended',
  })
})

test('a product of others and one that does not exist are refused alike; an unknown API of an allowed product is 404', async () => {
  const [it, other] = [await credential(), await credential()]
  expect(await refusal(await call(`${other.base}/x`, it.key))).toEqual({
    status: 403,
    code: 'product_not_allowed',
  })
  expect(await refusal(await call('/gateway/no-such-product/main/x', it.key))).toEqual({
    status: 403,
    code: 'product_not_allowed',
  })
  expect(await refusal(await call(it.base.replace(/main$/, 'other'), it.key))).toEqual({
    status: 404,
    code: 'unknown_api',
  })
  expect(await refusal(await call(`${it.base}/%2e%2e%2fadmin`, it.key))).toEqual({
    status: 404,
    code: 'unknown_api',
  })
})

test.each(['pending', 'rejected', 'withdrawn', 'revoked'] as const)(
  'a request that is %s opens nothing',
  async (state) => {
    const it = await credential({ terms: { state } })
    expect(await refusal(await call(`${it.base}/x`, it.key))).toEqual({
      status: 403,
      code: 'product_not_allowed',
    })
  },
)

test('an API that takes no API keys refuses them, and one without an upstream takes no calls', async () => {
  const it = await credential()
  if (!it.apiId) throw new Error('no API')
  await db.update(apis).set({ upstreamUrl: null }).where(eq(apis.id, it.apiId))
  expect(await refusal(await call(`${it.base}/x`, it.key))).toEqual({ status: 404, code: 'unknown_api' })
  const other = await credential()
  if (!other.apiId) throw new Error('no API')
  await db.update(apis).set({ acceptsApiKey: false, acceptsOauth: true }).where(eq(apis.id, other.apiId))
  expect(await refusal(await call(`${other.base}/x`, other.key))).toEqual({
    status: 403,
    code: 'product_not_allowed',
  })
})

test('the checks come in their order: product before rate, rate before quota', async () => {
  const it = await credential({
    terms: { rateLimit: 1, ratePeriodSeconds: 60, quotaLimit: 1, quotaPeriod: 'day' },
  })
  expect((await call(`${it.base}/x`, it.key)).status).toBe(200)
  expect(await refusal(await call(it.base.replace(/main$/, 'other'), it.key))).toMatchObject({
    code: 'unknown_api',
  })
  expect(await refusal(await call(`${it.base}/x`, it.key))).toEqual({ status: 429, code: 'rate_limited' })
  const spent = await credential({
    terms: { rateLimit: 5, ratePeriodSeconds: 60, quotaLimit: 1, quotaPeriod: 'day' },
  })
  expect((await call(`${spent.base}/x`, spent.key)).status).toBe(200)
  expect(await refusal(await call(`${spent.base}/x`, spent.key))).toEqual({
    status: 429,
    code: 'quota_exceeded',
  })
})

test('a hostile answer cannot act as the portal', async () => {
  const it = await credential()
  const response = await call(`${it.base}/~hostile`, it.key)
  expect(response.status).toBe(200)
  expectGuarded(response)
  expect(response.headers.get('x-kept')).toBe('yes')
  for (const name of [
    'clear-site-data',
    'access-control-allow-origin',
    'x-portico-app',
    'refresh',
    'www-authenticate',
    'service-worker-allowed',
    'ratelimit',
  ]) {
    expect(response.headers.has(name), name).toBe(false)
  }
  await response.body?.cancel()
})

test('redirects are passed on, and those to the API lead back through the gateway', async () => {
  const it = await credential()
  const to = (address: string) => call(`${it.base}/~redirect?to=${encodeURIComponent(address)}`, it.key)
  const inside = await to('https://upstream.test/v1/next?x=1')
  expect(inside.status).toBe(302)
  expect(inside.headers.get('location')).toBe(`${it.base}/next?x=1`)
  expect(inside.headers.get('content-location')).toBe(`${it.base}/here`)
  expect((await to('/auth/logout')).headers.get('location')).toBe('https://upstream.test/auth/logout')
  expect((await to('https://other.test/x')).headers.get('location')).toBe('https://other.test/x')
  expect((await to('javascript:alert(1)')).headers.get('location')).toBeNull()
})

test('the status of the upstream is the client’s, also an error', async () => {
  const it = await credential()
  for (const status of [201, 204, 304, 400, 404, 418, 500, 503]) {
    expect((await call(`${it.base}/~status/${status}`, it.key)).status).toBe(status)
  }
})

test('HEAD has no body, and methods that are no calls are refused', async () => {
  const it = await credential()
  const head = await call(`${it.base}/x`, it.key, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
  const refused = await call(`${it.base}/x`, null, { method: 'HEAD' })
  expect([refused.status, await refused.text()]).toEqual([401, ''])
  const options = await call(`${it.base}/x`, it.key, { method: 'OPTIONS' })
  expect(((await options.json()) as Echo).method).toBe('OPTIONS')
})

test('an answer streams: its first piece is there before its last is sent', async () => {
  const it = await credential()
  const response = await call(`${it.base}/~stream/5`, it.key)
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const started = Date.now()
  const first = await reader?.read()
  const firstAfter = Date.now() - started
  let text = first?.value ?? ''
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) text += next.value
  expect(text).toBe('piece 1\npiece 2\npiece 3\npiece 4\npiece 5\n')
  expect(Date.now() - started - firstAfter).toBeGreaterThan(100)
})

test('large bodies pass in both directions', async () => {
  const it = await credential()
  const down = await call(`${it.base}/~huge/5000000`, it.key)
  expect((await down.arrayBuffer()).byteLength).toBe(5_000_000)
  const piece = new Uint8Array(50_000)
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent === 60) return controller.close()
      sent += 1
      controller.enqueue(piece)
    },
  })
  expect(await (await call(`${it.base}/~size`, it.key, { method: 'POST', body })).json()).toEqual({
    size: 3_000_000,
  })
})

test('an upstream that cannot be reached is 502, one that is too slow 504', async () => {
  const it = await credential({ terms: { rateLimit: 50, ratePeriodSeconds: 60 } })
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('connection refused to internal-host:443'))
  const request = () => new Request(`${portal}${it.base}/~hang`, { headers: { 'x-api-key': it.key } })
  const unreachable = await handleGateway(request(), env, { waitUntil: () => {} })
  expect(unreachable.headers.get('ratelimit')).toContain('r=49')
  expectGuarded(unreachable)
  const text = await unreachable.clone().text()
  expect(text).not.toContain('internal-host')
  expect(await refusal(unreachable)).toEqual({ status: 502, code: 'upstream_unreachable' })
  vi.restoreAllMocks()

  const realTimeout = globalThis.setTimeout
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms: number) =>
    realTimeout(run, ms === upstreamTimeoutMs ? 20 : ms)) as typeof setTimeout)
  expect(await refusal(await handleGateway(request(), env, { waitUntil: () => {} }))).toEqual({
    status: 504,
    code: 'upstream_timeout',
  })
})

test.each([
  [522, 504],
  [524, 504],
  [521, 502],
  [530, 502],
])('Cloudflare’s %i for an origin becomes a problem with %i', async (status, expected) => {
  const it = await credential()
  expect((await refusal(await call(`${it.base}/~status/${status}`, it.key))).status).toBe(expected)
})

test('when the database or the limiter fails, the call is refused, and no secret is logged', async () => {
  const broken = new Proxy(
    {},
    {
      get: () => {
        throw new Error(`canary ${newApiKey()}`)
      },
    },
  )
  const it = await credential({ terms: { rateLimit: 5, ratePeriodSeconds: 60 } })
  const request = () => new Request(`${portal}${it.base}/x`, { headers: { 'x-api-key': it.key } })
  await runInDurableObject(limiterOf(env, await sha256Hex(it.key)), (object) => {
    Object.assign(object, { env: { ...env, DB: broken } })
  })
  expect(await refusal(await handleGateway(request(), env, { waitUntil: () => {} }))).toEqual({
    status: 503,
    code: 'gateway_unavailable',
  })
  const noLimiter = { ...env, LIMITER: broken } as unknown as Env
  expect(await refusal(await handleGateway(request(), noLimiter, { waitUntil: () => {} }))).toEqual({
    status: 503,
    code: 'gateway_unavailable',
  })
  const logged = takeLoggedErrors()
  expect(logged).toHaveLength(3)
  expect(logged.join()).not.toMatch(/prt_live_|canary/)
})

test('on the portal’s own host there is no CORS', async () => {
  const it = await credential()
  const response = await call(`${it.base}/x`, it.key, { headers: { origin: portal } })
  expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  const preflight = await call(`${it.base}/x`, null, {
    method: 'OPTIONS',
    headers: { origin: portal, 'access-control-request-method': 'POST' },
  })
  expect(preflight.status).toBe(401)
})

test('the portal’s pages may read every header of an answer by its name, and nobody is let in by a star or with cookies', async () => {
  const apart = { ...env, GATEWAY_ORIGIN: 'https://gateway.test' } as Env
  const at = (path: string, init: RequestInit = {}) =>
    handleGateway(new Request(`https://gateway.test${path}`, init), apart, { waitUntil: () => {} })
  const it = await credential({ terms: { rateLimit: 1, ratePeriodSeconds: 60 } })
  const asks = { origin: portal, 'access-control-request-method': 'GET' }
  // Asking costs no call and takes no key.
  for (let times = 0; times < 3; times += 1)
    expect((await at(`${it.base}/x`, { method: 'OPTIONS', headers: asks })).status).toBe(204)
  const first = await at(`${it.base}/~hostile`, { headers: { origin: portal, 'x-api-key': it.key } })
  const second = await at(`${it.base}/x`, { headers: { origin: portal, 'x-api-key': it.key } })
  const unknown = await at(`${it.base}/x`, { headers: { origin: portal } })
  expect([first.status, second.status, unknown.status]).toEqual([200, 429, 401])
  for (const [answer, names] of [
    [first, ['x-request-id', 'ratelimit', 'ratelimit-policy', 'content-type', 'x-kept']],
    [second, ['x-request-id', 'ratelimit', 'retry-after']],
    [unknown, ['x-request-id', 'www-authenticate']],
  ] as const) {
    const exposed = answer.headers.get('access-control-expose-headers')?.split(', ') ?? []
    expect(exposed).toEqual(expect.arrayContaining([...names]))
    expect(answer.headers.get('access-control-allow-origin')).toBe(portal)
    expect(answer.headers.get('vary')).toContain('Origin')
    expect(answer.headers.has('access-control-allow-credentials')).toBe(false)
    const cors = [...answer.headers].filter(([name]) => name.startsWith('access-control-'))
    expect(JSON.stringify(cors)).not.toContain('*')
  }
  const other = await at(`${it.base}/x`, { headers: { origin: 'https://evil.test', 'x-api-key': it.key } })
  expect([...other.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
})

test('on a host of its own the gateway answers nothing else, and lets exactly the portal call from a browser', async () => {
  const apart = { ...env, GATEWAY_ORIGIN: 'https://gateway.test' } as Env
  const at = (path: string, init: RequestInit = {}) =>
    handleGateway(new Request(`https://gateway.test${path}`, init), apart, { waitUntil: () => {} })
  expect(isGatewayRequest(new URL('https://gateway.test/auth/login'), apart)).toBe(true)
  expect(isGatewayRequest(new URL('https://portal.test/auth/login'), apart)).toBe(false)
  expect(isGatewayRequest(new URL('https://portal.test/gateway/p/a'), apart)).toBe(true)
  expect(
    isGatewayRequest(new URL('https://portal.test/auth/login'), { ...env, GATEWAY_ORIGIN: portal } as Env),
  ).toBe(false)

  const it = await credential()
  expect(await refusal(await at('/auth/login'))).toEqual({ status: 401, code: 'missing_credential' })
  expect(await refusal(await at('/auth/login', { headers: { 'x-api-key': it.key } }))).toEqual({
    status: 404,
    code: 'unknown_api',
  })

  const asks = {
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'authorization,x-custom',
  }
  const preflight = await at(`${it.base}/x`, { method: 'OPTIONS', headers: { origin: portal, ...asks } })
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-origin')).toBe(portal)
  expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT')
  expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization,x-custom')
  expect(preflight.headers.has('access-control-allow-credentials')).toBe(false)
  const answer = await at(`${it.base}/x`, { headers: { origin: portal, 'x-api-key': it.key } })
  expect(answer.headers.get('access-control-allow-origin')).toBe(portal)
  const refused = await at(`${it.base}/x`, { headers: { origin: portal } })
  expect(refused.headers.get('access-control-allow-origin')).toBe(portal)
  for (const origin of ['https://evil.test', 'https://portal.test.evil.test', 'null', 'http://portal.test']) {
    expect(
      (await at(`${it.base}/x`, { method: 'OPTIONS', headers: { origin, ...asks } })).status,
      origin,
    ).toBe(401)
    const other = await at(`${it.base}/x`, { headers: { origin, 'x-api-key': it.key } })
    expect(other.headers.has('access-control-allow-origin'), origin).toBe(false)
  }
})

test('a key opens the products of each of its requests, each under its own terms', async () => {
  const it = await credential({ terms: { rateLimit: 1, ratePeriodSeconds: 60 } })
  const second = await world.product([it.catalogId])
  await approvedRequest({ ...it, productId: second.id, terms: { planName: 'Pro' } })
  const response = await call(`/gateway/${second.slug}/main/x`, it.key)
  expect(response.headers.has('ratelimit')).toBe(false)
  expect(((await response.json()) as Echo).headers['x-portico-plan']).toBe('Pro')
  expect((await call(`${it.base}/x`, it.key)).headers.get('ratelimit')).toBe('"rate";r=0;t=60')
})

test('of two approved requests for one product the one that was decided last holds', async () => {
  const now = Date.now()
  for (const [decidedAt, plan] of [
    [now - 60_000, 'First'],
    [now + 60_000, 'Second'],
  ] as const) {
    const it = await credential({ terms: { planName: 'First', decidedAt: now } })
    await approvedRequest({ ...it, terms: { planName: 'Second', decidedAt } })
    const echo = (await (await call(`${it.base}/x`, it.key)).json()) as Echo
    expect(echo.headers['x-portico-plan']).toBe(plan)
  }
})
