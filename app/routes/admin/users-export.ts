// The users of the list's present filter, in its order, as CSV.
import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { listUsers } from '~/domain/accounts/queries-users.server'
import { userExportHeader, userExportRow } from '~/domain/accounts/user-export'
import { userListFilter } from '~/domain/accounts/user-list'
import { allPages } from '~/domain/kernel/page'
import { csvResponse } from '~/platform/csv'
import { requireAdmin } from '~/platform/guards'

/** Users a trip: a request may make 1,000 trips to D1. */
const pageSize = 1000

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const filter = userListFilter(new URL(args.request.url).searchParams)
  const pages = allPages(pageSize, (page) => listUsers(ctx, { ...filter, page }))
  return csvResponse(
    `users-${new Date(ctx.now).toISOString().slice(0, 10)}`,
    userExportHeader,
    pages,
    userExportRow,
  )
}
