// Second factors: what the forms about them take, and their words. "Two-factor is on" means an authenticator app or a passkey.
import { z } from 'zod'
import { currentPasswordSchema } from './account'
import { readRecoveryCode } from './recovery-code'

export type Factor = 'authenticator app' | 'passkey' | 'recovery code'

/** A secret that was shown but not yet confirmed counts for this long. */
export const enrolmentMs = 15 * 60_000
/** Between the password and the second factor. */
export const challengeSeconds = 10 * 60
/** Tries on one challenge; then the password is asked for again. */
export const triesPerChallenge = 5

const stepMs = 30_000
/** How long a code is taken beyond its own 30 seconds, for slow fingers and clocks that differ (RFC 6238 §5.2, §6). */
const graceMs = 10_000

/** The steps whose codes are right at `now` (ms): the present one, and a neighbour close to its edge. */
export function stepsAt(now: number): number[] {
  return [...new Set([now - graceMs, now, now + graceMs].map((at) => Math.floor(at / stepMs)))]
}

export type TypedCode = { kind: 'app'; code: string } | { kind: 'recovery'; code: string }

/** Tells by its form what was typed: six digits are an app's code. Null for what can be neither. */
export function readCode(typed: string): TypedCode | null {
  const plain = typed.replace(/[\s-]/g, '')
  if (/^[0-9]{6}$/.test(plain)) return { kind: 'app', code: plain }
  const recovery = readRecoveryCode(typed)
  return recovery === null ? null : { kind: 'recovery', code: recovery }
}

/** The name of the field keeps what was typed out of the page that is shown again. */
export const factorCodeSchema = z
  .string({ error: 'Enter a code.' })
  .trim()
  .min(1, 'Enter a code.')
  .max(100, 'This code is too long. Check it.')

export const beginAuthenticatorInput = z.object({ currentPassword: currentPasswordSchema })
export type BeginAuthenticatorInput = z.output<typeof beginAuthenticatorInput>

export const confirmAuthenticatorInput = z.object({ factorCode: factorCodeSchema })
export type ConfirmAuthenticatorInput = z.output<typeof confirmAuthenticatorInput>

/** A code, or the signed answer of a passkey. */
const proof = {
  factorCode: factorCodeSchema.optional(),
  passkeyToken: z.string().max(20_000, 'The answer of the passkey is too long. Try again.').optional(),
}

export const proveFactorInput = z.object(proof)
export type ProveFactorInput = z.output<typeof proveFactorInput>

export const changeFactorsInput = z.object({ currentPassword: currentPasswordSchema, ...proof })
export type ChangeFactorsInput = z.output<typeof changeFactorsInput>
