// The apps of the list's present filter, in its order, as CSV.
import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { appExportHeader, appExportRow } from '~/domain/apps/app-export'
import { appListFilter } from '~/domain/apps/app-list'
import { listAllApps } from '~/domain/apps/queries-list.server'
import { allPages } from '~/domain/kernel/page'
import { csvResponse } from '~/platform/csv'
import { requireAdmin } from '~/platform/guards'

/** Apps a trip: a request may make 1,000 trips to D1. */
const pageSize = 1000

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const filter = appListFilter(new URL(args.request.url).searchParams)
  const pages = allPages(pageSize, (page) => listAllApps(ctx, { ...filter, page }))
  const day = new Date(ctx.now).toISOString().slice(0, 10)
  return csvResponse(`apps-${day}`, appExportHeader, pages, appExportRow)
}
