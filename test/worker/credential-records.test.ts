// How a change reaches the gateway: the isolate where it was made, the object that keeps the credential's record, and the
// isolates that hold a lease of it. Each `isolate()` has a memory of its own; only the date is a fake.
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { approveAccessRequest } from '~/domain/access-requests/approve-access-request.server'
import { revokeAccessRequest } from '~/domain/access-requests/revoke-access-request.server'
import { changeCredentialLimits } from '~/domain/apps/change-credential-limits.server'
import { freezeApp } from '~/domain/apps/freeze-app.server'
import { revokeCredential } from '~/domain/apps/revoke-credential.server'
import { rotateCredential } from '~/domain/apps/rotate-credential.server'
import { deleteApi } from '~/domain/catalog/delete-api.server'
import { unpublishProduct } from '~/domain/catalog/unpublish-product.server'
import type { SuperAdminActor } from '~/domain/kernel/actor'
import type { EventId } from '~/domain/kernel/ids'
import { freezeOrganization } from '~/domain/organizations/freeze-organization.server'
import { suspendOrganization } from '~/domain/organizations/suspend-organization.server'
import { createTokenVerifier } from '~/platform/access-tokens'
import { copyForMs, createCredentialRecord } from '~/platform/credential-record'
import { sha256Hex } from '~/platform/encoding'
import { createCredentialCache, credentialCache, knownForMs } from '~/platform/gateway-cache'
import { createLeaseKeeper } from '~/platform/gateway-leases'
import { type GatewayMemory, handleGateway } from '~/platform/gateway-proxy'
import { createRefusalBooks } from '~/platform/gateway-refusals'
import { createUsageBooks } from '~/platform/gateway-usage'
import { limiterOf } from '~/platform/limiter-of'
import { tellOfChanges, tellOfEvent } from '~/platform/tell-records'
import { accessRequests, credentialRequests } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { approvedRequest, changeCredential, credential } from '~test/support/credentials'
import { restart } from '~test/support/durable-objects'
import { takeLoggedErrors } from '~test/support/setup'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 60_000 })

type Issued = Awaited<ReturnType<typeof credential>>
type Changed = { announced: EventId[] }

/** What a call is told in an isolate of its own: 'passes', or the code of its refusal. */
function isolate(credentials = createCredentialCache()) {
  const memory: GatewayMemory = {
    tokens: createTokenVerifier(),
    credentials,
    leases: createLeaseKeeper(),
    usage: createUsageBooks(),
    refusals: createRefusalBooks(),
  }
  return async (it: Pick<Issued, 'base' | 'key'>): Promise<string> => {
    const request = new Request(`https://portal.test${it.base}/x`, { headers: { 'x-api-key': it.key } })
    const response = await handleGateway(request, env, { waitUntil: () => {} }, { memory })
    const body = (await response.json()) as { code?: string }
    return response.status === 200 ? 'passes' : (body.code ?? '')
  }
}

const noon = Date.UTC(2026, 10, 24, 12)
const at = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: noon + ms })

/** Each change by its command; `untold` where no credential is named by its event: then only the leases' ends act. */
const changes: [string, (it: Issued) => Promise<Changed>, string, 'untold'?][] = [
  [
    'revoking a key',
    async (it) => {
      const ctx = contextFor(it.owner)
      await revokeCredential(ctx, it.appId, it.credentialId)
      return ctx
    },
    'credential_revoked',
  ],
  [
    'rotating a key without an overlap',
    async (it) => {
      const ctx = contextFor(it.owner)
      await rotateCredential(ctx, it.appId, it.credentialId, { overlap: 'now' })
      return ctx
    },
    'credential_revoked',
  ],
  [
    'limiting what a key may do',
    async (it) => {
      const ctx = contextFor(it.owner)
      await changeCredentialLimits(ctx, it.appId, it.credentialId, {
        ...{ ipRanges: [], methods: ['POST'], paths: [] },
        ...{ name: 'Key', notBefore: null, ownExpiresAt: null, version: 0 },
      })
      return ctx
    },
    'method_not_allowed_by_key',
  ],
  [
    'freezing an app',
    async (it) => {
      const ctx = contextFor(it.owner)
      await freezeApp(ctx, it.appId, { reason: 'Looks odd' })
      return ctx
    },
    'app_frozen',
  ],
  [
    'freezing the apps of an organization',
    async (it) => {
      const ctx = contextFor(it.owner as SuperAdminActor)
      await freezeOrganization(ctx)
      return ctx
    },
    'app_frozen',
  ],
  [
    'suspending an organization',
    async (it) => {
      const ctx = contextFor(await world.admin())
      await suspendOrganization(ctx, it.organizationId, { reason: 'Unpaid' })
      return ctx
    },
    'organization_suspended',
  ],
  [
    'revoking access',
    async (it) => {
      const ctx = contextFor(await world.admin())
      await revokeAccessRequest(ctx, it.requestId)
      return ctx
    },
    'credential_revoked',
  ],
  [
    'deleting an API',
    async (it) => {
      const ctx = contextFor(await world.admin())
      if (it.apiId) await deleteApi(ctx, it.productId, it.apiId, { confirmation: 'Main API' })
      return ctx
    },
    'unknown_api',
    'untold',
  ],
  [
    'unpublishing a product, which leaves access as it was,',
    async (it) => {
      const ctx = contextFor(await world.admin())
      await unpublishProduct(ctx, it.productId)
      return ctx
    },
    'passes',
    'untold',
  ],
]

test.each(changes)('%s acts in time everywhere', async (_name, change, code, untold) => {
  const told = await credential({ owner: await world.superAdmin() })
  const [early, late] = [isolate(), isolate()]
  at(0)
  expect(await early(told)).toBe('passes')
  at(1)
  const { announced } = await change(told)
  expect(announced).not.toEqual([])
  // Nobody has told the object yet, and its copy is good: what a lease of now still brings.
  at(2)
  expect(await late(told)).toBe('passes')
  for (const eventId of [...announced, ...announced]) await tellOfEvent(env, eventId)
  if (!untold) expect(await isolate()(told)).toBe(code)
  at(knownForMs + 1)
  expect(await late(told)).toBe('passes')
  at(knownForMs + 2)
  expect([await early(told), await late(told)]).toEqual([code, code])
})

test.each(changes.filter(([, , , untold]) => !untold))(
  '%s acts at once where it is done, and where nobody holds a lease',
  async (_name, change, code) => {
    vi.useRealTimers()
    const it = await credential({ owner: await world.superAdmin() })
    const here = isolate(credentialCache)
    expect([await here(it), await isolate()(it)]).toEqual(['passes', 'passes'])
    await change(it)
    expect(await here(it)).toBe(code)
    expect(await isolate()(it)).toBe(code)
  },
)

/** A request that waits: for one more product of the same key, or for another plan of the same access. */
async function waiting(
  it: Issued,
  more: Partial<typeof accessRequests.$inferInsert>,
  productId = it.productId,
) {
  const terms = { state: 'pending', decidedAt: null } as const
  const requestId = await approvedRequest({ ...it, productId, terms })
  await db.delete(credentialRequests).where(eq(credentialRequests.requestId, requestId))
  await db.update(accessRequests).set(more).where(eq(accessRequests.id, requestId))
  return requestId
}

test('one more product for a key, once it is approved, is open at once where it is asked for, and in time everywhere', async () => {
  vi.useRealTimers()
  const [it, other] = [await credential(), await credential()]
  const both = { base: other.base, key: it.key }
  // A key serves requests of its own plan.
  const [{ planId } = {}] = await db.select().from(accessRequests).where(eq(accessRequests.id, it.requestId))
  const requestId = await waiting(
    it,
    { wantedCredentialId: it.credentialId, ...(planId ? { planId } : {}) },
    other.productId,
  )
  const [early, late] = [isolate(), isolate()]
  at(0)
  expect(await early(both)).toBe('product_not_allowed')
  at(1)
  const ctx = contextFor(await world.admin())
  expect(await approveAccessRequest(ctx, requestId)).toMatchObject({ ok: true })
  at(2)
  expect(await late(both)).toBe('product_not_allowed')
  for (const eventId of ctx.announced) await tellOfEvent(env, eventId)
  expect(await isolate()(both)).toBe('passes')
  at(knownForMs + 2)
  expect(await early(both)).toBe('passes')
})

test('another plan, once it is approved, holds at once where it is asked for, and in time everywhere', async () => {
  vi.useRealTimers()
  const it = await credential()
  const requestId = await waiting(it, {
    ...{ replacesId: it.requestId, limitsId: it.requestId },
    ...{ rateLimit: 1, ratePeriodSeconds: 3600 },
  })
  const [early, late] = [isolate(), isolate()]
  at(0)
  expect([await early(it), await early(it)]).toEqual(['passes', 'passes'])
  at(1)
  const ctx = contextFor(await world.admin())
  expect(await approveAccessRequest(ctx, requestId)).toMatchObject({ ok: true })
  at(2)
  expect([await late(it), await late(it)]).toEqual(['passes', 'passes'])
  for (const eventId of ctx.announced) await tellOfEvent(env, eventId)
  const here = isolate()
  expect([await here(it), await here(it)]).toEqual(['passes', 'rate_limited'])
  at(knownForMs + 2)
  expect([await early(it), await late(it)]).toEqual(['rate_limited', 'rate_limited'])
})

test('a change that nobody told of acts when copy and lease are over, which is within ten seconds', async () => {
  const it = await credential()
  const [first, last] = [isolate(), isolate()]
  at(0)
  expect(await first(it)).toBe('passes')
  await changeCredential(it.credentialId, { state: 'revoked' })
  at(copyForMs - 1)
  expect(await last(it)).toBe('passes')
  at(copyForMs - 2 + knownForMs)
  expect(await last(it)).toBe('passes')
  at(copyForMs - 1 + knownForMs)
  expect(await last(it)).toBe('credential_revoked')
  expect(copyForMs + knownForMs).toBeLessThan(10_000)
})

test('the hook tells of credentials and of organizations, and a lost call is only logged', async () => {
  const [one, other] = [
    await credential({ owner: await world.superAdmin() }),
    await credential({ owner: await world.superAdmin() }),
  ]
  for (const it of [one, other]) {
    await isolate()(it)
    await changeCredential(it.credentialId, { state: 'revoked' })
    expect(await isolate()(it)).toBe('passes')
  }
  await tellOfChanges(env, { credentialIds: [one.credentialId], organizationIds: [] })
  expect([await isolate()(one), await isolate()(other)]).toEqual(['credential_revoked', 'passes'])
  await tellOfChanges(env, { credentialIds: [], organizationIds: [other.organizationId] })
  expect(await isolate()(other)).toBe('credential_revoked')
  await tellOfChanges({ ...env, DB: null } as unknown as Env, {
    credentialIds: [one.credentialId],
    organizationIds: [],
  })
  expect(takeLoggedErrors()).toHaveLength(1)
})

/** Counts the questions of a credential's object to D1. */
async function countReads(it: Issued): Promise<() => number> {
  let reads = 0
  const DB = new Proxy(env.DB, {
    get(of, property) {
      if (property === 'prepare') reads += 1
      const value: unknown = Reflect.get(of, property)
      return typeof value === 'function' ? value.bind(of) : value
    },
  })
  await runInDurableObject(limiterOf(env, await sha256Hex(it.key)), (object) => {
    Object.assign(object, { env: { ...env, DB } })
  })
  return () => reads
}

test('forty isolates that learn of a credential ask D1 once, and later ones not at all while the copy is good', async () => {
  const it = await credential()
  const reads = await countReads(it)
  const answers = await Promise.all(Array.from({ length: 40 }, () => isolate()(it)))
  expect(new Set(answers)).toEqual(new Set(['passes']))
  expect(await isolate()(it)).toBe('passes')
  expect(reads()).toBe(1)
})

test('an object that was restarted at any moment answers as D1 does', async () => {
  const it = await credential()
  expect(await isolate()(it)).toBe('passes')
  await changeCredential(it.credentialId, { state: 'revoked' })
  await restart(limiterOf(env, await sha256Hex(it.key)))
  expect(await isolate()(it)).toBe('credential_revoked')
})

test('what the object keeps of a credential is nowhere on its disk', async () => {
  const it = await credential()
  await isolate()(it)
  await runInDurableObject(limiterOf(env, await sha256Hex(it.key)), async (_object, state) => {
    expect([...(await state.storage.list()).keys()]).toEqual([])
  })
})

test('an answer of D1 from before a change is not given after it, and a question that failed is asked again', async () => {
  const answers = [() => 'before', () => 'after', () => Promise.reject(new Error('D1 is away')), () => 'back']
  let asked = 0
  const record = createCredentialRecord(async () => {
    const answer = answers[asked]
    asked += 1
    await Promise.resolve()
    // Meanwhile the credential is changed, and the object is told.
    if (asked === 1) record.changed()
    return ((await answer?.()) ?? null) as never
  })
  expect(await Promise.all([record.find(false), record.find(false)])).toEqual(['after', 'after'])
  record.changed()
  await expect(record.find(false)).rejects.toThrow('D1 is away')
  expect([await record.find(false), await record.find(false), asked]).toEqual(['back', 'back', 4])
})
