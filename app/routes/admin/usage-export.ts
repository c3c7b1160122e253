// The apps that called in a day or a month, busiest first, as CSV.
import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { portalUsageFilter } from '~/domain/gateway/portal-usage'
import { exportAppCalls } from '~/domain/gateway/queries-portal-usage.server'
import { csvResponse } from '~/platform/csv'
import { requireAdmin } from '~/platform/guards'

const header = ['Time (UTC)', 'App', 'Organization', 'App id', 'Calls', '4xx', '5xx']

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const { period } = portalUsageFilter(new URL(args.request.url).searchParams, ctx.now)
  return csvResponse(`usage-${period.value}`, header, exportAppCalls(ctx, period), (row) => [
    period.value,
    row.appName ?? 'Deleted app',
    row.organizationName,
    row.appId,
    row.calls,
    row.clientErrors,
    row.serverErrors,
  ])
}
