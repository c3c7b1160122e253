// The columns of the list of users, and what a super admin can do with each.
import { MailX, Pencil, Send, UserMinus } from 'lucide-react'
import { orgRoleLabels } from '~/domain/accounts/account'
import { paths } from '~/platform/paths'
import type { Column } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { Menu, MenuForm, MenuLink } from '~/ui/menu'
import { MemberStatus } from '~/ui/organizations/member-status'

type Member = {
  id: string
  name: string
  email: string
  state: 'active' | 'invited' | 'deactivated'
  orgRole: 'super_admin' | 'team_member'
  teams: string[]
  createdAt: number
  expiresAt: number | null
}

type Options = { canManage: boolean; ownId: string; now: number }

export function memberColumns({ canManage, ownId, now }: Options): Column<Member>[] {
  return [
    {
      key: 'name',
      header: 'Name',
      cell: (row) => (
        <span className="font-medium wrap-anywhere">
          {row.name}
          {row.id === ownId && <span className="font-normal text-muted"> (you)</span>}
        </span>
      ),
    },
    { key: 'email', header: 'Email', cell: (row) => <span className="wrap-anywhere">{row.email}</span> },
    { key: 'role', header: 'Role', cell: (row) => orgRoleLabels[row.orgRole] },
    {
      key: 'teams',
      header: 'Teams',
      hideOnPhone: true,
      cell: (row) => <span className="text-muted">{row.teams.join(', ') || '–'}</span>,
    },
    {
      key: 'since',
      header: 'Member since',
      hideOnPhone: true,
      cell: (row) =>
        row.state === 'invited' ? (
          <span className="text-muted">–</span>
        ) : (
          <DateTime value={row.createdAt} now={now} dayOnly />
        ),
    },
    {
      key: 'status',
      header: 'Status',
      cell: (row) => <MemberStatus state={row.state} expiresAt={row.expiresAt} now={now} />,
    },
    ...(canManage
      ? [
          {
            key: 'actions',
            header: 'Actions',
            quietHeader: true,
            isMenu: true,
            cell: (row: Member) => <Actions row={row} isSelf={row.id === ownId} />,
          },
        ]
      : []),
  ]
}

function Actions({ row, isSelf }: { row: Member; isSelf: boolean }) {
  return (
    <Menu label={`Actions for ${row.name}`}>
      {row.state === 'invited' ? (
        <>
          <MenuForm action={paths.dashboard.resendInvitation(row.id)} icon={Send}>
            Send invitation again
          </MenuForm>
          <MenuForm action={paths.dashboard.withdrawInvitation(row.id)} icon={MailX} tone="danger">
            Withdraw invitation
          </MenuForm>
        </>
      ) : (
        <>
          <MenuLink to={paths.dashboard.editUser(row.id)} icon={Pencil}>
            Edit
          </MenuLink>
          {!isSelf && (
            <MenuLink to={paths.dashboard.removeUser(row.id)} icon={UserMinus}>
              Remove from the organization
            </MenuLink>
          )}
        </>
      )}
    </Menu>
  )
}
