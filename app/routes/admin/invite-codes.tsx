import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { Pencil, Power, SearchX, Ticket, Trash2 } from 'lucide-react'
import { inviteCodeStateLabels, inviteCodeStates } from '~/domain/accounts/invite-code'
import { listInviteCodes } from '~/domain/accounts/queries-invite-codes.server'
import { formatNumber } from '~/domain/kernel/number'
import { pageRequest } from '~/domain/kernel/page'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { InviteCodeBadge } from '~/ui/accounts/invite-code-badge'
import { ButtonLink } from '~/ui/button'
import { CopyButton } from '~/ui/copy-button'
import { type Column, DataTable } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { FilterBar, FilterSelect } from '~/ui/filter-bar'
import { Menu, MenuDivider, MenuForm, MenuLink } from '~/ui/menu'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'
import { useRootData } from '~/ui/root-data'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction = () => [{ title: 'Invite codes' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const search = params.get('q')?.trim().slice(0, 200) ?? ''
  const state = inviteCodeStates.find((known) => known === params.get('state')) ?? null
  const list = await listInviteCodes(ctx, { search, state, page: pageRequest(params) })
  return { ...list, search, state, origin: ctx.origin }
}

export default function InviteCodesPage() {
  const { rows, next, previous, search, state } = useLoaderData<typeof loader>()
  const columns = useColumns()
  const to = (change: Record<string, string | null>) => address({ q: search, state, ...change })
  return (
    <>
      <PageHeader
        title="Invite codes"
        description="Whoever registers with one is approved, and in its team at once."
        actions={
          <ButtonLink to={paths.admin.newInviteCode} variant="primary">
            Create invite code
          </ButtonLink>
        }
      />
      <FilterBar
        search={{ value: search, label: 'Search invite codes', placeholder: 'Code, team or organization' }}
        chips={[
          ...(search ? [{ label: `“${search}”`, removeTo: to({ q: null }) }] : []),
          ...(state ? [{ label: inviteCodeStateLabels[state], removeTo: to({ state: null }) }] : []),
        ]}
        clearTo={paths.admin.inviteCodes}
      >
        <FilterSelect
          label="Status"
          name="state"
          value={state}
          any="Any status"
          options={inviteCodeStates.map((value) => ({ value, label: inviteCodeStateLabels[value] }))}
        />
      </FilterBar>
      <DataTable
        caption="Invite codes"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.admin.inviteCode(row.id)}
        empty={
          search || state ? (
            <EmptyState
              icon={SearchX}
              title="No invite code matches"
              action={<TextLink to={paths.admin.inviteCodes}>Show all invite codes</TextLink>}
            >
              Try another word or another status.
            </EmptyState>
          ) : (
            <EmptyState
              icon={Ticket}
              title="No invite codes yet"
              action={<ButtonLink to={paths.admin.newInviteCode}>Create invite code</ButtonLink>}
            >
              Make one for a team, and send its link to the people who should join.
            </EmptyState>
          )
        }
      />
      <Pagination previousTo={previous && to({ before: previous })} nextTo={next && to({ after: next })} />
    </>
  )
}

function address(params: Record<string, string | null>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) if (value) search.set(name, value)
  const text = search.toString()
  return text ? `${paths.admin.inviteCodes}?${text}` : paths.admin.inviteCodes
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

function useColumns(): Column<Row>[] {
  const { origin } = useLoaderData<typeof loader>()
  const { now } = useRootData()
  return [
    { key: 'code', header: 'Code', cell: (row) => <span className="font-mono">{row.code}</span> },
    {
      key: 'team',
      header: 'Team',
      cell: (row) => (
        <span className="min-w-0">
          {row.teamName}
          <span className="block text-sm text-muted">{row.organizationName}</span>
        </span>
      ),
    },
    {
      key: 'uses',
      header: 'Uses',
      cell: (row) => `${formatNumber(row.uses)} of ${formatNumber(row.maxUses)}`,
    },
    { key: 'state', header: 'Status', cell: (row) => <InviteCodeBadge state={row.state} /> },
    {
      key: 'expires',
      header: 'Expires',
      cell: (row) => <DateTime value={row.expiresAt} now={now} relative empty="Never" />,
    },
    {
      key: 'menu',
      header: 'Actions',
      quietHeader: true,
      isMenu: true,
      cell: (row) => (
        <span className="flex justify-end gap-1">
          <CopyButton
            value={`${origin}${paths.auth.registerWith(row.code)}`}
            label={`Copy link of ${row.code}`}
          />
          <RowMenu row={row} />
        </span>
      ),
    },
  ]
}

function RowMenu({ row }: { row: Row }) {
  const { admin } = paths
  return (
    <Menu label={`Actions for ${row.code}`}>
      <MenuLink to={admin.inviteCode(row.id)} icon={Pencil}>
        Edit
      </MenuLink>
      <MenuForm
        action={row.active ? admin.deactivateInviteCode(row.id) : admin.activateInviteCode(row.id)}
        icon={Power}
      >
        {row.active ? 'Deactivate' : 'Activate'}
      </MenuForm>
      <MenuDivider />
      <MenuLink to={admin.deleteInviteCode(row.id)} icon={Trash2}>
        Delete
      </MenuLink>
    </Menu>
  )
}
