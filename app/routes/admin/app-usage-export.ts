import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { exportAppUsage } from '~/domain/gateway/queries-app-usage.server'
import { usageExportHeader, usageExportRow } from '~/domain/gateway/usage-export'
import { usageRange } from '~/domain/gateway/usage-report'
import { csvResponse } from '~/platform/csv'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { orNotFound } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const appId = idParam(args, 'app', 'appId')
  const range = usageRange(new URL(args.request.url).searchParams.get('range'))
  const { days } = await orNotFound(exportAppUsage(ctx, appId, range))
  return csvResponse(`usage-${range.value}`, usageExportHeader, days, usageExportRow)
}
