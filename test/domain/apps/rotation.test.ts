import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { getAppPage } from '~/domain/apps/queries-app-page.server'
import { revealCredential } from '~/domain/apps/reveal-credential.server'
import { rotateCredential } from '~/domain/apps/rotate-credential.server'
import { type Overlap, overlapMs, overlaps } from '~/domain/apps/rotation'
import { parseGatewayAddress } from '~/domain/gateway/address'
import { decide } from '~/domain/gateway/decide'
import { findCredentialSnapshot } from '~/domain/gateway/queries.server'
import type { Id } from '~/domain/kernel/ids'
import { sha256Hex } from '~/platform/encoding'
import { credentialRequests, credentials, events } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { credential } from '~test/support/credentials'
import { deliver, deliveriesOf } from '~test/support/notifications'
import * as world from '~test/support/world'

async function row(id: Id<'crd'>) {
  const [found] = await db.select().from(credentials).where(eq(credentials.id, id))
  return found
}

/** What the gateway says to a key at a time: null when it lets the call pass. */
async function refusal(key: string, base: string, now: number): Promise<string | null> {
  const snapshot = await findCredentialSnapshot(db, await sha256Hex(key))
  const decision = decide(snapshot, parseGatewayAddress(`${base}/things`), 'GET', null, now)
  return decision.ok ? null : decision.code
}

async function rotated(of: Awaited<ReturnType<typeof credential>>, overlap: Overlap, actor = of.owner) {
  const ctx = contextFor(actor)
  const result = await rotateCredential(ctx, of.appId, of.credentialId, { overlap })
  if (!result.ok) throw new Error(result.error.message)
  return { ctx, newId: result.value.credentialId }
}

test.each(overlaps)(
  'with the overlap "%s" the old key works until then and no longer, and the new one at once',
  async (overlap) => {
    const old = await credential()
    const { ctx, newId } = await rotated(old, overlap)
    const secret = await revealCredential(contextFor(old.owner), old.appId, newId)
    const key = secret.ok ? secret.value.secret : ''
    expect(key).toMatch(/^prt_live_/)
    expect(await refusal(key, old.base, ctx.now)).toBeNull()
    const end = ctx.now + overlapMs[overlap]
    if (overlap !== 'now') expect(await refusal(old.key, old.base, end - 1)).toBeNull()
    expect(await refusal(old.key, old.base, end)).toBe('credential_revoked')
    expect(await row(old.credentialId)).toMatchObject({
      state: overlap === 'now' ? 'revoked' : 'retiring',
      retiresAt: end,
    })
  },
)

test('the new key has the name and the requests of the old one, so limits go on counting, and a new lifetime', async () => {
  const old = await credential({ terms: { quotaLimit: 5, quotaPeriod: 'day' } })
  const { newId } = await rotated(old, 'hour')
  expect(await row(newId)).toMatchObject({
    appId: old.appId,
    name: 'Key for tests',
    state: 'active',
    replacesId: old.credentialId,
    expiresAt: null,
  })
  const served = await db.select().from(credentialRequests).where(eq(credentialRequests.credentialId, newId))
  expect(served).toEqual([{ credentialId: newId, requestId: old.requestId }])
})

test('a rotation is one event that names both hints and no secret; the owner is told when somebody else did it', async () => {
  const old = await credential()
  const mate = await world.developer({ organizationId: old.organizationId })
  const { ctx, newId } = await rotated(old, 'day', mate)
  const written = await db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, old.credentialId), eq(events.type, 'credential.rotated')))
  expect(written).toHaveLength(1)
  expect(written[0]).toMatchObject({
    id: ctx.announced[0],
    actorId: mate.userId,
    organizationId: old.organizationId,
    appId: old.appId,
    data: { newHint: (await row(newId))?.hint, overlap: 'day' },
  })
  expect(JSON.stringify(written)).not.toContain('prt_live')
  await deliver(ctx.announced[0] ?? 'evt_none')
  expect((await deliveriesOf(ctx.announced[0] ?? 'evt_none')).map((one) => one.recipientKey)).toEqual([
    old.owner.userId,
  ])
})

test('of forty who rotate one key at once, one does, and one new key exists', async () => {
  const old = await credential()
  const answers = await Promise.all(
    Array.from({ length: 40 }, () =>
      rotateCredential(contextFor(old.owner), old.appId, old.credentialId, { overlap: 'now' }),
    ),
  )
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  expect(answers.find((answer) => !answer.ok)).toMatchObject({ error: { code: 'already_decided' } })
  expect(await db.select().from(credentials).where(eq(credentials.appId, old.appId))).toHaveLength(2)
  const written = await db
    .select()
    .from(events)
    .where(and(eq(events.appId, old.appId), eq(events.type, 'credential.rotated')))
  expect(written).toHaveLength(1)
})

test('a key that retires or was revoked is not rotated', async () => {
  for (const change of [
    { state: 'retiring' as const, retiresAt: Date.now() + 1000 },
    { state: 'revoked' as const },
  ]) {
    const old = await credential({ row: change })
    expect(
      await rotateCredential(contextFor(old.owner), old.appId, old.credentialId, { overlap: 'now' }),
    ).toMatchObject({ error: { code: 'already_decided' } })
    expect(await db.select().from(credentials).where(eq(credentials.appId, old.appId))).toHaveLength(1)
  }
})

test('who does not see the app finds no key to rotate, also under another app of their own', async () => {
  const old = await credential()
  const stranger = await world.superAdmin()
  const own = await world.app(stranger)
  for (const appId of [old.appId, own.id]) {
    expect(
      await rotateCredential(contextFor(stranger), appId, old.credentialId, { overlap: 'now' }),
    ).toMatchObject({ error: { code: 'not_found' } })
  }
  expect(await row(old.credentialId)).toMatchObject({ state: 'active' })
})

test('a key whose overlap is over shows as revoked and is not revealed any more', async () => {
  const old = await credential()
  await rotated(old, 'hour')
  const later = Date.now() + overlapMs.hour + 1
  const page = await getAppPage(contextFor(old.owner, later), old.appId)
  expect(page.credentials.map((one) => one.state).sort()).toEqual(['active', 'revoked'])
  expect(await revealCredential(contextFor(old.owner, later), old.appId, old.credentialId)).toMatchObject({
    error: { code: 'secret_unavailable' },
  })
})
