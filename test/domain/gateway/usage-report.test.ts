// What usage says: percentiles from classes, where a quota is heading, which plan fits, and when a quota's end is told.
import { expect, test } from 'vitest'
import { type OfferedPlan, type Peaks, planThatFits } from '~/domain/gateway/plan-fit'
import { neighbours, portalUsageFilter } from '~/domain/gateway/portal-usage'
import { forecastQuota } from '~/domain/gateway/quota-forecast'
import { quotaNotice } from '~/domain/gateway/quota-notice'
import { addUpUse } from '~/domain/gateway/subscription-use'
import { noLatencies } from '~/domain/gateway/usage'
import { percentile, stepsOf, usageRange } from '~/domain/gateway/usage-report'

const day = 86_400_000
const now = Date.UTC(2026, 10, 24, 12)

test('a percentile lies where its share of a class does, and the slowest class has no end', () => {
  expect(percentile(noLatencies(), 0.5)).toBeNull()
  const some = { ...noLatencies(), under25Ms: 50, under100Ms: 40, slower: 10 }
  expect(percentile(some, 0.5)).toEqual({ ms: 25, isAtLeast: false })
  expect(percentile(some, 0.25)).toEqual({ ms: 13, isAtLeast: false })
  expect(percentile(some, 0.7)).toEqual({ ms: 75, isAtLeast: false })
  expect(percentile(some, 0.95)).toEqual({ ms: 2500, isAtLeast: true })
})

test('the steps of a range end with the one that is now', () => {
  const steps = stepsOf(usageRange('7d'), now + 1)
  expect([steps.length, steps.at(-1), steps[0]]).toEqual([28, now, now - 27 * 6 * 3_600_000])
  expect(usageRange('nonsense').value).toBe('24h')
})

test('a quota is forecast by the pace of the last days, and of the time that there was', () => {
  const month = { quotaLimit: 1000, quotaPeriod: 'month', since: 0, lastDay: 0 } as const
  // 25.5 days of 30 are over at 24 November, noon: 6.5 are left.
  expect(forecastQuota({ ...month, used: 500, lastWeek: 70 }, now)).toMatchObject({
    state: 'lasts',
    share: 0.565,
  })
  expect(forecastQuota({ ...month, used: 940, lastWeek: 140 }, now)).toMatchObject({
    state: 'runs_out',
    at: now + 3 * day,
  })
  expect(forecastQuota({ ...month, used: 940, lastWeek: 140, since: now - day }, now)).toMatchObject({
    state: 'runs_out',
    at: Math.ceil(now + (60 / 140) * day),
  })
  expect(forecastQuota({ ...month, used: 1000, lastWeek: 140 }, now)).toMatchObject({ state: 'used_up' })
  expect(forecastQuota({ ...month, used: 3, lastWeek: 0 }, now)).toMatchObject({ state: 'idle' })
  const daily = {
    quotaLimit: 100,
    quotaPeriod: 'day',
    since: 0,
    used: 60,
    lastDay: 240,
    lastWeek: 0,
  } as const
  expect(forecastQuota(daily, now)).toMatchObject({ state: 'runs_out', at: now + 4 * 3_600_000 })
})

const plan = (id: string, changes: Partial<OfferedPlan> = {}): OfferedPlan => ({
  id,
  name: id,
  rateLimit: null,
  ratePeriodSeconds: null,
  quotaLimit: null,
  quotaPeriod: null,
  ...changes,
})
const free = plan('Free', { quotaLimit: 1000, quotaPeriod: 'day', rateLimit: 5, ratePeriodSeconds: 10 })
const pro = plan('Pro', { quotaLimit: 1_000_000, quotaPeriod: 'month' })
const open = plan('Open')
const peaks = (changes: Partial<Peaks>): Peaks => ({
  hour: 50,
  day: 400,
  week: 2000,
  month: 8000,
  days: 30,
  ...changes,
})

test('the smallest plan whose quota leaves a fifth free in the busiest period fits', () => {
  const all = [open, pro, free]
  expect(planThatFits(free, all, peaks({}))).toMatchObject({ state: 'fits', plan: free, share: 0.4 })
  expect(planThatFits(pro, all, peaks({}))).toMatchObject({ state: 'smaller', plan: free })
  expect(planThatFits(free, all, peaks({ day: 801 }))).toMatchObject({
    state: 'larger',
    plan: pro,
    share: 0.008,
  })
  expect(planThatFits(free, all, peaks({ day: 90_000, month: 900_000 }))).toMatchObject({
    state: 'larger',
    plan: open,
    share: null,
  })
  expect(planThatFits(free, [free], peaks({ day: 801 }))).toEqual({ state: 'none_fits' })
  expect(planThatFits(free, all, peaks({ days: 2 }))).toEqual({ state: 'too_early' })
})

test('a plan whose rate would not have let the busiest hour through does not fit', () => {
  expect(planThatFits(free, [free, pro], peaks({ hour: 1801, day: 500 }))).toMatchObject({ plan: pro })
  expect(planThatFits(free, [free, pro], peaks({ hour: 1800, day: 500 }))).toMatchObject({ plan: free })
})

test('the terms that an access was given count, and not what its plan says today', () => {
  const given = { ...free, quotaLimit: 5000 }
  expect(planThatFits(given, [free, pro], peaks({ day: 900 }))).toMatchObject({ state: 'fits', plan: given })
})

test('an access’s use is added up by calendar periods and by its pace', () => {
  const row = (at: number, calls: number) => ({
    day: at,
    calls,
    busiestHour: calls / 2,
    thisHour: 1,
    lastDay: 0,
    lastWeek: calls,
  })
  const today = now - (now % day)
  const use = addUpUse(
    [row(today, 10), row(today - day, 20), row(today - 2 * day, 40), row(today - 24 * day, 80)],
    now,
  )
  // 24 November 2026 is a Tuesday.
  expect(use).toMatchObject({ used: { hour: 4, day: 10, week: 30, month: 70 }, lastWeek: 150 })
  expect(use.peaks).toEqual({ hour: 40, day: 80, week: 80, month: 150, days: 25 })
  expect(addUpUse([], now).peaks).toEqual({ hour: 0, day: 0, week: 0, month: 0, days: 0 })
})

test('a quota is noticed at 80 and at 100 per cent, the higher one alone, once a period and anew for another size', () => {
  const quota = { limit: 10, period: 'day' } as const
  expect(quotaNotice(quota, 7, {}, now)).toBeNull()
  expect(quotaNotice(quota, 8, {}, now)).toMatchObject({ percent: 80 })
  expect(quotaNotice(quota, 10, {}, now)).toMatchObject({ percent: 100 })
  const start = now - (now % day)
  const noticed = { 'day 10': { start, percent: 80 } } as const
  expect(quotaNotice(quota, 9, noticed, now)).toBeNull()
  expect(quotaNotice(quota, 10, noticed, now)).toMatchObject({ percent: 100 })
  expect(quotaNotice(quota, 8, noticed, now + day)).toMatchObject({ percent: 80 })
  expect(quotaNotice({ ...quota, limit: 9 }, 8, noticed, now)).toMatchObject({ percent: 80 })
  expect(quotaNotice(quota, 8, { 'day 10': { start, percent: 100 } }, now)).toBeNull()
})

test('the usage of all apps is shown for days and months that have begun', () => {
  const of = (period: string) => portalUsageFilter(new URLSearchParams({ period }), now).period
  expect(of('2026-11-03')).toMatchObject({
    kind: 'day',
    start: Date.UTC(2026, 10, 3),
    end: Date.UTC(2026, 10, 4),
  })
  expect(of('2026-02')).toMatchObject({
    kind: 'month',
    start: Date.UTC(2026, 1, 1),
    end: Date.UTC(2026, 2, 1),
  })
  for (const wrong of ['', '2026-02-31', '2026-13', '2026-12', '2026-11-25', "x' or 1", '2026-1'])
    expect(of(wrong).value).toBe('2026-11-24')
  expect(neighbours(of('2026-11-24'), now)).toMatchObject({ before: { value: '2026-11-23' }, after: null })
  expect(neighbours(of('2026-02'), now)).toMatchObject({
    before: { value: '2026-01' },
    after: { value: '2026-03' },
  })
})
