// Whether the person is there, or only their session: what a log-in proved counts for a while, then it is proved anew.
import { z } from 'zod'
import { currentPasswordSchema } from './account'
import { proveFactorInput } from './second-factor'

/** To see a key: short, because screens are left alone and cookies are stolen. */
export const seeKeyWithinMs = 15 * 60_000
/** To call with a key that the page keeps to itself: a day's work with the reference goes on undisturbed. */
export const useKeyWithinMs = 12 * 3_600_000

/** The password, or a second factor instead of it. `asked`: the form asked for one of them. */
export const confirmPresenceInput = proveFactorInput
  .extend({ currentPassword: currentPasswordSchema.optional(), asked: z.literal('yes').optional() })
  .refine((input) => input.asked === undefined || gaveProof(input), {
    path: ['currentPassword'],
    error: 'Enter your password.',
  })
export type ConfirmPresenceInput = z.output<typeof confirmPresenceInput>

export function gaveProof(input: {
  currentPassword?: string | undefined
  factorCode?: string | undefined
  passkeyToken?: string | undefined
}): boolean {
  return Boolean(input.currentPassword || input.factorCode || input.passkeyToken)
}

/** `provenAt` is when this session last showed a password or a second factor. */
export function wasThereWithin(actor: { provenAt: number }, withinMs: number, now: number): boolean {
  return actor.provenAt > now - withinMs
}
