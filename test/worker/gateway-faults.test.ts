// What goes wrong around a call, and what it is told: every problem code by a call that gets it, D1 and the objects that do
// not answer, clients that leave, and connections that become something else.
import { runDurableObjectAlarm, runInDurableObject, SELF } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { newApiKey } from '~/domain/apps/credential-key'
import type { ProblemCode } from '~/domain/gateway/problems'
import { errorStatus } from '~/domain/kernel/errors'
import { createTokenVerifier } from '~/platform/access-tokens'
import { copyForMs } from '~/platform/credential-record'
import { sha256Hex } from '~/platform/encoding'
import { createCredentialCache, knownForMs } from '~/platform/gateway-cache'
import { createLeaseKeeper } from '~/platform/gateway-leases'
import { flushUsage, type GatewayMemory, handleGateway } from '~/platform/gateway-proxy'
import { createRefusalBooks } from '~/platform/gateway-refusals'
import { upstreamTimeoutMs } from '~/platform/gateway-upstream'
import { createUsageBooks } from '~/platform/gateway-usage'
import { limiterOf } from '~/platform/limiter-of'
import { credentialLimits, organizations, usageHours } from '~db/schema'
import { db } from '~test/support/context'
import { changeApp, changeCredential, credential } from '~test/support/credentials'
import { restart } from '~test/support/durable-objects'
import { takeLoggedErrors } from '~test/support/setup'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 60_000 })

type Issued = Awaited<ReturnType<typeof credential>>

function newMemory(): GatewayMemory {
  return {
    tokens: createTokenVerifier(),
    credentials: createCredentialCache(),
    leases: createLeaseKeeper(),
    usage: createUsageBooks(),
    refusals: createRefusalBooks(),
  }
}

function call(
  it: Pick<Issued, 'base' | 'key'>,
  init: RequestInit & { path?: string; bindings?: Env; memory?: GatewayMemory } = {},
): Promise<Response> {
  const { path = '/x', bindings = env, memory = newMemory(), ...rest } = init
  const headers = new Headers({ 'x-api-key': it.key, ...Object.fromEntries(new Headers(rest.headers)) })
  const request = new Request(`https://portal.test${it.base}${path}`, { ...rest, headers })
  return handleGateway(request, bindings, { waitUntil: () => {} }, { memory })
}

const limitedTo = async (it: Issued, limits: Partial<typeof credentialLimits.$inferInsert>) => {
  await db.insert(credentialLimits).values({
    ...{ credentialId: it.credentialId, ipRanges: [], methods: [], paths: [], notBefore: null },
    ...{ version: 1, decisionId: 'by hand' },
    ...limits,
  })
  return call(it)
}

async function inHaste<T>(work: () => Promise<T>): Promise<T> {
  const realTimeout = globalThis.setTimeout
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms: number) =>
    realTimeout(run, ms === upstreamTimeoutMs ? 20 : ms)) as typeof setTimeout)
  return work()
}

const twice = async (terms: Parameters<typeof credential>[0]) => {
  const it = await credential(terms)
  await (await call(it)).arrayBuffer()
  return call(it)
}

const noObjects = {
  ...env,
  LIMITER: {
    idFromName: () => {
      throw new Error('no objects')
    },
  },
} as unknown as Env

/** A call for each code that a refusal can have: a new code without one does not compile. */
const refusals: Record<ProblemCode, () => Promise<Response>> = {
  missing_credential: () => SELF.fetch('https://portal.test/gateway/p/a'),
  invalid_credential: async () => call({ ...(await credential()), key: newApiKey() }),
  credential_revoked: async () => call(await credential({ row: { state: 'revoked' } })),
  credential_expired: async () => call(await credential({ row: { state: 'expired' } })),
  credential_not_yet_valid: async () => limitedTo(await credential(), { notBefore: Date.now() + 3_600_000 }),
  ip_not_allowed: async () => limitedTo(await credential(), { ipRanges: ['203.0.113.0/24'] }),
  method_not_allowed_by_key: async () => limitedTo(await credential(), { methods: ['POST'] }),
  path_not_allowed_by_key: async () => limitedTo(await credential(), { paths: ['/other'] }),
  app_frozen: async () => {
    const it = await credential()
    await changeApp(it.appId, { frozenAt: Date.now() })
    return call(it)
  },
  organization_suspended: async () => {
    const owner = await world.superAdmin()
    const it = await credential({ owner })
    await db
      .update(organizations)
      .set({ state: 'suspended' })
      .where(eq(organizations.id, owner.organizationId))
    return call(it)
  },
  product_not_allowed: async () => call({ ...(await credential()), base: '/gateway/other/main' }),
  unknown_api: async () => {
    const it = await credential()
    return call({ ...it, base: it.base.replace(/main$/, 'other') })
  },
  method_not_allowed: async () => call(await credential(), { method: 'PROPFIND' }),
  rate_limited: () => twice({ terms: { rateLimit: 1, ratePeriodSeconds: 60 } }),
  quota_exceeded: () => twice({ terms: { quotaLimit: 1, quotaPeriod: 'day' } }),
  upstream_unreachable: async () => call(await credential(), { path: '/~status/523' }),
  upstream_timeout: async () => {
    const it = await credential()
    return inHaste(() => call(it, { path: '/~hang' }))
  },
  gateway_unavailable: async () => call(await credential(), { bindings: noObjects }),
}

test.each(Object.entries(refusals))('%s is a problem of its own', async (code, refuse) => {
  const response = await refuse()
  const body = (await response.json()) as Record<string, unknown>
  expect([response.status, body.code]).toEqual([errorStatus[code as ProblemCode], code])
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
  expect(body).toMatchObject({
    type: `urn:portico:problem:${code}`,
    status: response.status,
    detail: expect.stringMatching(/.{20}/),
    instance: `urn:portico:request:${response.headers.get('x-request-id')}`,
  })
  takeLoggedErrors()
})

const recordOf = async (it: Issued) => limiterOf(env, await sha256Hex(it.key))

/** The record of a credential cannot be read, for as long as its object lives. */
async function breakDatabaseOf(it: Issued): Promise<void> {
  await runInDurableObject(await recordOf(it), (object) => {
    Object.assign(object, { env: { ...env, DB: null } })
  })
}

async function restartObjectOf(it: Issued): Promise<void> {
  await restart(await recordOf(it))
}

test('without D1 a warm credential goes on until its lease ends, then it is refused, and it comes back', async () => {
  const it = await credential()
  const memory = newMemory()
  const noon = Date.UTC(2026, 10, 24, 12)
  vi.useFakeTimers({ toFake: ['Date'], now: noon })
  expect((await call(it, { memory })).status).toBe(200)
  await breakDatabaseOf(it)
  vi.setSystemTime(noon + knownForMs - 1)
  expect((await call(it, { memory })).status).toBe(200)
  vi.setSystemTime(noon + knownForMs + copyForMs)
  const refused = await call(it, { memory })
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
    503,
    'gateway_unavailable',
  ])
  expect(refused.headers.get('retry-after')).toBe('1')
  expect(takeLoggedErrors().join()).toMatch(/record_not_read.*gateway_unavailable/)
  await restartObjectOf(it)
  expect((await call(it, { memory })).status).toBe(200)
})

test('without D1 no unknown key passes, and none is remembered as unknown', async () => {
  const it = await credential()
  await breakDatabaseOf(it)
  const memory = newMemory()
  expect((await call(it, { memory })).status).toBe(503)
  takeLoggedErrors()
  await restartObjectOf(it)
  expect((await call(it, { memory })).status).toBe(200)
})

test('a client that leaves in the middle of an answer is counted once, and nothing is thrown', async () => {
  const it = await credential()
  const memory = newMemory()
  const response = await call(it, { path: '/~stream/40', memory })
  const reader = response.body?.getReader()
  await reader?.read()
  await reader?.cancel()
  await flushUsage(env, memory)
  await flushUsage(env, memory)
  await runDurableObjectAlarm(limiterOf(env, it.credentialId))
  const rows = await db.select().from(usageHours).where(eq(usageHours.credentialId, it.credentialId))
  expect(rows).toMatchObject([{ calls: 1, statusClass: 2 }])
})

test('a WebSocket passes in both directions as one call, with its protocol and without a cookie', async () => {
  const it = await credential({ terms: { rateLimit: 5, ratePeriodSeconds: 60 } })
  const memory = newMemory()
  const response = await call(it, {
    path: '/~socket',
    memory,
    headers: { upgrade: 'websocket', 'sec-websocket-protocol': 'chat' },
  })
  expect(response.status).toBe(101)
  expect(response.headers.get('sec-websocket-protocol')).toBe('chat')
  expect(response.headers.getSetCookie()).toEqual([])
  expect(response.headers.get('ratelimit')).toContain('r=4')
  const socket = response.webSocket
  if (!socket) throw new Error('no socket')
  const closed = new Promise((resolve) => {
    socket.addEventListener('close', resolve)
  })
  socket.accept()
  const heard = new Promise((resolve) => {
    socket.addEventListener('message', ({ data }) => resolve(data))
  })
  socket.send('hello')
  expect(await heard).toBe('echo hello')
  socket.close()
  await closed
})

test('a WebSocket without a good key, or over the limit, never reaches the upstream; another upgrade is an ordinary call', async () => {
  const it = await credential({ terms: { rateLimit: 1, ratePeriodSeconds: 60 } })
  const upgrade = { upgrade: 'websocket' }
  expect((await call({ ...it, key: newApiKey() }, { path: '/~socket', headers: upgrade })).status).toBe(401)
  const ordinary = await call(it, { path: '/~socket', headers: { upgrade: 'h2c', connection: 'upgrade' } })
  expect(ordinary.status).toBe(426)
  expect((await call(it, { path: '/~socket', headers: upgrade })).status).toBe(429)
})

test('what a cache may keep of an answer is the upstream’s word, for the one who asked', async () => {
  const it = await credential()
  const response = await call(it, { path: '/~cached' })
  expect(response.headers.get('cache-control')).toBe('private, max-age=60')
  expect(response.headers.get('vary')).toContain('Authorization, X-API-Key')
})

test('a key that was revoked while D1 was away does not pass when it is back', async () => {
  const it = await credential()
  const memory = newMemory()
  const noon = Date.UTC(2026, 10, 24, 12)
  vi.useFakeTimers({ toFake: ['Date'], now: noon })
  await call(it, { memory })
  await breakDatabaseOf(it)
  await changeCredential(it.credentialId, { state: 'revoked' })
  vi.setSystemTime(noon + knownForMs + copyForMs)
  expect((await call(it, { memory })).status).toBe(503)
  takeLoggedErrors()
  await restartObjectOf(it)
  expect((await call(it, { memory })).status).toBe(403)
})
