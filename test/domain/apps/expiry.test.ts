import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { expireCredentials } from '~/domain/apps/expire-credentials.server'
import { getAppPage } from '~/domain/apps/queries-app-page.server'
import { rotateCredential } from '~/domain/apps/rotate-credential.server'
import { warnOfExpiry } from '~/domain/apps/warn-of-expiry.server'
import { parseGatewayAddress } from '~/domain/gateway/address'
import { decide } from '~/domain/gateway/decide'
import { findCredentialSnapshot } from '~/domain/gateway/queries.server'
import type { EventType } from '~/domain/kernel/events'
import type { Id } from '~/domain/kernel/ids'
import { sha256Hex } from '~/platform/encoding'
import { credentials, events } from '~db/schema'
import { contextFor, db, system } from '~test/support/context'
import { credential } from '~test/support/credentials'
import { deliver, mailsOf } from '~test/support/notifications'
import * as world from '~test/support/world'

const dayMs = 86_400_000
const hourMs = 3_600_000

async function happened(type: EventType, credentialId: string) {
  return db
    .select()
    .from(events)
    .where(and(eq(events.type, type), eq(events.subjectId, credentialId)))
}

/** A key whose time is over at `expiresAt`, born `lifetimeDays` before. */
function ending(expiresAt: number, lifetimeDays = 90) {
  return credential({
    row: { expiresAt, createdAt: expiresAt - lifetimeDays * dayMs, secretCipher: 'v1.sealed' },
  })
}

async function row(id: Id<'crd'>) {
  const [found] = await db.select().from(credentials).where(eq(credentials.id, id))
  return found
}

const told = async (id: string) =>
  (await happened('credential.expiring', id)).map((event) => event.data['days']).sort()

test('a key whose time is over is refused from that moment on, before and after it is written down', async () => {
  const now = Date.now()
  const key = await ending(now + hourMs)
  const refusal = async (at: number) => {
    const decision = decide(
      await findCredentialSnapshot(db, await sha256Hex(key.key)),
      parseGatewayAddress(`${key.base}/things`),
      'GET',
      null,
      at,
    )
    return decision.ok ? null : decision.code
  }
  expect(await refusal(now + hourMs - 1)).toBeNull()
  expect(await refusal(now + hourMs)).toBe('credential_expired')
  await expireCredentials(contextFor(system, now + hourMs))
  expect(await row(key.credentialId)).toMatchObject({ state: 'expired', secretCipher: null })
  expect(await refusal(now + hourMs)).toBe('credential_expired')
})

test('the end is written once and its owner and super admins get one mail each, of forty runs at the same time', async () => {
  const superAdmin = await world.superAdmin()
  const owner = await world.developer({ organizationId: superAdmin.organizationId })
  const now = Date.now()
  const key = await credential({ owner, row: { expiresAt: now - 1, createdAt: now - 90 * dayMs } })
  await Promise.all(Array.from({ length: 40 }, () => expireCredentials(contextFor(system, now))))
  const [event, ...others] = await happened('credential.expired', key.credentialId)
  expect(others).toEqual([])
  if (!event) throw new Error('no event')
  expect(event.organizationId).toBe(owner.organizationId)
  expect(event.appId).toBe(key.appId)
  await deliver(event.id)
  const mails = await mailsOf(event.id)
  expect(mails.map((mail) => mail.recipient).sort()).toEqual([owner.email, superAdmin.email].sort())
  expect(mails[0]?.text).toContain('has expired')
  expect(`${mails[0]?.text}${JSON.stringify(event.data)}`).not.toContain(key.key)
})

test('a key that still has time, or was revoked, is left alone', async () => {
  const now = Date.now()
  const alive = await ending(now + 1)
  const revoked = await credential({ row: { expiresAt: now - 1, state: 'revoked' } })
  const retiring = await credential({
    row: { expiresAt: now - 1, state: 'retiring', retiresAt: now + hourMs },
  })
  await expireCredentials(contextFor(system, now))
  expect(await row(alive.credentialId)).toMatchObject({ state: 'active' })
  expect(await row(revoked.credentialId)).toMatchObject({ state: 'revoked' })
  expect(await row(retiring.credentialId)).toMatchObject({ state: 'retiring' })
})

test('thirty, seven and one days before the end it is told, each once, however often the cron runs', async () => {
  const end = Date.now() + 100 * dayMs
  const key = await ending(end)
  const days: number[] = []
  for (let before = 32 * 24; before > 0; before -= 6) {
    const warned = await told(key.credentialId)
    await warnOfExpiry(contextFor(system, end - before * hourMs))
    if ((await told(key.credentialId)).length > warned.length) days.push(before / 24)
  }
  expect(days).toEqual([30, 7, 1])
  expect(await told(key.credentialId)).toEqual([1, 30, 7])
})

test('forty runs at the same time give one warning, and one mail', async () => {
  const now = Date.now()
  const key = await ending(now + 7 * dayMs - hourMs)
  await Promise.all(Array.from({ length: 40 }, () => warnOfExpiry(contextFor(system, now))))
  const [event, ...others] = await happened('credential.expiring', key.credentialId)
  expect(others).toEqual([])
  if (!event) throw new Error('no event')
  await deliver(event.id)
  const [mail, ...more] = await mailsOf(event.id)
  expect(more).toEqual([])
  expect(mail?.recipient).toBe(key.owner.email)
  expect(mail?.subject).toContain('expires soon')
  expect(mail?.text).toContain(String(event.data['expires']))
})

test('a cron that stood still does not tell the same end three times: the next warning is the one that fits', async () => {
  const end = Date.now() + 100 * dayMs
  const key = await ending(end)
  await warnOfExpiry(contextFor(system, end - 4 * dayMs))
  expect(await told(key.credentialId)).toEqual([])
  await warnOfExpiry(contextFor(system, end - hourMs))
  expect(await told(key.credentialId)).toEqual([1])
})

test('a key that lives for a week is not warned of on the day that it is made', async () => {
  const now = Date.now()
  const key = await ending(now + 7 * dayMs, 7)
  await warnOfExpiry(contextFor(system, now))
  await warnOfExpiry(contextFor(system, now + hourMs))
  expect(await told(key.credentialId)).toEqual([])
  await warnOfExpiry(contextFor(system, now + 6 * dayMs))
  expect(await told(key.credentialId)).toEqual([1])
})

test('of a key that retires, was revoked or never ends nothing is told', async () => {
  const now = Date.now()
  const old = { expiresAt: now + dayMs - hourMs, createdAt: now - 90 * dayMs }
  const keys = [
    await credential({ row: { ...old, state: 'retiring', retiresAt: now + hourMs } }),
    await credential({ row: { ...old, state: 'revoked' } }),
    await credential(),
  ]
  await warnOfExpiry(contextFor(system, now))
  for (const key of keys) expect(await told(key.credentialId)).toEqual([])
})

test('who wants no mails about ends gets none, and the log has the event all the same', async () => {
  const now = Date.now()
  const owner = await world.superAdmin({ row: { notifyExpiry: false } })
  const key = await credential({
    owner,
    row: { expiresAt: now + dayMs - hourMs, createdAt: now - 90 * dayMs },
  })
  await warnOfExpiry(contextFor(system, now))
  const [event] = await happened('credential.expiring', key.credentialId)
  if (!event) throw new Error('no event')
  await deliver(event.id)
  expect(await mailsOf(event.id)).toEqual([])
})

test('an expired key is rotated: its successor opens the same, and of forty who ask at once one makes it', async () => {
  const now = Date.now()
  const key = await ending(now - 1)
  await expireCredentials(contextFor(system, now))
  const results = await Promise.all(
    Array.from({ length: 40 }, () =>
      rotateCredential(contextFor(key.owner), key.appId, key.credentialId, { overlap: 'week' }),
    ),
  )
  const made = results.flatMap((result) => (result.ok ? [result.value.credentialId] : []))
  expect(made).toHaveLength(1)
  expect(await row(key.credentialId)).toMatchObject({ state: 'revoked' })
  const page = await getAppPage(contextFor(key.owner), key.appId)
  const working = page.credentials.filter(({ state }) => state === 'active')
  expect(working.map(({ id }) => id)).toEqual(made)
  expect(working[0]?.requests.map((request) => request.id)).toEqual([key.requestId])
})

test('an expired key whose access has ended is not rotated', async () => {
  const now = Date.now()
  const key = await credential({
    row: { expiresAt: now - 1, state: 'expired' },
    terms: { state: 'revoked' },
  })
  const result = await rotateCredential(contextFor(key.owner), key.appId, key.credentialId, {
    overlap: 'now',
  })
  expect(result.ok).toBe(false)
})
