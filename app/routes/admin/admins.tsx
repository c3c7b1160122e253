import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { type AdminRow, listAdmins } from '~/domain/accounts/queries.server'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { UserStatus } from '~/ui/accounts/state-badge'
import { ButtonLink } from '~/ui/button'
import { type Column, DataTable } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'

export const meta: MetaFunction = () => [{ title: 'Admin users' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  return { rows: await listAdmins(ctx) }
}

export default function AdminsPage() {
  const { rows } = useLoaderData<typeof loader>()
  const { now } = useRootData()
  const columns: Column<AdminRow>[] = [
    { key: 'name', header: 'Name', cell: (row) => row.name },
    { key: 'email', header: 'Email', cell: (row) => row.email },
    { key: 'state', header: 'Status', cell: (row) => <UserStatus state={row.state} /> },
    {
      key: 'second-factor',
      header: 'Two-factor',
      cell: (row) => (row.hasSecondFactor ? 'On' : <span className="text-muted">Off</span>),
    },
    {
      key: 'last-login',
      header: 'Last login',
      cell: (row) => <DateTime value={row.lastLoginAt} now={now} relative />,
      hideOnPhone: true,
    },
  ]
  return (
    <>
      <PageHeader
        title="Admin users"
        description="They work for the provider and may do everything under /admin."
        actions={
          <ButtonLink to={paths.admin.newAdmin} variant="primary">
            Invite admin
          </ButtonLink>
        }
      />
      <DataTable
        caption="Admin users"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.admin.user(row.id)}
        empty={null}
      />
    </>
  )
}
