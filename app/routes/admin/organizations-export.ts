// The organizations of the list's present filter, in its order, as CSV.
import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { allPages } from '~/domain/kernel/page'
import { organizationListFilter } from '~/domain/organizations/lists'
import { organizationExportHeader, organizationExportRow } from '~/domain/organizations/organization-export'
import { listOrganizations } from '~/domain/organizations/queries-list.server'
import { csvResponse } from '~/platform/csv'
import { requireAdmin } from '~/platform/guards'

/** Organizations a trip: a request may make 1,000 trips to D1. */
const pageSize = 1000

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const filter = organizationListFilter(new URL(args.request.url).searchParams)
  const pages = allPages(pageSize, (page) => listOrganizations(ctx, { ...filter, page }))
  const day = new Date(ctx.now).toISOString().slice(0, 10)
  return csvResponse(`organizations-${day}`, organizationExportHeader, pages, organizationExportRow)
}
