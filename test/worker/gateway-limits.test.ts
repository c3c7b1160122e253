// Limits, revocation and usage as several isolates see them: each `isolate()` has a memory of its own, and all share the
// real Durable Objects and the real database. Only the date is a fake, where a test moves it.
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { and, eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { newApiKey } from '~/domain/apps/credential-key'
import { latencyClasses } from '~/domain/gateway/usage'
import { createTokenVerifier } from '~/platform/access-tokens'
import {
  createCredentialCache,
  credentialCache,
  forgetCredential,
  knownForMs,
} from '~/platform/gateway-cache'
import { createLeaseKeeper } from '~/platform/gateway-leases'
import { flushUsage, type GatewayMemory, handleGateway } from '~/platform/gateway-proxy'
import { createRefusalBooks } from '~/platform/gateway-refusals'
import { createUsageBooks } from '~/platform/gateway-usage'
import { credentials, usageHours } from '~db/schema'
import { contextFor, db, system } from '~test/support/context'
import { changeCredential, credential } from '~test/support/credentials'

// Hundreds of calls at once on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

type Issued = Awaited<ReturnType<typeof credential>>

/** One isolate of the gateway. */
function isolate(credentialMemory = createCredentialCache()) {
  const memory: GatewayMemory = {
    tokens: createTokenVerifier(),
    credentials: credentialMemory,
    leases: createLeaseKeeper(),
    usage: createUsageBooks(),
    refusals: createRefusalBooks(),
  }
  return {
    call(it: Pick<Issued, 'base' | 'key'>, path = '/x', bindings: Env = env): Promise<Response> {
      const request = new Request(`https://portal.test${it.base}${path}`, {
        headers: { 'x-api-key': it.key },
      })
      return handleGateway(request, bindings, { waitUntil: () => {} }, { memory })
    },
    flush: (bindings: Env = env) => flushUsage(bindings, memory),
  }
}

async function statuses(calls: Promise<Response>[]): Promise<Record<number, number>> {
  const counted: Record<number, number> = {}
  for (const { status } of await Promise.all(calls)) counted[status] = (counted[status] ?? 0) + 1
  return counted
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

function setClock(now: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now })
}

/** Bindings that count the questions to the database and to the objects. */
function counted() {
  const asked = { database: 0, objects: 0 }
  const spy = <T extends object>(target: T, name: string, count: () => void): T =>
    new Proxy(target, {
      get(of, property) {
        const value: unknown = Reflect.get(of, property)
        if (property === name) count()
        return typeof value === 'function' ? value.bind(of) : value
      },
    })
  const bindings = {
    ...env,
    DB: spy(env.DB, 'prepare', () => (asked.database += 1)),
    LIMITER: spy(env.LIMITER, 'get', () => (asked.objects += 1)),
  } as Env
  return { asked, bindings }
}

const noon = Date.UTC(2026, 10, 24, 12, 0, 0)

test('of 50 parallel calls through a plan of 5 per 10 seconds exactly 5 pass', async () => {
  const it = await credential({ terms: { rateLimit: 5, ratePeriodSeconds: 10 } })
  const here = isolate()
  expect(await statuses(times(50, () => here.call(it)))).toEqual({ 200: 5, 429: 45 })
})

test('of 200 parallel calls over 8 isolates exactly the limit passes, three windows in a row', async () => {
  for (const limit of [1, 5, 50]) {
    const it = await credential({ terms: { rateLimit: limit, ratePeriodSeconds: 10 } })
    const isolates = times(8, () => isolate())
    for (const round of [0, 1, 2]) {
      setClock(noon + round * 10_000)
      expect(
        await statuses(times(200, (index) => isolates[index % 8]?.call(it) ?? Promise.reject())),
      ).toEqual({ 200: limit, 429: 200 - limit })
    }
    vi.useRealTimers()
  }
})

test('a large limit is never exceeded either, with leases in many isolates, and none is lost while they last', async () => {
  const it = await credential({ terms: { rateLimit: 300, ratePeriodSeconds: 60 } })
  setClock(noon)
  const isolates = times(4, () => isolate())
  let passed = 0
  for (const _ of times(15, () => 0)) {
    const answers = await statuses(times(40, (index) => isolates[index % 4]?.call(it) ?? Promise.reject()))
    passed += answers[200] ?? 0
  }
  expect(passed).toBeLessThanOrEqual(300)
  expect(passed).toBeGreaterThan(200)
})

test('Retry-After is true: a second earlier no call passes, at the time it does', async () => {
  const it = await credential({ terms: { rateLimit: 2, ratePeriodSeconds: 10 } })
  const here = isolate()
  setClock(noon)
  expect((await here.call(it)).headers.get('ratelimit')).toBe('"rate";r=1;t=10')
  setClock(noon + 3_000)
  const last = await here.call(it)
  expect(last.headers.get('ratelimit')).toBe('"rate";r=0;t=7')
  expect(last.headers.get('ratelimit-policy')).toBe('"rate";q=2;w=10')
  setClock(noon + 3_500)
  const refused = await here.call(it)
  expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('ratelimit')]).toEqual([
    429,
    '7',
    '"rate";r=0;t=7',
  ])
  setClock(noon + 9_900)
  expect((await here.call(it)).status).toBe(429)
  expect((await isolate().call(it)).status).toBe(429)
  setClock(noon + 3_500 + 7_000)
  expect((await here.call(it)).status).toBe(200)
  expect((await here.call(it)).status).toBe(429)
})

test('a refusal that still holds costs no question', async () => {
  const it = await credential({ terms: { rateLimit: 1, ratePeriodSeconds: 60 } })
  const here = isolate()
  await here.call(it)
  await here.call(it)
  const { asked, bindings } = counted()
  expect(await statuses(times(20, () => here.call(it, '/x', bindings)))).toEqual({ 429: 20 })
  expect(asked).toEqual({ database: 0, objects: 0 })
})

test('a quota is exact over isolates, and begins anew with the calendar', async () => {
  const it = await credential({ terms: { quotaLimit: 7, quotaPeriod: 'day' } })
  const isolates = times(4, () => isolate())
  setClock(noon)
  const answers = await Promise.all(times(40, (index) => isolates[index % 4]?.call(it) ?? Promise.reject()))
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(7)
  const refused = answers.find((answer) => answer.status === 429)
  expect(await refused?.json()).toMatchObject({ code: 'quota_exceeded' })
  expect(refused?.headers.get('retry-after')).toBe(String(12 * 3600))
  expect(refused?.headers.get('ratelimit-policy')).toBe('"quota";q=7;w=86400')
  setClock(Date.UTC(2026, 10, 25) - 1)
  expect((await isolates[0]?.call(it))?.status).toBe(429)
  setClock(Date.UTC(2026, 10, 25))
  expect(await statuses(times(40, (index) => isolates[index % 4]?.call(it) ?? Promise.reject()))).toEqual({
    200: 7,
    429: 33,
  })
})

test('a large quota is used up to the last call and not one further', async () => {
  const it = await credential({ terms: { quotaLimit: 150, quotaPeriod: 'month' } })
  const here = isolate()
  setClock(noon)
  let passed = 0
  for (const _ of times(200, () => 0)) passed += (await here.call(it)).status === 200 ? 1 : 0
  expect(passed).toBe(150)
})

test('an object that was evicted still knows what was used', async () => {
  const it = await credential({
    terms: { rateLimit: 3, ratePeriodSeconds: 60, quotaLimit: 1000, quotaPeriod: 'day' },
  })
  expect(await statuses(times(5, () => isolate().call(it)))).toEqual({ 200: 3, 429: 2 })
  const stub = env.LIMITER.get(env.LIMITER.idFromName(it.requestId))
  await runInDurableObject(stub, (object) => {
    // What eviction takes: everything but storage.
    Object.assign(object, { limits: null, ledger: null })
  })
  expect((await isolate().call(it)).status).toBe(429)
})

test('a rotated key brings no new quota, and another subscription has limits of its own', async () => {
  const it = await credential({ terms: { quotaLimit: 2, quotaPeriod: 'day' } })
  expect(await statuses(times(3, () => isolate().call(it)))).toEqual({ 200: 2, 429: 1 })
  const { sha256Hex } = await import('~/platform/encoding')
  const { credentialRequests } = await import('~db/schema')
  const key = newApiKey()
  const row = {
    ...(await db.select().from(credentials).where(eq(credentials.id, it.credentialId)).get()),
  } as typeof credentials.$inferInsert
  await db
    .insert(credentials)
    .values({ ...row, id: 'crd_successor', secretHash: await sha256Hex(key), replacesId: it.credentialId })
  await db.insert(credentialRequests).values({ credentialId: 'crd_successor', requestId: it.requestId })
  expect((await isolate().call({ base: it.base, key })).status).toBe(429)
  expect(
    (await isolate().call(await credential({ terms: { quotaLimit: 2, quotaPeriod: 'day' } }))).status,
  ).toBe(200)
})

test('a warm call under an unlimited plan asks nobody, and under a large one hardly ever', async () => {
  const unlimited = await credential()
  const here = isolate()
  await here.call(unlimited)
  const first = counted()
  await statuses(times(50, () => here.call(unlimited, '/x', first.bindings)))
  expect(first.asked).toEqual({ database: 0, objects: 0 })

  const large = await credential({
    terms: { rateLimit: 100_000, ratePeriodSeconds: 60, quotaLimit: 1_000_000, quotaPeriod: 'month' },
  })
  for (const _ of times(10, () => 0)) await here.call(large)
  const second = counted()
  for (const _ of times(100, () => 0))
    expect((await here.call(large, '/x', second.bindings)).status).toBe(200)
  expect(second.asked.database).toBe(0)
  expect(second.asked.objects).toBeLessThanOrEqual(5)
})

test('parallel calls with a key that is not known yet ask its object once', async () => {
  const it = await credential()
  const here = isolate()
  const { asked, bindings } = counted()
  expect(await statuses(times(40, () => here.call(it, '/x', bindings)))).toEqual({ 200: 40 })
  expect(asked).toEqual({ database: 0, objects: 1 })
  const stranger = { base: it.base, key: newApiKey() }
  expect(await statuses(times(40, () => here.call(stranger, '/x', bindings)))).toEqual({ 401: 40 })
  expect(asked).toEqual({ database: 0, objects: 2 })
})

test('a revocation acts at once where it was made, and everywhere when the cache runs out', async () => {
  const it = await credential()
  const [here, elsewhere] = [isolate(credentialCache), isolate()]
  setClock(noon)
  expect([(await here.call(it)).status, (await elsewhere.call(it)).status]).toEqual([200, 200])
  await changeCredential(it.credentialId, { state: 'revoked', revokedAt: noon })
  contextFor(system).forgetCredential(it.credentialId)
  expect((await here.call(it)).status).toBe(403)
  expect((await elsewhere.call(it)).status).toBe(200)
  setClock(noon + knownForMs)
  expect((await elsewhere.call(it)).status).toBe(403)
  expect(knownForMs).toBeLessThan(10_000)
})

test('a lease does not outlive the key', async () => {
  const it = await credential({ terms: { rateLimit: 10_000, ratePeriodSeconds: 3600 } })
  const here = isolate()
  setClock(noon)
  for (const _ of times(20, () => 0)) await here.call(it)
  await changeCredential(it.credentialId, { state: 'revoked' })
  setClock(noon + knownForMs)
  expect((await here.call(it)).status).toBe(403)
})

test('an expiry acts to the millisecond, without asking', async () => {
  const it = await credential({ row: { expiresAt: noon + 1000 } })
  const here = isolate()
  setClock(noon)
  expect((await here.call(it)).status).toBe(200)
  setClock(noon + 999)
  expect((await here.call(it)).status).toBe(200)
  setClock(noon + 1000)
  expect((await here.call(it)).status).toBe(403)
})

test('a lookup that was under way during a revocation does not bring the key back', async () => {
  const cache = createCredentialCache()
  const { findCredentialSnapshot } = await import('~/domain/gateway/queries.server')
  const { sha256Hex } = await import('~/platform/encoding')
  const it = await credential()
  let asked = 0
  const lookup = async (hash: string) => {
    asked += 1
    const snapshot = await findCredentialSnapshot(db, hash)
    if (asked === 1) {
      await changeCredential(it.credentialId, { state: 'revoked' })
      cache.forget(it.credentialId)
    }
    return snapshot
  }
  expect((await cache.find(await sha256Hex(it.key), lookup, () => {}))?.state).toBe('revoked')
  expect(asked).toBe(2)
})

test('unknown keys do not push out those in use', async () => {
  const cache = createCredentialCache()
  const { findCredentialSnapshot } = await import('~/domain/gateway/queries.server')
  const { sha256Hex } = await import('~/platform/encoding')
  const it = await credential()
  const hash = await sha256Hex(it.key)
  await cache.find(
    hash,
    (secretHash) => findCredentialSnapshot(db, secretHash),
    () => {},
  )
  for (const index of times(6000, (at) => at))
    await cache.find(
      `stranger-${index}`,
      async () => null,
      () => {},
    )
  let asked = 0
  await cache.find(
    hash,
    async () => {
      asked += 1
      return null
    },
    () => {},
  )
  expect(asked).toBe(0)
})

async function usageOf(it: Issued) {
  return db
    .select()
    .from(usageHours)
    .where(eq(usageHours.credentialId, it.credentialId))
    .orderBy(usageHours.statusClass)
}

async function writeUsage(it: Issued): Promise<boolean> {
  return runDurableObjectAlarm(env.LIMITER.get(env.LIMITER.idFromName(it.credentialId)))
}

test('usage adds up exactly over isolates, parallel calls and repeated writes; refused calls are not in it', async () => {
  const it = await credential({ terms: { rateLimit: 60, ratePeriodSeconds: 3600 } })
  const isolates = times(4, () => isolate())
  const spread = (count: number, path: string) =>
    statuses(times(count, (index) => isolates[index % 4]?.call(it, path) ?? Promise.reject()))
  await Promise.all([spread(30, '/x'), spread(10, '/~status/404')])
  await Promise.all(isolates.map((one) => one.flush()))
  expect(await writeUsage(it)).toBe(true)
  await spread(10, '/x')
  await spread(40, '/~status/500')
  await Promise.all(isolates.flatMap((one) => [one.flush(), one.flush()]))
  await writeUsage(it)
  const rows = await usageOf(it)
  const sum = (statusClass: number) =>
    rows.filter((row) => row.statusClass === statusClass).reduce((total, row) => total + row.calls, 0)
  expect([sum(2), sum(4), sum(5)]).toEqual([40, 10, 10])
  for (const row of rows) {
    expect(row).toMatchObject({ apiId: it.apiId, appId: it.appId, organizationId: it.organizationId })
    expect(row.hour % 3_600_000).toBe(0)
    expect(latencyClasses.reduce((total, { key }) => total + row[key], 0)).toBe(row.calls)
    expect(row.limitsId).toBe(it.requestId)
  }
})

test('the credential tells when, for which API and from where it was last used', async () => {
  const it = await credential()
  const here = isolate()
  await here.call(it)
  const at = Date.now()
  await here.flush()
  await writeUsage(it)
  const row = await db.select().from(credentials).where(eq(credentials.id, it.credentialId)).get()
  expect(row?.lastUsedApiId).toBe(it.apiId)
  expect(Math.abs((row?.lastUsedAt ?? 0) - at)).toBeLessThan(5000)
})

test('a report whose answer was lost counts once, and one that never arrived is sent again', async () => {
  const it = await credential()
  const here = isolate()
  await here.call(it)
  let reports = 0
  const losing = (deliver: boolean) =>
    ({
      ...env,
      LIMITER: {
        idFromName: (name: string) => env.LIMITER.idFromName(name),
        get: (id: DurableObjectId) => ({
          report: async (...args: unknown[]) => {
            reports += 1
            const stub = env.LIMITER.get(id) as unknown as { report(...args: unknown[]): Promise<void> }
            if (deliver) await stub.report(...args)
            throw new Error('connection lost')
          },
        }),
      },
    }) as unknown as Env
  await here.flush(losing(true))
  await here.call(it)
  await here.flush(losing(false))
  await here.flush()
  expect(reports).toBe(3)
  await writeUsage(it)
  expect((await usageOf(it)).map((row) => row.calls)).toEqual([2])
})

test('when D1 fails the totals wait and are written later, once', async () => {
  const it = await credential()
  const here = isolate()
  await here.call(it)
  await here.flush()
  const stub = env.LIMITER.get(env.LIMITER.idFromName(it.credentialId))
  await runInDurableObject(stub, async (object, state) => {
    const real = (object as unknown as { env: Env }).env
    Object.assign(object, { env: { ...real, DB: null } })
    await (object as unknown as { alarm(): Promise<void> }).alarm()
    Object.assign(object, { env: real })
    expect(await state.storage.getAlarm()).not.toBeNull()
  })
  expect(await usageOf(it)).toEqual([])
  await writeUsage(it)
  await writeUsage(it)
  expect((await usageOf(it)).map((row) => row.calls)).toEqual([1])
})

test('calls before and after the full hour are in rows of their own', async () => {
  const it = await credential()
  const here = isolate()
  setClock(noon - 1)
  await here.call(it)
  setClock(noon)
  await here.call(it)
  vi.useRealTimers()
  await here.flush()
  await writeUsage(it)
  const hour = (start: number) =>
    db
      .select()
      .from(usageHours)
      .where(and(eq(usageHours.credentialId, it.credentialId), eq(usageHours.hour, start)))
  expect(await hour(noon - 3_600_000)).toMatchObject([{ calls: 1 }])
  expect(await hour(noon)).toMatchObject([{ calls: 1 }])
})

test('forgetting a credential that nobody knows is harmless', () => {
  expect(() => forgetCredential('crd_unknown')).not.toThrow()
})
