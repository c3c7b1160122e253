// Plans: what they limit, in words.
import { z } from 'zod'
import { idSchema } from '~/domain/kernel/ids'
import { lineSchema, paragraphSchema } from '~/domain/kernel/text'
import { type QuotaPeriod, quotaPeriods } from './quota-period'

export type PlanTerms = {
  rateLimit: number | null
  ratePeriodSeconds: number | null
  quotaLimit: number | null
  quotaPeriod: QuotaPeriod | null
  keyLifetimeDays: number | null
}

const positive = z.number().int().min(1).max(1_000_000_000)

export const createPlanInput = z
  .object({
    name: lineSchema('Name', 2, 80),
    description: paragraphSchema('Description', 500),
    rateLimit: positive.nullable(),
    ratePeriodSeconds: positive.max(86_400).nullable(),
    quotaLimit: positive.nullable(),
    quotaPeriod: z.enum(quotaPeriods).nullable(),
    keyLifetimeDays: positive.max(3650).nullable(),
    approval: z.enum(['auto', 'manual']),
    catalogIds: z.array(idSchema('cat')).max(100),
  })
  .refine((plan) => (plan.rateLimit === null) === (plan.ratePeriodSeconds === null), {
    path: ['rateLimit'],
    error: 'A rate limit needs both a number of calls and a period.',
  })
  .refine((plan) => (plan.quotaLimit === null) === (plan.quotaPeriod === null), {
    path: ['quotaLimit'],
    error: 'A quota needs both a number of calls and a period.',
  })
export type CreatePlanInput = z.output<typeof createPlanInput>

const number = new Intl.NumberFormat('en')

function calls(count: number): string {
  return count === 1 ? '1 call' : `${number.format(count)} calls`
}

/** "5 calls per 10 seconds", or null without a rate limit. */
export function rateLabel({
  rateLimit,
  ratePeriodSeconds,
}: Pick<PlanTerms, 'rateLimit' | 'ratePeriodSeconds'>): string | null {
  if (rateLimit === null || ratePeriodSeconds === null) return null
  return `${calls(rateLimit)} ${periodLabel(ratePeriodSeconds)}`
}

function periodLabel(seconds: number): string {
  for (const [unit, size] of [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const) {
    if (seconds % size === 0) return seconds === size ? `per ${unit}` : `per ${seconds / size} ${unit}s`
  }
  return seconds === 1 ? 'per second' : `per ${seconds} seconds`
}

/** "1,000 calls a day", or null without a quota. */
export function quotaLabel({
  quotaLimit,
  quotaPeriod,
}: Pick<PlanTerms, 'quotaLimit' | 'quotaPeriod'>): string | null {
  if (quotaLimit === null || quotaPeriod === null) return null
  return `${calls(quotaLimit)} ${quotaPeriod === 'hour' ? 'an' : 'a'} ${quotaPeriod}`
}

/** Both limits in one line, or "Unlimited calls". */
export function limitsLabel(
  terms: Pick<PlanTerms, 'rateLimit' | 'ratePeriodSeconds' | 'quotaLimit' | 'quotaPeriod'>,
): string {
  return [rateLabel(terms), quotaLabel(terms)].filter(Boolean).join(', ') || 'Unlimited calls'
}

export function keyLifetimeLabel({ keyLifetimeDays }: Pick<PlanTerms, 'keyLifetimeDays'>): string {
  if (keyLifetimeDays === null) return 'Keys do not expire'
  return keyLifetimeDays === 1 ? 'Keys last 1 day' : `Keys last ${number.format(keyLifetimeDays)} days`
}

export function approvalLabel(approval: 'auto' | 'manual'): string {
  return approval === 'auto' ? 'Approved at once' : 'An admin approves'
}
