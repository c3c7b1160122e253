import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { resealFactors } from '~/domain/accounts/reseal-factors.server'
import { resealCredentials } from '~/domain/apps/reseal-credentials.server'
import { createVault } from '~/platform/vault'
import { credentials, twoFactorSecrets } from '~db/schema'
import { contextFor, db, system } from '~test/support/context'
import { credential } from '~test/support/credentials'
import * as world from '~test/support/world'

const first = `7:${btoa('a'.repeat(32))}`
const second = `8:${btoa('b'.repeat(32))}`
const older = createVault(first)
const both = createVault(`${second},${first}`)

async function sealedKey(key: string) {
  const made = await credential()
  const secretCipher = await older.seal(key, made.credentialId)
  await db.update(credentials).set({ secretCipher }).where(eq(credentials.id, made.credentialId))
  return made.credentialId
}

const cipherOf = async (id: `crd_${string}`) =>
  (await db.select().from(credentials).where(eq(credentials.id, id)))[0]?.secretCipher ?? ''

test('what an older key protects moves on to the newest, and opens without the older one', async () => {
  const id = await sealedKey('the secret')
  const person = await world.developer()
  await db.insert(twoFactorSecrets).values({
    userId: person.userId,
    secretCipher: await older.seal('the factor', `two_factor_secrets/${person.userId}`),
    createdAt: Date.now(),
  })
  const ctx = { ...contextFor(system), vault: both }
  expect(await resealCredentials(ctx)).toBe(1)
  expect(await resealFactors(ctx)).toBe(1)
  const alone = createVault(second)
  expect(await alone.open(await cipherOf(id), id)).toBe('the secret')
  const [factor] = await db.select().from(twoFactorSecrets).where(eq(twoFactorSecrets.userId, person.userId))
  expect(await alone.open(factor?.secretCipher ?? '', `two_factor_secrets/${person.userId}`)).toBe(
    'the factor',
  )
  expect(await resealCredentials(ctx)).toBe(0)
  expect(await resealFactors(ctx)).toBe(0)
})

test('forty runs at the same time leave each secret readable', async () => {
  const ids = await Promise.all(Array.from({ length: 5 }, (_, n) => sealedKey(`secret ${n}`)))
  const ctx = { ...contextFor(system), vault: both }
  const counts = await Promise.all(Array.from({ length: 40 }, () => resealCredentials(ctx)))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5)
  const opened = await Promise.all(ids.map(async (id) => createVault(second).open(await cipherOf(id), id)))
  expect(opened).toEqual(ids.map((_, n) => `secret ${n}`))
})

test('a secret that is erased meanwhile stays erased', async () => {
  const id = await sealedKey('gone')
  const slow = {
    ...both,
    open: async (text: string, context: string) => {
      await db.update(credentials).set({ secretCipher: null }).where(eq(credentials.id, id))
      return both.open(text, context)
    },
  }
  expect(await resealCredentials({ ...contextFor(system), vault: slow })).toBe(0)
  expect(await cipherOf(id)).toBe('')
})

test('with one key, or with rows of a key that nobody has any more, nothing is touched and nothing fails', async () => {
  const id = await sealedKey('kept')
  const before = await cipherOf(id)
  expect(await resealCredentials({ ...contextFor(system), vault: older })).toBe(0)
  const strangers = createVault(`${second},9:${btoa('c'.repeat(32))}`)
  expect(await resealCredentials({ ...contextFor(system), vault: strangers })).toBe(0)
  expect(await cipherOf(id)).toBe(before)
  await db.update(credentials).set({ secretCipher: null }).where(eq(credentials.id, id))
})
