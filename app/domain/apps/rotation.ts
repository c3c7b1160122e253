// Rotating a key: a new one is issued, and the old one lives on for a chosen time so that programs can change over.
import { z } from 'zod'

export const overlaps = ['now', 'hour', 'day', 'week'] as const
export type Overlap = (typeof overlaps)[number]

export const overlapMs: Record<Overlap, number> = {
  now: 0,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
}

export const overlapLabels: Record<Overlap, string> = {
  now: 'At once',
  hour: 'After 1 hour',
  day: 'After 24 hours',
  week: 'After 7 days',
}

/** An old key that nobody calls with for so long ends before its overlap does: a weekend is shorter, a forgotten key is not. */
export const idleEndMs = 3 * 86_400_000

export const overlapSchema = z.enum(overlaps, { error: 'Choose when the old keys stop working.' })

export const rotateCredentialInput = z.object({ overlap: overlapSchema.default('now') })
export type RotateCredentialInput = z.output<typeof rotateCredentialInput>

/** Removing a member: their keys are rotated only where one says so. */
export const removeMemberInput = z.object({
  rotate: z.boolean().default(false),
  overlap: overlapSchema.default('now'),
})
export type RemoveMemberInput = z.output<typeof removeMemberInput>
