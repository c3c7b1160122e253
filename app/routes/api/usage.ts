// The usage of all apps over the API: what the admins' page shows of a day or a month.
import { z } from 'zod'
import { dayAt, periodNamed } from '~/domain/gateway/portal-usage'
import { portalUsageShown } from '~/domain/gateway/portal-usage-view'
import { getPortalUsage } from '~/domain/gateway/queries-portal-usage.server'
import { domainError } from '~/domain/kernel/errors'
import { idSchema } from '~/domain/kernel/ids'
import { fail, ok } from '~/domain/kernel/result'
import type { ApiRefusal } from '~/platform/api-answers'
import { operation } from '~/platform/api-operation'
import { time, timeSchema } from './lists'

const latency = z
  .strictObject({ ms: z.number(), is_at_least: z.boolean().describe('It was that long or longer.') })
  .nullable()

const counts = { calls: z.int(), client_errors: z.int(), server_errors: z.int() }
const numbers = z.strictObject({ ...counts, p50: latency, p95: latency })

const usage = z.strictObject({
  period: z.string(),
  starts_at: timeSchema,
  ends_at: timeSchema.describe('Not included.'),
  product_id: idSchema('prd').nullable().describe('The only one that is counted.'),
  totals: numbers,
  steps: z.array(numbers.extend({ starts_at: timeSchema })).describe('Hours of a day, or days of a month.'),
  products: z
    .array(numbers.extend({ product_id: idSchema('prd').nullable(), name: z.string() }))
    .describe('Busiest first. Null stands for all that were deleted.'),
  apis: z.array(numbers.extend({ api_id: idSchema('api'), name: z.string() })).describe('Busiest first.'),
  busiest_apps: z
    .array(
      z.strictObject({
        app_id: idSchema('app'),
        name: z.string().nullable().describe('Null when it was deleted.'),
        organization_name: z.string().nullable(),
        ...counts,
      }),
    )
    .nullable()
    .describe('The first twenty. Null with `product_id`: apps are counted over all products.'),
})

type Numbers = ReturnType<typeof portalUsageShown>['totals']

export const usageOperations = [
  operation({
    tag: 'usage',
    scope: 'usage:read',
    id: 'getUsage',
    method: 'GET',
    path: '/usage',
    summary: 'Get the calls of all apps in a day or a month, in UTC',
    query: z.strictObject({
      period: z
        .string()
        .optional()
        .describe('A day as `2026-03-05` or a month as `2026-03`, not ahead. Today unless given.'),
      product_id: idSchema('prd').optional(),
    }),
    answer: { name: 'Usage', schema: usage },
    async run(ctx, { query }) {
      const period = query.period === undefined ? dayAt(ctx.now) : periodNamed(query.period, ctx.now)
      if (!period) return fail(noSuchPeriod)
      const productId = query.product_id ?? null
      const found = await getPortalUsage(ctx, { period, productId })
      const { totals, steps, products, apis } = portalUsageShown(found, period)
      return ok({
        period: period.value,
        starts_at: time(period.start),
        ends_at: time(period.end),
        product_id: productId,
        totals: toNumbers(totals),
        steps: steps.map((step) => ({ starts_at: time(step.start), ...toNumbers(step) })),
        products: products.map((row) => ({ product_id: row.id, name: row.name, ...toNumbers(row) })),
        apis: apis.map((row) => ({ api_id: row.id, name: row.name, ...toNumbers(row) })),
        busiest_apps: productId
          ? null
          : found.topApps.map((app) => ({
              app_id: app.appId,
              name: app.appName,
              organization_name: app.organizationName,
              calls: app.calls,
              client_errors: app.clientErrors,
              server_errors: app.serverErrors,
            })),
      })
    },
  }),
]

const noSuchPeriod: ApiRefusal = {
  ...domainError('invalid_input', 'The request has errors: see "errors".'),
  places: [{ detail: 'Give a day as 2026-03-05 or a month as 2026-03, not ahead.', parameter: 'period' }],
}

function toNumbers({ calls, clientErrors, serverErrors, p50, p95 }: Numbers): z.output<typeof numbers> {
  const latencyOf = (one: Numbers['p50']) => one && { ms: one.ms, is_at_least: one.isAtLeast }
  return {
    calls,
    client_errors: clientErrors,
    server_errors: serverErrors,
    p50: latencyOf(p50),
    p95: latencyOf(p95),
  }
}
