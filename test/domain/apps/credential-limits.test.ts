import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { changeCredentialLimits } from '~/domain/apps/change-credential-limits.server'
import { type ChangeLimitsInput, changeLimitsInput } from '~/domain/apps/credential-limits'
import { describeLimitChanges } from '~/domain/apps/limit-changes'
import { findCredentialLimits } from '~/domain/apps/queries-limits.server'
import { rotateCredential } from '~/domain/apps/rotate-credential.server'
import { parseGatewayAddress } from '~/domain/gateway/address'
import { decide } from '~/domain/gateway/decide'
import { findCredentialSnapshot } from '~/domain/gateway/queries.server'
import { sha256Hex } from '~/platform/encoding'
import { accessRequests, credentialLimits, credentials, events } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { credential } from '~test/support/credentials'
import * as world from '~test/support/world'

type Typed = Partial<Record<keyof ChangeLimitsInput, unknown>>
type Key = Awaited<ReturnType<typeof credential>>

function input(typed: Typed = {}): ChangeLimitsInput {
  return changeLimitsInput.parse({ name: 'Key for tests', ...typed })
}

function problems(typed: Typed): string[] {
  const result = changeLimitsInput.safeParse({ name: 'Key for tests', ...typed })
  return result.success ? [] : result.error.issues.map((issue) => issue.message)
}

function change(key: Key, typed: Typed, actor: Parameters<typeof contextFor>[0] = key.owner) {
  return changeCredentialLimits(contextFor(actor) as never, key.appId, key.credentialId, input(typed))
}

/** What the gateway answers: null when the call passes. */
async function refusal(
  key: string,
  base: string,
  call: { path?: string; method?: string; ip?: string | null; now?: number } = {},
) {
  const snapshot = await findCredentialSnapshot(db, await sha256Hex(key))
  const address = parseGatewayAddress(`${base}${call.path ?? '/pets/1'}`)
  const decision = decide(snapshot, address, call.method ?? 'GET', call.ip ?? null, call.now ?? Date.now())
  return decision.ok ? null : decision.code
}

function changesOf(key: Key) {
  return db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, key.credentialId), eq(events.type, 'credential.limits_changed')))
}

const minute = (at: number) => new Date(at).toISOString().slice(0, 16)
const day = 86_400_000

test('a key works from the addresses on its list and from no other, and from nowhere when the address is not known', async () => {
  const key = await credential()
  expect(await refusal(key.key, key.base)).toBeNull()
  expect(await change(key, { ipRanges: '198.51.100.0/24\n\n2001:DB8::/32 \n' })).toMatchObject({ ok: true })
  expect(await refusal(key.key, key.base, { ip: '198.51.100.9' })).toBeNull()
  expect(await refusal(key.key, key.base, { ip: '2001:db8::9' })).toBeNull()
  for (const ip of ['198.51.101.9', '2001:db9::9', 'unknown', null])
    expect(await refusal(key.key, key.base, { ip })).toBe('ip_not_allowed')
})

test('a stored list of which no line can be read allows nothing, and never everything', async () => {
  const key = await credential()
  await change(key, { ipRanges: '198.51.100.0/24' })
  await db
    .update(credentialLimits)
    .set({ ipRanges: ['nonsense'] })
    .where(eq(credentialLimits.credentialId, key.credentialId))
  expect(await refusal(key.key, key.base, { ip: '198.51.100.9' })).toBe('ip_not_allowed')
})

test('a key calls with the methods and on the paths of its lists alone', async () => {
  const key = await credential()
  await change(key, { methods: ['PUT', 'GET'], paths: '/pets/*\n/status' })
  expect(await refusal(key.key, key.base, { method: 'PUT' })).toBeNull()
  for (const method of ['HEAD', 'DELETE'])
    expect(await refusal(key.key, key.base, { method })).toBe('method_not_allowed_by_key')
  expect(await refusal(key.key, key.base, { method: 'TRACE' })).toBe('method_not_allowed')
  expect(await refusal(key.key, key.base, { path: '/status' })).toBeNull()
  for (const path of ['/pets', '/status/x', '/', '', '/admin'])
    expect(await refusal(key.key, key.base, { path })).toBe('path_not_allowed_by_key')
})

test('before its first moment a key is not yet valid, and from then on it works', async () => {
  const key = await credential()
  const start = Math.ceil((Date.now() + day) / 60_000) * 60_000
  await change(key, { notBefore: minute(start) })
  expect(await refusal(key.key, key.base, { now: start - 1 })).toBe('credential_not_yet_valid')
  expect(await refusal(key.key, key.base, { now: start })).toBeNull()
})

test('its own end comes before the plan’s and never after; taken away, the plan’s end holds again', async () => {
  const planEnd = Date.now() + 30 * day
  const key = await credential({ row: { expiresAt: planEnd } })
  expect(await change(key, { ownExpiresAt: minute(planEnd + day) })).toMatchObject({
    error: { fields: { ownExpiresAt: [expect.stringContaining('no longer')] } },
  })
  expect(await change(key, { ownExpiresAt: minute(Date.now() - day) })).toMatchObject({
    error: { fields: { ownExpiresAt: [expect.stringContaining('is over')] } },
  })
  const own = Date.parse(`${minute(planEnd - day)}Z`)
  expect(await change(key, { ownExpiresAt: minute(own) })).toMatchObject({ ok: true })
  expect(await refusal(key.key, key.base, { now: own - 1 })).toBeNull()
  expect(await refusal(key.key, key.base, { now: own })).toBe('credential_expired')
  expect(await change(key, { version: 1 })).toMatchObject({ ok: true })
  const [row] = await db.select().from(credentials).where(eq(credentials.id, key.credentialId))
  expect(row?.expiresAt).toBe(planEnd)
})

test('a rotated key keeps name and limits, and its own end where that comes before the new plan’s', async () => {
  const old = await credential({ row: { expiresAt: Date.now() + 5 * day } })
  await db.update(accessRequests).set({ keyLifetimeDays: 30 }).where(eq(accessRequests.id, old.requestId))
  const own = Date.parse(`${minute(Date.now() + 2 * day)}Z`)
  const typed = { name: 'CI', ipRanges: '198.51.100.0/24', methods: ['GET'], paths: '/pets/*' }
  await change(old, { ...typed, ownExpiresAt: minute(own) })
  const ctx = contextFor(old.owner)
  const rotated = await rotateCredential(ctx, old.appId, old.credentialId, { overlap: 'hour' })
  const newId = rotated.ok ? rotated.value.credentialId : 'crd_none'
  expect(await findCredentialLimits(ctx, old.appId, newId)).toMatchObject({
    name: 'CI',
    limits: {
      ipRanges: ['198.51.100.0/24'],
      methods: ['GET'],
      paths: ['/pets/*'],
      notBefore: null,
      ownExpiresAt: own,
    },
    expiresAt: own,
    planExpiresAt: ctx.now + 30 * day,
  })
  // The old one goes on under its limits, and they can no longer be changed.
  expect(await refusal(old.key, old.base, { ip: '203.0.113.1' })).toBe('ip_not_allowed')
  expect(await change(old, { version: 1 })).toMatchObject({ error: { code: 'already_decided' } })
})

test('a change is one event that says what was and what is, in words without a secret; saving the same again is none', async () => {
  const key = await credential()
  await change(key, { name: 'CI', ipRanges: '198.51.100.0/24', methods: ['GET'] })
  expect(
    await change(key, { name: 'CI', ipRanges: '198.51.100.0/24', methods: ['GET'], version: 1 }),
  ).toEqual({
    ok: true,
    value: { changed: false },
  })
  const [event, ...more] = await changesOf(key)
  expect(more).toEqual([])
  expect(event).toMatchObject({
    appId: key.appId,
    organizationId: key.organizationId,
    actorId: key.owner.userId,
  })
  expect(event && describeLimitChanges(event.data)).toBe(
    'name from “Key for tests” to “CI”; allowed addresses from any to 198.51.100.0/24; allowed methods from any to GET',
  )
  expect(JSON.stringify(event)).not.toContain('prt_live')
})

test('of forty who change the limits of one key at once, one does, and there is one event', async () => {
  const key = await credential()
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, at) => change(key, { ipRanges: `198.51.100.${at}` })),
  )
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  expect(answers.find((answer) => !answer.ok)).toMatchObject({ error: { code: 'conflict' } })
  const written = await changesOf(key)
  expect(written).toHaveLength(1)
  const now = await findCredentialLimits(contextFor(key.owner), key.appId, key.credentialId)
  expect(now).toMatchObject({ version: 1, limits: { ipRanges: written[0]?.data['ipRanges'] } })
})

test('who saves what an older state showed is told, and nothing is widened', async () => {
  const key = await credential()
  await change(key, { ipRanges: '198.51.100.0/24' })
  expect(await change(key, { methods: ['GET'], version: 0 })).toMatchObject({ error: { code: 'conflict' } })
  expect(await refusal(key.key, key.base, { ip: '203.0.113.1' })).toBe('ip_not_allowed')
})

test('who rotates may limit: members of a shared app and admins; a stranger finds no such key', async () => {
  const key = await credential()
  const mate = await world.developer({ organizationId: key.organizationId })
  expect(await change(key, { methods: ['GET'] }, mate)).toMatchObject({ ok: true })
  expect(await change(key, { methods: ['PUT'], version: 1 }, await world.admin())).toMatchObject({ ok: true })
  const stranger = await world.superAdmin()
  expect(await change(key, { version: 2 }, stranger)).toMatchObject({ error: { code: 'not_found' } })
})

test('every bad line is told by its number, and fifty is the most', () => {
  expect(problems({ ipRanges: '10.0.0.0/8\nnonsense\n\n10.0.0.5/8' })).toEqual([
    expect.stringMatching(/^Line 2: “nonsense” is no IP address/),
    expect.stringMatching(/^Line 4: “10\.0\.0\.5\/8” is an address inside a range/),
  ])
  expect(problems({ paths: 'pets' })).toEqual([expect.stringMatching(/^Line 1: “pets” must begin/)])
  const lines = (n: number) => Array.from({ length: n }, (_, at) => `10.0.${at}.0/24`).join('\n')
  expect(problems({ ipRanges: lines(50) })).toEqual([])
  expect(problems({ ipRanges: lines(51) })).toEqual([expect.stringContaining('at most 50')])
  expect(problems({ methods: ['TRACE'] })).toHaveLength(1)
  expect(problems({ notBefore: '2030-02-30T10:00' })).toHaveLength(1)
  expect(problems({ notBefore: '2030-02-03T10:00', ownExpiresAt: '2030-02-03T09:00' })).toHaveLength(1)
  expect(input({ ipRanges: '10.0.0.0/8\n10.0.0.0/8\r\n::ffff:10.0.0.1' }).ipRanges).toEqual([
    '10.0.0.0/8',
    '10.0.0.1',
  ])
})
