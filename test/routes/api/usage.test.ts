// The usage of all apps over the API: the numbers of the admins' page, for a day or a month.
import { beforeAll, expect, test } from 'vitest'
import { recordUsage } from '~/domain/gateway/record-usage.server'
import { noLatencies, type UsageRow } from '~/domain/gateway/usage'
import { apiClient } from '~test/support/api'
import { db } from '~test/support/context'
import { credential } from '~test/support/credentials'

let client: Awaited<ReturnType<typeof apiClient>>
beforeAll(async () => {
  client = await apiClient()
})

const noon = Date.UTC(2026, 8, 24, 12)
const day = 86_400_000

type Issued = Awaited<ReturnType<typeof credential>>

function row({ apiId, requestId }: Issued, hour: number, calls: number, statusClass = 2): UsageRow {
  if (!apiId) throw new Error('no API')
  return { apiId, hour, statusClass, limitsId: requestId, calls, ...noLatencies(), under50Ms: calls }
}

const get = (query = '') => client.call('GET', `/usage${query}`)
const named = <T extends Record<string, unknown>>(rows: T[], field: string, id: string | null) =>
  rows.find((one) => one[field] === id)

test('calls of a day and of a month are told by step, product, API and app, and of one product alone', async () => {
  const [it, other] = [await credential(), await credential()]
  await recordUsage(db, it, [row(it, noon, 7), row(it, noon, 2, 4), row(it, noon - day, 5, 5)], null)
  await recordUsage(db, other, [row(other, noon, 3)], null)

  const { status, body } = await get('?period=2026-09-24')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    period: '2026-09-24',
    starts_at: '2026-09-24T00:00:00.000Z',
    ends_at: '2026-09-25T00:00:00.000Z',
    product_id: null,
    totals: { calls: 12, client_errors: 2, server_errors: 0, p95: { is_at_least: false } },
  })
  expect(body.steps).toHaveLength(24)
  expect(body.steps[12]).toMatchObject({ starts_at: '2026-09-24T12:00:00.000Z', calls: 12 })
  expect(body.steps[11]).toMatchObject({ calls: 0, p50: null, p95: null })
  expect(body.apis.map((one: { api_id: string }) => one.api_id)).toEqual([it.apiId, other.apiId])
  expect(body.busiest_apps).toMatchObject([
    { app_id: it.appId, calls: 9, client_errors: 2, server_errors: 0 },
    { app_id: other.appId, calls: 3 },
  ])

  const month = (await get('?period=2026-09')).body
  expect(month).toMatchObject({ totals: { calls: 17, client_errors: 2, server_errors: 5 } })
  expect(month.steps).toHaveLength(30)
  expect([month.steps[22].calls, month.steps[23].calls]).toEqual([5, 12])

  const { product_id: productId } = body.products[0]
  const one = (await get(`?period=2026-09-24&product_id=${productId}`)).body
  expect(one).toMatchObject({ product_id: productId, totals: { calls: 9 }, busiest_apps: null })
  expect(named(one.apis, 'api_id', other.apiId)).toBeUndefined()
  const nothing = (await get('?period=2026-09-24&product_id=prd_01UNKNOWN')).body
  expect(nothing).toMatchObject({ totals: { calls: 0, p50: null }, products: [], apis: [] })
})

test('it is of today unless a time is given, and a time that is none or lies ahead is refused', async () => {
  const today = new Date().toISOString().slice(0, 10)
  const { period } = (await get()).body
  // Midnight may have passed between the two.
  expect([today, new Date().toISOString().slice(0, 10)]).toContain(period)
  for (const query of ['period=', 'period=yesterday', 'period=2026-02-31', 'period=2099-01', 'period=2026']) {
    const answer = await get(`?${query}`)
    expect([answer.status, answer.body.errors?.[0]?.parameter], query).toEqual([422, 'period'])
  }
  expect((await get('?product_id=org_1')).body.errors[0].parameter).toBe('product_id')
  expect((await get('?product=prd_1')).status).toBe(422)
})
