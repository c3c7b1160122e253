import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type QuotaPeriod, quotaPeriodAt, quotaPeriods } from '~/domain/catalog/quota-period'
import {
  fromStored,
  grantLease,
  type LeaseAsk,
  type LimitState,
  noCalls,
  type ReturnedLease,
  type Terms,
} from '~/domain/gateway/lease'
import { rateLimit, rateLimitPolicy, retryAfter } from '~/domain/gateway/rate-limit-headers'

const start = Date.UTC(2026, 10, 24, 12, 0, 0)
const one: LeaseAsk = { need: 1, extra: 0, returned: null }

test('five of fifty pass, and the next five one period after the first five', () => {
  const terms: Terms = { rate: { limit: 5, periodSeconds: 10 }, quota: null }
  const first = grantLease(noCalls, terms, { ...one, need: 50 }, start)
  expect(first.answer).toMatchObject({
    granted: 5,
    ahead: 0,
    refusal: { code: 'rate_limited', retryAfterMs: 10_000 },
    rate: { remaining: 0, resetMs: 10_000 },
  })
  const early = grantLease(first.state, terms, { ...one, need: 50 }, start + 9_999)
  expect(early.answer).toMatchObject({ granted: 0, refusal: { retryAfterMs: 1 } })
  expect(grantLease(early.state, terms, { ...one, need: 50 }, start + 10_000).answer.granted).toBe(5)
})

test('the rate is told before the quota, and a quota until its period ends', () => {
  const terms: Terms = { rate: { limit: 2, periodSeconds: 10 }, quota: { limit: 3, period: 'day' } }
  const both = grantLease(noCalls, terms, { ...one, need: 9 }, start)
  expect(both.answer).toMatchObject({
    granted: 2,
    refusal: { code: 'rate_limited' },
    quota: { remaining: 1 },
  })
  const last = grantLease(both.state, terms, { ...one, need: 2 }, start + 10_000)
  expect(last.answer).toMatchObject({
    granted: 1,
    refusal: { code: 'quota_exceeded', retryAfterMs: 12 * 3_600_000 - 10_000 },
  })
  expect(grantLease(last.state, terms, one, start + 12 * 3_600_000 - 1).answer.granted).toBe(0)
  expect(grantLease(last.state, terms, one, start + 12 * 3_600_000).answer.granted).toBe(1)
})

test('small limits hand out nothing ahead, large ones a tenth of what is left', () => {
  const eager = { need: 1, extra: 1000, returned: null }
  expect(
    grantLease(noCalls, { rate: { limit: 99, periodSeconds: 1 }, quota: null }, eager, start).answer.ahead,
  ).toBe(0)
  expect(
    grantLease(noCalls, { rate: null, quota: { limit: 99, period: 'month' } }, eager, start).answer.ahead,
  ).toBe(0)
  expect(
    grantLease(noCalls, { rate: { limit: 1001, periodSeconds: 1 }, quota: null }, eager, start).answer,
  ).toMatchObject({ ahead: 100, validForMs: 100 })
  const nearTheEnd: LimitState = {
    windows: {},
    quotas: { month: { start: Date.UTC(2026, 10, 1), used: 995 } },
  }
  expect(
    grantLease(nearTheEnd, { rate: null, quota: { limit: 1000, period: 'month' } }, eager, start).answer,
  ).toMatchObject({ granted: 1, ahead: 0 })
})

test('a lease ends with the quota period at the latest', () => {
  const end = Date.UTC(2026, 10, 25)
  const { answer } = grantLease(
    noCalls,
    { rate: null, quota: { limit: 1000, period: 'day' } },
    { need: 1, extra: 10, returned: null },
    end - 300,
  )
  expect(answer).toMatchObject({ ahead: 10, validForMs: 300 })
})

test('a returned lease is there again for others; one of an earlier period gives nothing back to this one', () => {
  const terms: Terms = { rate: null, quota: { limit: 1000, period: 'hour' } }
  const { state, answer } = grantLease(noCalls, terms, { need: 1, extra: 50, returned: null }, start)
  const returned = { count: answer.ahead, freesAt: answer.freesAt, grantedAt: answer.grantedAt }
  expect(grantLease(state, terms, { ...one, returned }, start).state.quotas.hour?.used).toBe(2)
  const nextHour = grantLease(state, terms, { ...one, need: 20 }, start + 3_600_000)
  expect(
    grantLease(nextHour.state, terms, { ...one, returned }, start + 3_600_001).state.quotas.hour?.used,
  ).toBe(21)
})

const free: Terms = { rate: { limit: 5, periodSeconds: 10 }, quota: { limit: 100, period: 'day' } }
const pro: Terms = { rate: { limit: 50, periodSeconds: 1 }, quota: { limit: 10_000, period: 'month' } }

test('changing the plan and changing back brings neither a fresh quota nor a fresh rate', () => {
  let { state } = grantLease(noCalls, free, { ...one, need: 5 }, start)
  const under = grantLease(state, pro, { ...one, need: 40 }, start)
  expect(under.answer).toMatchObject({ granted: 40, quota: { remaining: 10_000 - 45 } })
  const back = grantLease(under.state, free, one, start + 1)
  expect(back.answer).toMatchObject({ granted: 0, refusal: { code: 'rate_limited', retryAfterMs: 9_999 } })
  ;({ state } = grantLease(back.state, pro, { ...one, need: 50 }, start + 1_000))
  const again = grantLease(state, free, { ...one, need: 5 }, start + 10_000)
  expect(again.answer).toMatchObject({ granted: 5, quota: { remaining: 0 } })
  expect(grantLease(again.state, free, one, start + 20_000).answer.refusal?.code).toBe('quota_exceeded')
  expect(grantLease(again.state, pro, one, start + 20_000).answer.granted).toBe(1)
})

test('a larger plan is not held up by what the smaller one has used up', () => {
  const hourly: Terms = { rate: { limit: 100, periodSeconds: 3600 }, quota: null }
  const { state } = grantLease(noCalls, hourly, { ...one, need: 100 }, start)
  expect(grantLease(state, hourly, one, start + 1).answer.granted).toBe(0)
  expect(grantLease(state, pro, { ...one, need: 50 }, start + 1).answer.granted).toBe(50)
})

test('a count that was stored before plans could change goes on', () => {
  const before = {
    window: [{ freesAt: start + 5_000, count: 5 }],
    quota: { start: Date.UTC(2026, 10, 24), used: 99 },
  }
  expect(grantLease(fromStored(before, free), free, one, start).answer.granted).toBe(0)
  expect(grantLease(fromStored(before, free), free, { ...one, need: 5 }, start + 5_000).answer.granted).toBe(
    1,
  )
})

test('calls of a lease count from the last moment at which they could be made', () => {
  const terms: Terms = { rate: { limit: 1000, periodSeconds: 1 }, quota: null }
  const first = grantLease(noCalls, terms, { need: 1, extra: 1000, returned: null }, start)
  expect(first.answer).toMatchObject({ granted: 1, ahead: 99, validForMs: 100 })
  const second = grantLease(first.state, terms, { ...one, need: 900 }, start + 1)
  expect(second.answer.granted).toBe(900)
  // The 99 may have been made at 99 ms: until 1,099 ms no more than 901 may follow them.
  expect(grantLease(second.state, terms, { ...one, need: 1000 }, start + 1_050).answer.granted).toBe(901)
  expect(grantLease(second.state, terms, { ...one, need: 1000 }, start + 1_100).answer.granted).toBe(1000)
})

/**
 * Several isolates ask, spend at any moment of a lease, return, or lose what they hold. Every call is noted by the time
 * at which it could have happened.
 */
type Step = {
  wait: number
  isolate: number
  need: number
  extra: number
  spend: number
  at: number
  lose: boolean
}

function callsOf(terms: Terms, steps: Step[]): number[] {
  let state = noCalls
  let now = start
  const calls: number[] = []
  const held = new Map<number, ReturnedLease & { until: number }>()
  for (const step of steps) {
    now += step.wait
    const lease = held.get(step.isolate)
    if (step.lose) held.delete(step.isolate)
    const returned = step.lose ? null : (lease ?? null)
    const result = grantLease(state, terms, { need: step.need, extra: step.extra, returned }, now)
    state = result.state
    const { answer } = result
    for (let call = 0; call < answer.granted; call += 1) calls.push(now)
    const spent = Math.min(step.spend, answer.ahead)
    // Spent at some moment before the lease ends: the latest allowed is the worst for the window that follows.
    const moment = now + Math.floor((answer.validForMs - 1) * step.at)
    for (let call = 0; call < spent; call += 1) calls.push(moment)
    held.set(step.isolate, {
      count: answer.ahead - spent,
      freesAt: answer.freesAt,
      grantedAt: answer.grantedAt,
      until: now + answer.validForMs,
    })
  }
  return calls.sort((a, b) => a - b)
}

const steps = fc.array(
  fc.record({
    wait: fc.integer({ min: 0, max: 200 }),
    isolate: fc.integer({ min: 0, max: 3 }),
    need: fc.integer({ min: 1, max: 60 }),
    extra: fc.integer({ min: 0, max: 300 }),
    spend: fc.integer({ min: 0, max: 300 }),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    lose: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60 },
)

test('no stretch of one period ever holds more calls than the rate allows', () => {
  fc.assert(
    fc.property(
      steps,
      fc.constantFrom(1, 5, 50, 99, 100, 150, 400),
      fc.constantFrom(1, 3),
      (sequence, limit, periodSeconds) => {
        const calls = callsOf({ rate: { limit, periodSeconds }, quota: null }, sequence)
        for (let at = 0; at + limit < calls.length; at += 1) {
          expect((calls[at + limit] ?? 0) - (calls[at] ?? 0)).toBeGreaterThanOrEqual(periodSeconds * 1000)
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('no calendar period ever holds more calls than the quota allows', () => {
  fc.assert(
    fc.property(steps, fc.constantFrom(1, 40, 150, 500), (sequence, limit) => {
      const calls = callsOf(
        { rate: null, quota: { limit, period: 'hour' } },
        sequence.map((step) => ({ ...step, wait: step.wait * 2000 })),
      )
      const byHour = new Map<number, number>()
      for (const at of calls)
        byHour.set(quotaPeriodAt('hour', at).start, (byHour.get(quotaPeriodAt('hour', at).start) ?? 0) + 1)
      expect(Math.max(...byHour.values())).toBeLessThanOrEqual(limit)
    }),
    { numRuns: 300 },
  )
})

test('whoever asks call by call gets all that a limit allows', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 60_000 }), (limit, offset) => {
      let state = noCalls
      let passed = 0
      for (let call = 0; call < limit + 20; call += 1) {
        const result = grantLease(
          state,
          { rate: { limit, periodSeconds: 10 }, quota: null },
          one,
          start + offset,
        )
        state = result.state
        passed += result.answer.granted
      }
      expect(passed).toBe(limit)
    }),
  )
})

const moments = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) })

test('periods hold their moment, touch each other and begin where the calendar says', () => {
  fc.assert(
    fc.property(moments, fc.constantFrom(...quotaPeriods), (now, period: QuotaPeriod) => {
      const { start: from, end } = quotaPeriodAt(period, now)
      expect(from).toBeLessThanOrEqual(now)
      expect(end).toBeGreaterThan(now)
      expect(quotaPeriodAt(period, end).start).toBe(end)
      expect(quotaPeriodAt(period, from - 1).end).toBe(from)
      const date = new Date(from)
      expect(from % 3_600_000).toBe(0)
      if (period !== 'hour') expect(date.getUTCHours()).toBe(0)
      if (period === 'week') expect(date.getUTCDay()).toBe(1)
      if (period === 'month') expect(date.getUTCDate()).toBe(1)
    }),
  )
})

test('the headers are structured fields with limits, windows, what remains and when there is more', () => {
  const terms: Terms = { rate: { limit: 5, periodSeconds: 10 }, quota: { limit: 1000, period: 'month' } }
  expect(rateLimitPolicy(terms, start)).toBe('"rate";q=5;w=10, "quota";q=1000;w=2592000')
  expect(rateLimit({ rate: { remaining: 4, resetMs: 9_001 }, quota: { remaining: 0, resetMs: 0 } })).toBe(
    '"rate";r=4;t=10, "quota";r=0;t=0',
  )
  expect(rateLimitPolicy({ rate: null, quota: null }, start)).toBeNull()
  expect([retryAfter(0), retryAfter(1), retryAfter(1001)]).toEqual(['1', '1', '2'])
})
