import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData, useLocation } from '@remix-run/react'
import { SearchX, Users } from 'lucide-react'
import { orgRoleLabels, type UserFilter, userFilters } from '~/domain/accounts/account'
import { listUsers, type UserRow } from '~/domain/accounts/queries.server'
import { pageRequest } from '~/domain/kernel/page'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { UserStatus } from '~/ui/accounts/state-badge'
import { ButtonLink } from '~/ui/button'
import { type Column, DataTable } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { FilterBar, FilterSelect } from '~/ui/filter-bar'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'
import { useRootData } from '~/ui/root-data'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction = () => [{ title: 'Users' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const search = params.get('q')?.trim().slice(0, 200) ?? ''
  const state = userFilters.find((filter) => filter === params.get('state')) ?? null
  const page = await listUsers(ctx, { search, state, page: pageRequest(params) })
  return { ...page, search, state }
}

const filterLabels: Record<UserFilter, string> = {
  active: 'Active',
  inactive: 'Inactive',
  pending: 'Waiting for approval',
  invited: 'Invited',
  rejected: 'Rejected',
  deactivated: 'Deactivated',
}

export default function UsersPage() {
  const { rows, next, previous, search, state } = useLoaderData<typeof loader>()
  const { now } = useRootData()
  const address = useAddress()
  const columns: Column<UserRow>[] = [
    { key: 'name', header: 'Name', cell: (row) => row.name },
    { key: 'email', header: 'Email', cell: (row) => row.email },
    { key: 'organization', header: 'Organization', cell: (row) => row.organizationName, hideOnPhone: true },
    {
      key: 'role',
      header: 'Role',
      cell: (row) => (row.orgRole ? orgRoleLabels[row.orgRole] : ''),
      hideOnPhone: true,
    },
    { key: 'state', header: 'Status', cell: (row) => <UserStatus state={row.state} /> },
    {
      key: 'created',
      header: 'Registered',
      cell: (row) => <DateTime value={row.createdAt} now={now} relative />,
      hideOnPhone: true,
    },
  ]
  const filtered = search !== '' || state !== null
  return (
    <>
      <PageHeader
        title="Users"
        description="The developers of every organization."
        actions={
          <ButtonLink to={paths.admin.newUser} variant="primary">
            Add new user
          </ButtonLink>
        }
      />
      <FilterBar
        search={{ value: search, label: 'Search users', placeholder: 'Name or email address' }}
        chips={[
          ...(search ? [{ label: `“${search}”`, removeTo: address({ q: null }) }] : []),
          ...(state ? [{ label: filterLabels[state], removeTo: address({ state: null }) }] : []),
        ]}
        clearTo={paths.admin.users}
      >
        <FilterSelect
          label="Status"
          name="state"
          value={state ?? ''}
          options={[
            { value: '', label: 'Any status' },
            ...userFilters.map((value) => ({ value, label: filterLabels[value] })),
          ]}
        />
      </FilterBar>
      <DataTable
        caption="Users"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.admin.user(row.id)}
        empty={
          filtered ? (
            <EmptyState
              icon={SearchX}
              title="Nobody matches"
              action={<TextLink to={paths.admin.users}>Show all users</TextLink>}
            >
              Try another word or another status.
            </EmptyState>
          ) : (
            <EmptyState icon={Users} title="No developers yet">
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
    const text = params.toString()
    return text ? `${pathname}?${text}` : pathname
  }
}
