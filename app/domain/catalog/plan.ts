// Plans: what they limit, in words.
import { z } from 'zod'
import { idSchema } from '~/domain/kernel/ids'
import { formatNumber } from '~/domain/kernel/number'
import { lineSchema, paragraphSchema } from '~/domain/kernel/text'
import { type QuotaPeriod, quotaPeriods } from './quota-period'

export type PlanTerms = {
  rateLimit: number | null
  ratePeriodSeconds: number | null
  quotaLimit: number | null
  quotaPeriod: QuotaPeriod | null
  keyLifetimeDays: number | null
}

export const planApprovals = ['auto', 'manual'] as const

const maxCalls = 1_000_000_000
const callsError = 'Enter how many calls, from 1 to 1,000,000,000.'
const lifetimeError = 'Enter a number of days from 1 to 3,650, or nothing.'

export const createPlanInput = z
  .object({
    name: lineSchema('Name', 2, 80),
    description: paragraphSchema('Description', 500),
    rateLimit: wholeNumber(callsError, maxCalls).nullable(),
    ratePeriodSeconds: wholeNumber('Enter a number of seconds from 1 to 86,400.', 86_400).nullable(),
    quotaLimit: wholeNumber(callsError, maxCalls).nullable(),
    quotaPeriod: z.enum(quotaPeriods, { error: 'Choose a period.' }).nullable(),
    keyLifetimeDays: wholeNumber(lifetimeError, 3650).nullable(),
    approval: z.enum(planApprovals, { error: 'Choose who approves.' }),
    catalogIds: z.array(idSchema('cat')).max(100, 'Choose at most 100 catalogs.'),
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

/** Without catalogs it stays in those that offer it. */
export type EditPlanInput = Omit<CreatePlanInput, 'catalogIds'> & {
  catalogIds?: CreatePlanInput['catalogIds'] | undefined
}

export const rateUnits = { second: 1, minute: 60, hour: 3600, day: 86_400 } as const
export type RateUnit = keyof typeof rateUnits
const rateUnitNames = Object.keys(rateUnits) as [RateUnit, ...RateUnit[]]

/** A plan as a form holds it: a limit is a number, how many of a unit it is for, and the unit, which may be "unlimited". */
export const planFormInput = z
  .object({
    name: lineSchema('Name', 2, 80),
    description: paragraphSchema('Description', 500),
    rateLimit: wholeNumber(callsError, maxCalls).optional(),
    rateEvery: wholeNumber('Enter a number from 1 to 86,400.', 86_400).optional(),
    rateUnit: z.enum(['unlimited', ...rateUnitNames], { error: 'Choose a period.' }),
    quotaLimit: wholeNumber(callsError, maxCalls).optional(),
    quotaPeriod: z.enum(['unlimited', ...quotaPeriods], { error: 'Choose a period.' }),
    keyLifetimeDays: wholeNumber(lifetimeError, 3650).optional(),
    approval: z.enum(planApprovals, { error: 'Choose who approves.' }),
    catalogIds: z.array(idSchema('cat')).max(100, 'Choose at most 100 catalogs.'),
  })
  .superRefine((form, ctx) => {
    const complain = (path: string, message: string) =>
      ctx.addIssue({ code: 'custom', path: [path], message })
    if (form.rateUnit !== 'unlimited' && form.rateLimit === undefined)
      complain('rateLimit', 'Enter how many calls, or choose “Unlimited”.')
    if (form.rateUnit !== 'unlimited' && (form.rateEvery ?? 1) * rateUnits[form.rateUnit] > 86_400)
      complain('rateEvery', 'A rate limit is for at most one day. Use a quota for longer periods.')
    if (form.quotaPeriod !== 'unlimited' && form.quotaLimit === undefined)
      complain('quotaLimit', 'Enter how many calls, or choose “Unlimited”.')
  })
  .transform(({ rateEvery, rateUnit, ...form }): CreatePlanInput => {
    const hasRate = rateUnit !== 'unlimited'
    const hasQuota = form.quotaPeriod !== 'unlimited'
    return {
      ...form,
      rateLimit: hasRate ? (form.rateLimit ?? null) : null,
      ratePeriodSeconds: hasRate ? (rateEvery ?? 1) * rateUnits[rateUnit] : null,
      quotaLimit: hasQuota ? (form.quotaLimit ?? null) : null,
      quotaPeriod: form.quotaPeriod === 'unlimited' ? null : form.quotaPeriod,
      keyLifetimeDays: form.keyLifetimeDays ?? null,
    }
  })

function wholeNumber(message: string, max: number) {
  return z.number(message).int(message).min(1, message).max(max, message)
}

/** What a form shows for the terms of a plan: the largest unit that the period is a multiple of. */
export function planFormValues(terms: PlanTerms) {
  const unit = rateUnitNames
    .toReversed()
    .find((name) => (terms.ratePeriodSeconds ?? 1) % rateUnits[name] === 0)
  const rateUnit = unit ?? 'second'
  return {
    rateLimit: terms.rateLimit?.toString() ?? '',
    rateEvery: terms.ratePeriodSeconds === null ? '1' : String(terms.ratePeriodSeconds / rateUnits[rateUnit]),
    rateUnit: terms.ratePeriodSeconds === null ? 'unlimited' : rateUnit,
    quotaLimit: terms.quotaLimit?.toString() ?? '',
    quotaPeriod: terms.quotaPeriod ?? 'unlimited',
    keyLifetimeDays: terms.keyLifetimeDays?.toString() ?? '',
  }
}

export const planFilters = ['offered', 'archived', 'all'] as const
export type PlanFilter = (typeof planFilters)[number]

function calls(count: number): string {
  return count === 1 ? '1 call' : `${formatNumber(count)} calls`
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
  if (keyLifetimeDays === null) return 'Credentials do not expire'
  return keyLifetimeDays === 1
    ? 'Credentials last 1 day'
    : `Credentials last ${formatNumber(keyLifetimeDays)} days`
}

export function approvalLabel(approval: 'auto' | 'manual'): string {
  return approval === 'auto' ? 'Approved at once' : 'An admin approves'
}
