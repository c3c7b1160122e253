import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData, useLocation } from '@remix-run/react'
import { SearchX, Users } from 'lucide-react'
import { getUserList } from '~/domain/accounts/queries-users.server'
import { sortParam, userListFilter } from '~/domain/accounts/user-list'
import { pageRequest } from '~/domain/kernel/page'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { ButtonLink } from '~/ui/button'
import { DataTable } from '~/ui/data-table'
import { EmptyState } from '~/ui/empty-state'
import { ExportLink } from '~/ui/export-link'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'
import { TextLink } from '~/ui/text-link'
import { BulkActions } from './bulk-actions'
import { useColumns } from './columns'
import { isNarrowed, UserFilters } from './filters'

export const meta: MetaFunction = () => [{ title: 'Users' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const filter = userListFilter(params)
  return { ...(await getUserList(ctx, { ...filter, page: pageRequest(params) })), filter }
}

const formId = 'users-bulk'

export default function UsersPage() {
  const data = useLoaderData<typeof loader>()
  const { rows, next, previous, filter } = data
  const { pathname, search } = useLocation()
  const address = useAddress()
  const columns = useColumns(filter, (sort, descending) => address({ sort: sortParam(sort, descending) }))
  return (
    <>
      <PageHeader
        title="Users"
        description="The developers of every organization."
        actions={
          <>
            <ExportLink to={address({ find: null }).replace(paths.admin.users, paths.admin.exportUsers)} />
            <ButtonLink to={paths.admin.newUser} variant="primary">
              Add new user
            </ButtonLink>
          </>
        }
      />
      <UserFilters page={data} filter={filter} address={address} />
      <Form id={formId} method="post" className="hidden">
        <input type="hidden" name="returnTo" value={`${pathname}${search}`} />
      </Form>
      <DataTable
        caption="Users"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.admin.user(row.id)}
        selectName="id"
        selectForm={formId}
        selectLabel={(row) => row.name}
        bulkActions={<BulkActions formId={formId} />}
        empty={
          isNarrowed(filter) ? (
            <EmptyState
              icon={SearchX}
              title="Nobody matches"
              action={<TextLink to={paths.admin.users}>Show all users</TextLink>}
            >
              Search by the beginning of a name or an address, or @ and a domain, or take a filter away.
            </EmptyState>
          ) : (
            <EmptyState
              icon={Users}
              title="No developers yet"
              action={<ButtonLink to={paths.admin.newUser}>Add new user</ButtonLink>}
            >
              They appear here when they register at {paths.auth.register}.
            </EmptyState>
          )
        }
      />
      <Pagination
        previousTo={previous && address({ before: previous })}
        nextTo={next && address({ after: next })}
      />
    </>
  )
}

/** This list's address with some parameters changed, on its first page unless a cursor is among them. */
function useAddress() {
  const { pathname, search } = useLocation()
  return (changes: Record<string, string | null>) => {
    const params = new URLSearchParams(search)
    for (const cursor of ['after', 'before']) params.delete(cursor)
    for (const [name, value] of Object.entries(changes))
      value === null ? params.delete(name) : params.set(name, value)
    for (const [name, value] of [...params]) if (value === '') params.delete(name)
    const text = params.toString()
    return text ? `${pathname}?${text}` : pathname
  }
}
