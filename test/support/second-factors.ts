// Second factors for tests: an authenticator app that is on, its codes at any time, and recovery codes.

import { env } from 'cloudflare:workers'
import { decodeBase32IgnorePadding } from '@oslojs/encoding'
import { generateHOTP } from '@oslojs/otp'
import { sealedFor } from '~/domain/accounts/factors.server'
import { newRecoveryCode } from '~/domain/accounts/recovery-code'
import { type Id, newId } from '~/domain/kernel/ids'
import { sha256Hex } from '~/platform/encoding'
import { contextTools } from '~/platform/scope'
import { passkeys, recoveryCodes, twoFactorSecrets } from '~db/schema'
import { db } from './context'

/** What an authenticator app shows at `at` (ms) for a secret in base32. */
export function codeAt(secret: string, at: number): string {
  return generateHOTP(decodeBase32IgnorePadding(secret), BigInt(Math.floor(at / 30_000)), 6)
}

/** Six digits that are no code of the secret around `at`. */
export function wrongCodeAt(secret: string, at: number): string {
  const right = [-1, 0, 1].map((step) => codeAt(secret, at + step * 30_000))
  return ['000000', '111111', '222222', '333333'].find((code) => !right.includes(code)) ?? '444444'
}

/** An authenticator app that is on. Answers its secret, in base32. */
export async function authenticator(user: { userId: Id<'usr'> }): Promise<string> {
  const tools = contextTools(env, Date.now)
  const secret = tools.totp.newSecret()
  await db.insert(twoFactorSecrets).values({
    userId: user.userId,
    secretCipher: await tools.vault.seal(secret, sealedFor(user.userId)),
    confirmedAt: Date.now(),
    createdAt: Date.now(),
  })
  return secret
}

export async function recoveryCode(user: { userId: Id<'usr'> }): Promise<string> {
  const code = newRecoveryCode()
  await db
    .insert(recoveryCodes)
    .values({ codeHash: await sha256Hex(code), userId: user.userId, createdAt: Date.now() })
  return code
}

/** A passkey row. Nobody holds its key: for what only asks whether there is one. */
export async function passkey(
  user: { userId: Id<'usr'> },
  changes: Partial<typeof passkeys.$inferInsert> = {},
) {
  const id = newId('pky', Date.now())
  await db.insert(passkeys).values({
    id,
    userId: user.userId,
    credentialId: crypto.randomUUID(),
    publicKey: '',
    signCount: 0,
    transports: ['internal'],
    backedUp: true,
    name: 'Laptop',
    createdAt: Date.now(),
    ...changes,
  })
  return id
}
