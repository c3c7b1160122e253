// Invite codes: a word that lets its bearer register into a team, as often as it allows. The whole code is shown to admins
// only: events carry its end.
import { z } from 'zod'
import { idSchema } from '~/domain/kernel/ids'

export const inviteCodeStates = ['usable', 'used_up', 'expired', 'inactive'] as const
export type InviteCodeState = (typeof inviteCodeStates)[number]

export const inviteCodeStateLabels: Record<InviteCodeState, string> = {
  usable: 'Active',
  used_up: 'Used up',
  expired: 'Expired',
  inactive: 'Inactive',
}

export type InviteCodeFacts = { active: boolean; uses: number; maxUses: number; expiresAt: number | null }

/** Why a code lets nobody in; the first reason in this order. */
export function inviteCodeState(code: InviteCodeFacts, now: number): InviteCodeState {
  if (!code.active) return 'inactive'
  if (code.expiresAt !== null && code.expiresAt <= now) return 'expired'
  return code.uses >= code.maxUses ? 'used_up' : 'usable'
}

/** The end of a code, such as `…7QX4`: enough to tell codes apart in the log, too little to register with. */
export function inviteCodeHint(code: string): string {
  return `…${code.slice(-4)}`
}

export const maxUsesLimit = 100_000

const maxUsesSchema = z.coerce
  .number({ error: 'Enter how often the code can be used.' })
  .int('Enter a whole number.')
  .min(1, 'A code can be used at least once.')
  .max(maxUsesLimit, `A code can be used at most ${maxUsesLimit.toLocaleString('en')} times.`)

/** The last day on which the code works (UTC), as the moment after it; null when it has no end. */
const lastDaySchema = z
  .string()
  .trim()
  .optional()
  .transform((day, context): number | null => {
    if (!day) return null
    const start = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
    if (Number.isFinite(start) && new Date(start).toISOString().startsWith(day)) return start + 86_400_000
    context.addIssue({ code: 'custom', message: 'This is not a day. Write it like 2030-12-31.' })
    return z.NEVER
  })

/** What the field shows for a code that ends at `expiresAt`. */
export function lastDay(expiresAt: number | null): string {
  return expiresAt === null ? '' : new Date(expiresAt - 1).toISOString().slice(0, 10)
}

/** Eight characters at least: shorter ones are found by trying. */
const codeSchema = z
  .string()
  .trim()
  .min(8, 'A code needs at least 8 characters.')
  .max(40, 'A code can have at most 40 characters.')
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'Use letters, digits, dots, hyphens and underscores only.')

export const createInviteCodeInput = z.object({
  code: codeSchema.optional(),
  teamId: z.string({ error: 'Choose a team.' }).pipe(idSchema('team')),
  maxUses: maxUsesSchema,
  expiresAt: lastDaySchema,
})
export type CreateInviteCodeInput = z.output<typeof createInviteCodeInput>

export const editInviteCodeInput = z.object({ maxUses: maxUsesSchema, expiresAt: lastDaySchema })
export type EditInviteCodeInput = z.output<typeof editInviteCodeInput>
