import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { changeCredentialLimits } from '~/domain/apps/change-credential-limits.server'
import { deleteApp } from '~/domain/apps/delete-app.server'
import { freezeApp } from '~/domain/apps/freeze-app.server'
import { revealCredential } from '~/domain/apps/reveal-credential.server'
import { revokeCredential } from '~/domain/apps/revoke-credential.server'
import { rotateCredential } from '~/domain/apps/rotate-credential.server'
import { unfreezeApp } from '~/domain/apps/unfreeze-app.server'
import { tellExternalGateway } from '~/domain/gateway/tell-external-gateway.server'
import type { EventId } from '~/domain/kernel/ids'
import { sendDeliveryAgain } from '~/domain/notifications/send-delivery-again.server'
import { gatewayTools } from '~/platform/gateway-tools'
import { apis, apps, credentials, deliveries, events } from '~db/schema'
import { contextFor, db, system } from '~test/support/context'
import {
  deliverAll,
  externalKey,
  gatewayDeliveries,
  keyRow,
  tykFault,
  tykSecret,
  tykState,
} from '~test/support/external-gateways'
import { interleaved } from '~test/support/interleaving'
import { deliver, deliveriesOf, eventOf, quiet } from '~test/support/notifications'
import * as world from '~test/support/world'

type Key = Awaited<ReturnType<typeof externalKey>>

const happened = (
  key: Key,
  type: 'access_request.approved' | 'access_request.retired' = 'access_request.approved',
) =>
  eventOf({
    type,
    subjectType: 'access_request',
    subjectId: key.requestId,
    appId: key.appId,
    organizationId: key.organizationId,
  })

const sessionOf = async (key: Key) => (await tykState(key.gateway.host)).keys[key.name]

/** The time of what waits comes. */
async function due(eventId: EventId) {
  await db
    .update(deliveries)
    .set({ nextAttemptAt: Date.now() - 1 })
    .where(eq(deliveries.eventId, eventId))
}

test('an approved key works at the external gateway under its own name, with the terms of its request', async () => {
  const key = await externalKey({
    terms: { rateLimit: 5, ratePeriodSeconds: 10, quotaLimit: 1000, quotaPeriod: 'month' },
  })
  const eventId = await happened(key)
  await deliver(eventId)
  expect(await sessionOf(key)).toMatchObject({
    org_id: 'org1',
    expires: -1,
    access_rights: {
      [key.externalApiId]: {
        allowance_scope: key.requestId,
        limit: { rate: 5, per: 10, quota_max: 1000, quota_renewal_rate: 31 * 86_400 },
      },
    },
  })
  expect(await keyRow(key.credentialId, key.gateway.id)).toMatchObject({ state: 'present', claimedUntil: 0 })
  const rows = await deliveriesOf(eventId)
  expect(rows.filter((row) => row.channel === 'gateway')).toMatchObject([{ state: 'sent', attempts: 1 }])
  // Neither the key nor the gateway's secret is in what is kept or shown of it.
  const shown = JSON.stringify([rows, await db.select().from(events).where(eq(events.id, eventId))])
  expect(shown).not.toContain(key.key)
  expect(shown).not.toContain(tykSecret)
})

test('a frozen app loses its key there until it is unfrozen, and a revoked key is gone for good', async () => {
  const key = await externalKey()
  await deliver(await happened(key))
  const ctx = contextFor(key.owner)
  await freezeApp(ctx, key.appId, { reason: '' })
  await deliverAll(ctx.announced)
  expect(await sessionOf(key)).toBeUndefined()
  expect(await keyRow(key.credentialId, key.gateway.id)).toMatchObject({ state: 'absent' })

  const thawed = contextFor(key.owner)
  await unfreezeApp(thawed, key.appId)
  await deliverAll(thawed.announced)
  expect(await sessionOf(key)).toBeDefined()

  const revoking = contextFor(key.owner)
  expect((await revokeCredential(revoking, key.appId, key.credentialId)).ok).toBe(true)
  await deliverAll(revoking.announced)
  expect(await sessionOf(key)).toBeUndefined()
  expect(await keyRow(key.credentialId, key.gateway.id)).toBeNull()
})

test('a rotated key ends there when its overlap does, beside the new one', async () => {
  const key = await externalKey()
  await deliver(await happened(key))
  const ctx = contextFor(key.owner)
  const rotated = await rotateCredential(ctx, key.appId, key.credentialId, { overlap: 'day' })
  await deliverAll(ctx.announced)
  const { keys } = await tykState(key.gateway.host)
  expect(Object.keys(keys)).toHaveLength(2)
  const [old] = await db.select().from(credentials).where(eq(credentials.id, key.credentialId))
  expect(keys[key.name]).toMatchObject({ expires: Math.floor((old?.retiresAt ?? 0) / 1000) })
  expect(rotated.ok).toBe(true)
})

test('a key that is limited to what the gateway cannot check is not there', async () => {
  const key = await externalKey()
  await deliver(await happened(key))
  const limited = (ipRanges: string[], methods: ('GET' | 'POST')[], version: number) => {
    const ctx = contextFor(key.owner)
    return changeCredentialLimits(ctx, key.appId, key.credentialId, {
      ipRanges,
      methods,
      paths: [],
      notBefore: null,
      ownExpiresAt: null,
      name: 'Key for tests',
      version,
    }).then(async (result) => {
      expect(result).toMatchObject({ ok: true })
      await deliverAll(ctx.announced)
    })
  }
  await limited([], ['GET'], 0)
  expect(await sessionOf(key)).toMatchObject({
    access_rights: { [key.externalApiId]: { allowed_urls: [{ url: '.*', methods: ['GET'] }] } },
  })
  await limited(['203.0.113.0/24'], [], 1)
  expect(await sessionOf(key)).toBeUndefined()
})

test('a gateway that is down is tried again later and later, and told the newest state when it is back', async () => {
  const warned = quiet()
  const key = await externalKey()
  const eventId = await happened(key)
  await tykFault(key.gateway.host, { status: 500, times: 2 })
  const first = await deliver(eventId)
  await due(eventId)
  const second = await deliver(eventId)
  expect(await gatewayDeliveries(key.gateway.id)).toMatchObject([
    { state: 'pending', attempts: 2, lastError: 'Tyk answered 500.' },
  ])
  expect(second.retried[0]?.delaySeconds).toBeGreaterThan(first.retried[0]?.delaySeconds ?? 0)
  await db
    .update(apis)
    .set({ name: 'Renamed' })
    .where(eq(apis.id, key.apiId ?? 'api_none'))
  await due(eventId)
  expect(await deliver(eventId)).toMatchObject({ retried: [] })
  expect(await sessionOf(key)).toBeDefined()
  expect(await gatewayDeliveries(key.gateway.id)).toMatchObject([{ state: 'sent', lastError: null }])
  expect(warned).not.toHaveBeenCalled()
})

test('a refused secret fails at once, and an admin has it told again when the secret is right', async () => {
  quiet()
  const key = await externalKey()
  const eventId = await happened(key)
  await tykFault(key.gateway.host, { status: 403 })
  await deliver(eventId)
  const [failed] = await gatewayDeliveries(key.gateway.id)
  expect(failed).toMatchObject({ state: 'failed', lastError: 'Tyk refused the secret (403).' })
  const ctx = contextFor(await world.admin())
  const again = await Promise.all(
    Array.from({ length: 40 }, () => sendDeliveryAgain(ctx, failed?.id ?? 'dlv_none')),
  )
  expect(again.filter((result) => result.ok)).toHaveLength(1)
  await deliver(eventId)
  expect(await sessionOf(key)).toBeDefined()
})

test('an old event that is delivered after a revocation does not bring the key back', async () => {
  const key = await externalKey()
  const approved = await happened(key)
  const ctx = contextFor(key.owner)
  await deliver(approved)
  const late = await happened(key, 'access_request.retired')
  await revokeCredential(ctx, key.appId, key.credentialId)
  await deliverAll(ctx.announced)
  await deliver(late)
  await due(approved)
  await deliver(approved)
  expect(await sessionOf(key)).toBeUndefined()
})

test('forty who tell a gateway of one key do it one at a time, and the last state is the one that is told', async () => {
  const key = await externalKey()
  const told = () => tellExternalGateway(contextFor(system), key.gateway.id, key.credentialId, gatewayTools)
  const all = await Promise.all(Array.from({ length: 40 }, told))
  expect(all.filter(({ outcome }) => outcome === 'told').length).toBeGreaterThan(0)
  expect(all.every(({ outcome }) => outcome === 'told' || outcome === 'busy')).toBe(true)
  await Promise.all([
    revokeCredential(contextFor(key.owner), key.appId, key.credentialId),
    ...Array.from({ length: 20 }, told),
  ])
  while ((await told()).outcome === 'busy');
  expect(await sessionOf(key)).toBeUndefined()
  expect((await tykState(key.gateway.host)).mostAtOnce).toBe(1)
})

test('what changes after somebody claimed to tell of a key is told by them', async () => {
  const key = await externalKey()
  const revokes = () => revokeCredential(contextFor(key.owner), key.appId, key.credentialId)
  const teller = interleaved(contextFor(system), 'after', revokes)
  const told = await tellExternalGateway(teller, key.gateway.id, key.credentialId, gatewayTools)
  expect(told).toMatchObject({ outcome: 'not_needed' })
  expect(await sessionOf(key)).toBeUndefined()
})

test('who dies while telling leaves a key that is ended all the same', async () => {
  const key = await externalKey()
  const dying = {
    adapterFor: () => ({
      ...gatewayTools.adapterFor('tyk'),
      provision: async (...args: Parameters<ReturnType<typeof gatewayTools.adapterFor>['provision']>) => {
        await gatewayTools.adapterFor('tyk').provision(...args)
        throw new Error('the isolate is gone')
      },
    }),
  }
  await expect(
    tellExternalGateway(contextFor(system), key.gateway.id, key.credentialId, dying),
  ).rejects.toThrow()
  expect(await keyRow(key.credentialId, key.gateway.id)).toMatchObject({ state: 'unsure' })
  await revokeCredential(contextFor(key.owner), key.appId, key.credentialId)
  const later = contextFor(system, Date.now() + 61_000)
  expect(await tellExternalGateway(later, key.gateway.id, key.credentialId, gatewayTools)).toEqual({
    outcome: 'told',
  })
  expect(await sessionOf(key)).toBeUndefined()
})

test('the keys of a deleted app are ended there', async () => {
  const key = await externalKey()
  await deliver(await happened(key))
  const ctx = contextFor(key.owner)
  const [app] = await db.select().from(apps).where(eq(apps.id, key.appId))
  expect(await deleteApp(ctx, key.appId, { confirmation: app?.name ?? '' })).toMatchObject({ ok: true })
  await deliverAll(ctx.announced)
  expect(await sessionOf(key)).toBeUndefined()
  expect(await keyRow(key.credentialId, key.gateway.id)).toBeNull()
})

test('a key that is shown once is told all the same when it was shown first', async () => {
  const key = await externalKey({ row: { showOnce: true } })
  const eventId = await happened(key)
  const shown = await revealCredential(contextFor(key.owner), key.appId, key.credentialId)
  expect(shown).toMatchObject({ ok: true, value: { secret: key.key } })
  await deliver(eventId)
  expect(await sessionOf(key)).toBeDefined()
})

test('a key whose secret is kept nowhere is said so, not told as something else', async () => {
  quiet()
  const key = await externalKey()
  await db
    .update(credentials)
    .set({ state: 'expired', secretCipher: null })
    .where(eq(credentials.id, key.credentialId))
  await db.update(credentials).set({ state: 'active' }).where(eq(credentials.id, key.credentialId))
  await deliver(await happened(key))
  expect(await gatewayDeliveries(key.gateway.id)).toMatchObject([
    {
      state: 'failed',
      lastError: 'This key was shown once and is not kept. Rotate it: the new one is told.',
    },
  ])
})
