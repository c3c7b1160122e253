// The limits as a whole, isolates' leases and the real Durable Object, against a reference that only writes down when
// calls were let through. Isolates and objects lose their memory between any two steps, questions and answers are lost on
// their way, plans change, and time passes up to and over the borders of windows and periods. Only the date is a fake.
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import fc, { type Arbitrary } from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { quotaPeriodAt } from '~/domain/catalog/quota-period'
import type { LeaseAsk, Terms } from '~/domain/gateway/lease'
import { createLeaseKeeper, type LeaseKeeper } from '~/platform/gateway-leases'
import { limiterOf } from '~/platform/limiter-of'
import { restart } from '~test/support/durable-objects'

vi.setConfig({ testTimeout: 120_000 })
afterEach(() => vi.useRealTimers())

const noon = Date.UTC(2026, 10, 24, 12)
const at = (now: number) => vi.useFakeTimers({ toFake: ['Date'], now })

type Plan = { id: string; terms: Terms }
type Loss = 'question' | 'answer' | null

/** One access, its object, and isolates that may lose their memory. */
function access() {
  const name = crypto.randomUUID()
  // A stub of an object that ended is of no use any more.
  const stub = () => limiterOf(env, name)
  const keepers: LeaseKeeper[] = []
  return {
    stub,
    /** How many of `count` calls at once pass; what is lost fails them all. */
    async call(isolate: number, count: number, plan: Plan, loss: Loss = null): Promise<number> {
      keepers[isolate] ??= createLeaseKeeper()
      const keeper = keepers[isolate]
      const ask = async (question: LeaseAsk) => {
        if (loss === 'question') throw new Error('lost')
        const answer = await stub().lease(plan.terms, question)
        if (loss === 'answer') throw new Error('lost')
        return answer
      }
      const permits = await Promise.all(
        Array.from({ length: count }, () =>
          keeper
            .take(plan.id, ask, () => {})
            .then(
              ({ ok }) => ok,
              () => false,
            ),
        ),
      )
      return permits.filter(Boolean).length
    },
    endIsolate(isolate: number): void {
      delete keepers[isolate]
    },
    async evict(): Promise<void> {
      await runInDurableObject(stub(), (object) => {
        Object.assign(object, { limits: null, ledger: null, record: null })
      })
    },
  }
}

/** The simple truth: calls of the last period under this length of rate, and all calls of the calendar period. */
function reference() {
  const calls: { at: number; periodSeconds: number | null }[] = []
  return {
    take({ rate, quota }: Terms, count: number): number {
      const now = Date.now()
      const inWindow = calls.filter(
        (one) => rate && one.periodSeconds === rate.periodSeconds && one.at + rate.periodSeconds * 1000 > now,
      ).length
      const start = quota ? quotaPeriodAt(quota.period, now).start : 0
      const inPeriod = calls.filter((one) => one.at >= start).length
      const passed = Math.max(
        0,
        Math.min(count, rate ? rate.limit - inWindow : count, quota ? quota.limit - inPeriod : count),
      )
      for (let one = 0; one < passed; one += 1)
        calls.push({ at: now, periodSeconds: rate?.periodSeconds ?? null })
      return passed
    },
  }
}

/** Plain objects only: others do not cross into an object. */
const record = <T>(of: { [K in keyof T]: Arbitrary<T[K]> }) => fc.record<T>(of, { noNullPrototype: true })

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: record({
      kind: fc.constant('call' as const),
      isolate: fc.integer({ min: 0, max: 3 }),
      count: fc.integer({ min: 1, max: 12 }),
      plan: fc.integer({ min: 0, max: 1 }),
      loss: fc.constantFrom<Loss>(null, null, null, null, 'question', 'answer'),
    }),
  },
  {
    weight: 3,
    arbitrary: record({
      kind: fc.constant('wait' as const),
      ms: fc.oneof(
        fc.integer({ min: 1, max: 12_000 }),
        fc.constantFrom(999, 1000, 1001, 9999, 10_000, 10_001, 3_599_999, 3_600_000),
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: record({
      kind: fc.constant('endIsolate' as const),
      isolate: fc.integer({ min: 0, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: record({ kind: fc.constant('evict' as const) }) },
)
const steps = fc.array(step, { minLength: 5, maxLength: 40 })

const smallRates = record({
  limit: fc.constantFrom(1, 2, 5, 20, 99),
  periodSeconds: fc.constantFrom(1, 10),
})
const smallQuotas = record({
  limit: fc.constantFrom(1, 7, 60),
  period: fc.constantFrom('hour' as const, 'day' as const),
})
const smallTerms = record({ rate: fc.option(smallRates), quota: fc.option(smallQuotas) }).filter(
  ({ rate, quota }) => rate !== null || quota !== null,
)

test('small limits let through exactly what the reference does, call by call, whatever is lost or ended between', async () => {
  await fc.assert(
    fc.asyncProperty(smallTerms, smallTerms, steps, async (first, second, sequence) => {
      const plans = [
        { id: 'first', terms: first },
        { id: 'second', terms: second },
      ]
      const [real, truth] = [access(), reference()]
      let now = noon
      at(now)
      for (const one of sequence) {
        if (one.kind === 'wait') {
          now += one.ms
          at(now)
        } else if (one.kind === 'endIsolate') real.endIsolate(one.isolate)
        else if (one.kind === 'evict') await real.evict()
        else {
          const plan = plans[one.plan] as Plan
          const passed = await real.call(one.isolate, one.count, plan, one.loss)
          // A lost answer was granted, and stays counted though nobody could use it.
          const expected = one.loss === 'question' ? 0 : truth.take(plan.terms, one.count)
          expect(passed).toBe(one.loss === null ? expected : 0)
        }
      }
    }),
    { numRuns: 15 },
  )
})

const largeTerms = record({
  rate: fc.option(record({ limit: fc.constantFrom(100, 150, 1000), periodSeconds: fc.constantFrom(1, 10) })),
  quota: fc.option(record({ limit: fc.constantFrom(100, 500), period: fc.constant('hour' as const) })),
})

test('under large limits no window and no period ever holds one call too many, whatever is lost or ended between', async () => {
  await fc.assert(
    fc.asyncProperty(largeTerms, steps, async (terms, sequence) => {
      const real = access()
      const passed: number[] = []
      let now = noon
      at(now)
      for (const one of sequence) {
        if (one.kind === 'wait') {
          now += one.ms
          at(now)
        } else if (one.kind === 'endIsolate') real.endIsolate(one.isolate)
        else if (one.kind === 'evict') await real.evict()
        else {
          // Single calls first: they are what makes leases grow.
          for (let call = 0; call < one.count; call += 1)
            if (await real.call(one.isolate, 1, { id: 'plan', terms }, one.loss)) passed.push(now)
          const many = await real.call(one.isolate, one.count * 8, { id: 'plan', terms }, one.loss)
          for (let call = 0; call < many; call += 1) passed.push(now)
        }
      }
      const { rate, quota } = terms
      if (rate)
        for (let call = 0; call + rate.limit < passed.length; call += 1)
          expect((passed[call + rate.limit] ?? 0) - (passed[call] ?? 0)).toBeGreaterThanOrEqual(
            rate.periodSeconds * 1000,
          )
      const byHour = new Map<number, number>()
      for (const moment of passed) {
        const hour = Math.floor(moment / 3_600_000)
        byHour.set(hour, (byHour.get(hour) ?? 0) + 1)
      }
      if (quota) expect(Math.max(0, ...byHour.values())).toBeLessThanOrEqual(quota.limit)
    }),
    { numRuns: 8 },
  )
})

const isolates = 8
const callersOfEach = 25

/** 200 callers over eight isolates, each until it is refused: how many calls pass. */
async function callUntilRefused(it: ReturnType<typeof access>, plan: Plan): Promise<number> {
  let evictions = 0
  const caller = async (isolate: number) => {
    for (let passed = 0; ; passed += 1) {
      if ((await it.call(isolate, 1, plan)) === 0) return passed
      // The object loses its memory in the middle of it.
      if (passed === 2 && evictions++ < 3) await it.evict()
    }
  }
  const all = Array.from({ length: isolates * callersOfEach }, (_, index) => caller(index % isolates))
  return (await Promise.all(all)).reduce((sum, one) => sum + one, 0)
}

test.each([1, 5, 100, 10_000])(
  'of 200 parallel callers over 8 isolates exactly %i calls pass, window after window, and over restarts',
  async (limit) => {
    const it = access()
    const plan = { id: 'plan', terms: { rate: { limit, periodSeconds: 60 }, quota: null } }
    for (const round of [0, 1, 2]) {
      at(noon + round * 70_000)
      expect(await callUntilRefused(it, plan)).toBe(limit)
      await restart(it.stub())
      it.endIsolate(round)
      expect(await it.call(round, 1, plan)).toBe(0)
      at(noon + round * 70_000 + 59_999)
      expect(await it.call(round, 1, plan)).toBe(0)
    }
  },
)

test.each([1, 5, 100, 10_000])(
  'a quota of %i is used up to the last call, and a larger plan opens exactly the difference',
  async (limit) => {
    const it = access()
    const quota = (of: number): Plan => ({
      id: `quota of ${of}`,
      terms: { rate: null, quota: { limit: of, period: 'day' } },
    })
    at(noon)
    expect(await callUntilRefused(it, quota(limit))).toBe(limit)
    expect(await callUntilRefused(it, quota(limit * 2))).toBe(limit)
    expect(await callUntilRefused(it, quota(limit))).toBe(0)
    at(Date.UTC(2026, 10, 25))
    expect(await callUntilRefused(it, quota(limit))).toBe(limit)
  },
)
