import { expect, test } from 'vitest'
import {
  approvalLabel,
  createPlanInput,
  keyLifetimeLabel,
  limitsLabel,
  quotaLabel,
  rateLabel,
} from '~/domain/catalog/plan'

test.each([
  [5, 10, '5 calls per 10 seconds'],
  [50, 1, '50 calls per second'],
  [1, 60, '1 call per minute'],
  [1000, 7200, '1,000 calls per 2 hours'],
  [3, 86_400, '3 calls per day'],
  [null, null, null],
] as const)('a rate of %s per %s seconds reads "%s"', (rateLimit, ratePeriodSeconds, label) => {
  expect(rateLabel({ rateLimit, ratePeriodSeconds })).toBe(label)
})

test.each([
  [1000, 'day', '1,000 calls a day'],
  [1, 'hour', '1 call an hour'],
  [1_000_000, 'month', '1,000,000 calls a month'],
  [null, null, null],
] as const)('a quota of %s per %s reads "%s"', (quotaLimit, quotaPeriod, label) => {
  expect(quotaLabel({ quotaLimit, quotaPeriod })).toBe(label)
})

test('a plan says its limits, key lifetime and approval in words', () => {
  const none = { rateLimit: null, ratePeriodSeconds: null, quotaLimit: null, quotaPeriod: null }
  expect(limitsLabel(none)).toBe('Unlimited calls')
  expect(limitsLabel({ rateLimit: 5, ratePeriodSeconds: 10, quotaLimit: 1000, quotaPeriod: 'day' })).toBe(
    '5 calls per 10 seconds, 1,000 calls a day',
  )
  expect(keyLifetimeLabel({ keyLifetimeDays: null })).toBe('Credentials do not expire')
  expect(keyLifetimeLabel({ keyLifetimeDays: 1 })).toBe('Credentials last 1 day')
  expect(keyLifetimeLabel({ keyLifetimeDays: 365 })).toBe('Credentials last 365 days')
  expect(approvalLabel('auto')).toBe('Approved at once')
  expect(approvalLabel('manual')).toBe('An admin approves')
})

test('half a limit is refused at its field', () => {
  const plan = {
    name: 'Half',
    description: '',
    rateLimit: 5,
    ratePeriodSeconds: null,
    quotaLimit: null,
    quotaPeriod: 'day',
    keyLifetimeDays: null,
    approval: 'auto',
    catalogIds: [],
  }
  const parsed = createPlanInput.safeParse(plan)
  expect(parsed.error?.issues.map((issue) => issue.path[0])).toEqual(['rateLimit', 'quotaLimit'])
})
