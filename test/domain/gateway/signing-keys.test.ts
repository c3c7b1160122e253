import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { createSigningKey } from '~/domain/gateway/create-signing-key.server'
import { listSigningKeys } from '~/domain/gateway/queries-signing-keys.server'
import { rotateSigningKeys } from '~/domain/gateway/rotate-signing-keys.server'
import { keptAfterMs, publishedAheadMs, signingPeriodMs } from '~/domain/gateway/signing-key'
import { createTokenVerifier, signAccessToken } from '~/platform/access-tokens'
import { handleScheduled } from '~/platform/schedule'
import { createSigningKeyring } from '~/platform/signing-keyring'
import { events, signingKeys } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { partsOf } from '~test/support/forged-tokens'

const system = contextFor({ type: 'system' })
const start = Date.now()
const at = (now: number) => ({ ...system, now, announced: [] })
const grant = { clientId: 'prt_client_x', credentialId: 'crd_1', scope: null, lifetime: 600 } as const
const parties = { issuer: system.origin, audience: `${system.gatewayOrigin}/gateway` }

async function told(type: 'signing_key.created' | 'signing_key.deleted'): Promise<number> {
  return (await db.select().from(events).where(eq(events.type, type))).length
}

beforeEach(async () => {
  await db.delete(signingKeys)
  await db.delete(events).where(eq(events.subjectType, 'signing_key'))
})

test('of forty who need the first key at once, one makes it, and all sign with it', async () => {
  const tokens = await Promise.all(
    Array.from({ length: 40 }, () => signAccessToken(at(start), grant, createSigningKeyring())),
  )
  const keys = await listSigningKeys(db)
  expect(keys).toHaveLength(1)
  expect(new Set(tokens.map((token) => partsOf(token).header['kid']))).toEqual(new Set([keys[0]?.id]))
  expect(await told('signing_key.created')).toBe(1)
})

test('the private half is only there as sealed text that no other row can open', async () => {
  await createSigningKey(at(start))
  const [key] = await listSigningKeys(db)
  if (!key) throw new Error('no key')
  expect(Object.keys(key.publicJwk).sort()).toEqual(['crv', 'kty', 'x', 'y'])
  expect(key.privateCipher).toMatch(/^v1\./)
  const jwk = JSON.parse(await system.vault.open(key.privateCipher, key.id)) as { d: string }
  expect(jwk.d).toMatch(/^[\w-]{43}$/)
  await expect(system.vault.open(key.privateCipher, 'sgk_other')).rejects.toThrow()
  expect(JSON.stringify(await db.select().from(events))).not.toContain(jwk.d)
})

test('a key is replaced after ninety days: its successor is published a day before it signs, and it goes an hour after', async () => {
  await createSigningKey(at(start))
  const due = start + signingPeriodMs - publishedAheadMs
  expect(await rotateSigningKeys(at(due - 1))).toEqual({ created: 0, deleted: 0 })
  expect(await rotateSigningKeys(at(due))).toEqual({ created: 1, deleted: 0 })
  expect(await rotateSigningKeys(at(due + 1))).toEqual({ created: 0, deleted: 0 })
  const [next, first] = await listSigningKeys(db)
  expect(next?.signsFrom).toBe(due + publishedAheadMs)

  const signer = async (now: number) =>
    partsOf(await signAccessToken(at(now), grant, createSigningKeyring())).header['kid']
  const turn = due + publishedAheadMs
  expect(await signer(turn - 1)).toBe(first?.id)
  expect(await signer(turn)).toBe(next?.id)
  expect(await rotateSigningKeys(at(turn + keptAfterMs - 1))).toEqual({ created: 0, deleted: 0 })
  expect(await rotateSigningKeys(at(turn + keptAfterMs))).toEqual({ created: 0, deleted: 1 })
  expect((await listSigningKeys(db)).map(({ id }) => id)).toEqual([next?.id])
  expect([await told('signing_key.created'), await told('signing_key.deleted')]).toEqual([2, 1])
})

test('forty rotations at once make one key and delete each old one once', async () => {
  await createSigningKey(at(start))
  const due = start + signingPeriodMs - publishedAheadMs
  const made = await Promise.all(Array.from({ length: 40 }, () => rotateSigningKeys(at(due))))
  expect(made.reduce((sum, { created }) => sum + created, 0)).toBe(1)
  const over = due + publishedAheadMs + keptAfterMs
  const gone = await Promise.all(Array.from({ length: 40 }, () => rotateSigningKeys(at(over))))
  expect(gone.reduce((sum, { deleted }) => sum + deleted, 0)).toBe(1)
  expect([await told('signing_key.created'), await told('signing_key.deleted')]).toEqual([2, 1])
})

test('tokens of the old key are good until it goes, and of a key that was deleted by hand no longer', async () => {
  const keyring = createSigningKeyring()
  await createSigningKey(at(start))
  const token = await signAccessToken(at(Date.now()), grant, keyring)
  const next = await listSigningKeys(db)
  await db.update(signingKeys).set({ signsFrom: start - signingPeriodMs })
  await rotateSigningKeys(at(start))
  expect(await createTokenVerifier(createSigningKeyring()).check(token, db, parties)).toMatchObject({
    ok: true,
  })
  await db.delete(signingKeys).where(eq(signingKeys.id, next[0]?.id ?? 'sgk_none'))
  expect(await createTokenVerifier(createSigningKeyring()).check(token, db, parties)).toEqual({
    ok: false,
    expired: null,
  })
})

test('the cron makes no key where none was ever needed, and renews one that is due', async () => {
  const run = () => handleScheduled({} as ScheduledController, env)
  await run()
  expect(await listSigningKeys(db)).toEqual([])
  await createSigningKey(at(Date.now() - signingPeriodMs))
  await run()
  expect(await listSigningKeys(db)).toHaveLength(2)
})
