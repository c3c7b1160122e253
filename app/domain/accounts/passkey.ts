// Passkeys: what the forms about them take. The answer of an authenticator comes as JSON in one field; only the platform
// reads it.
import { z } from 'zod'
import { lineSchema } from '~/domain/kernel/text'
import { currentPasswordSchema } from './account'

export const maxPasskeys = 20

/** Between the question and the authenticator's answer. */
export const passkeySeconds = 5 * 60

/** The name of the field keeps what was sent out of the page that is shown again. */
export const passkeyTokenSchema = z
  .string({ error: 'Your browser did not send an answer of the passkey. Try again.' })
  .min(1, 'Your browser did not send an answer of the passkey. Try again.')
  .max(20_000, 'The answer of the passkey is too long. Try again.')

export const beginPasskeyInput = z.object({ currentPassword: currentPasswordSchema })
export type BeginPasskeyInput = z.output<typeof beginPasskeyInput>

export const addPasskeyInput = z.object({
  name: lineSchema('Name', 1, 60),
  passkeyToken: passkeyTokenSchema,
})
export type AddPasskeyInput = z.output<typeof addPasskeyInput>

export const logInWithPasskeyInput = z.object({ passkeyToken: passkeyTokenSchema })
export type LogInWithPasskeyInput = z.output<typeof logInWithPasskeyInput>

/** What a browser needs to ask an authenticator. */
export type PasskeyQuestion = {
  challenge: string
  /** The passkeys that may answer, or (at enrolment) those that exist already; none: any passkey of this portal. */
  known: { id: string; transports: string[] }[]
}
