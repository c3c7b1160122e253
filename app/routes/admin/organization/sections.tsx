// The newest members, teams and apps of an organization, each with the way to all of them.
import { AppWindow, Users, UsersRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { orgRoleLabels } from '~/domain/accounts/account'
import { appVisibilityLabels } from '~/domain/apps/app'
import { formatNumber } from '~/domain/kernel/number'
import type { OrganizationPage } from '~/domain/organizations/queries.server'
import { paths } from '~/platform/paths'
import { UserStatus } from '~/ui/accounts/state-badge'
import { Badge } from '~/ui/badge'
import { ButtonLink } from '~/ui/button'
import { type Column, DataTable } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { useRootData } from '~/ui/root-data'
import { TextLink } from '~/ui/text-link'

type Props = { organization: OrganizationPage }

export function Members({ organization }: Props) {
  const { now } = useRootData()
  const columns: Column<OrganizationPage['memberList'][number]>[] = [
    { key: 'name', header: 'Name', cell: (member) => member.name },
    { key: 'email', header: 'Email', cell: (member) => member.email },
    { key: 'role', header: 'Role', cell: (member) => (member.orgRole ? orgRoleLabels[member.orgRole] : '') },
    { key: 'state', header: 'Status', cell: (member) => <UserStatus state={member.state} /> },
    {
      key: 'since',
      header: 'Registered',
      cell: (member) => <DateTime value={member.createdAt} now={now} dayOnly />,
      hideOnPhone: true,
    },
  ]
  return (
    <Section
      title="Members"
      shown={organization.memberList.length}
      total={organization.members}
      all={`${paths.admin.users}?organization=${organization.id}`}
      action={
        <ButtonLink to={`${paths.admin.newUser}?organization=${organization.id}`} size="sm">
          Add new user
        </ButtonLink>
      }
    >
      <DataTable
        caption="Members"
        columns={columns}
        rows={organization.memberList}
        rowKey={(member) => member.id}
        rowTo={(member) => paths.admin.user(member.id)}
        empty={<EmptyState icon={Users} title="Nobody is in this organization yet" />}
      />
    </Section>
  )
}

export function Teams({ organization }: Props) {
  const columns: Column<OrganizationPage['teamList'][number]>[] = [
    {
      key: 'name',
      header: 'Team',
      cell: (team) => (
        <span className="inline-flex flex-wrap items-center gap-2">
          {team.name}
          {team.isDefault && <Badge>Default</Badge>}
        </span>
      ),
    },
    { key: 'members', header: 'Members', cell: (team) => formatNumber(team.members), align: 'right' },
  ]
  return (
    <Section
      title="Teams"
      shown={organization.teamList.length}
      total={organization.teams}
      all={paths.admin.teamsOf(organization.id)}
      action={
        <ButtonLink to={paths.admin.newTeam(organization.id)} size="sm">
          Add team
        </ButtonLink>
      }
    >
      <DataTable
        caption="Teams"
        columns={columns}
        rows={organization.teamList}
        rowKey={(team) => team.id}
        rowTo={(team) => paths.admin.team(team.id)}
        empty={<EmptyState icon={UsersRound} title="No teams" />}
      />
    </Section>
  )
}

export function Apps({ organization }: Props) {
  const { now } = useRootData()
  const columns: Column<OrganizationPage['appList'][number]>[] = [
    { key: 'name', header: 'App', cell: (app) => app.name },
    { key: 'owner', header: 'Owner', cell: (app) => app.ownerName },
    { key: 'visibility', header: 'Visibility', cell: (app) => appVisibilityLabels[app.visibility] },
    {
      key: 'created',
      header: 'Created',
      cell: (app) => <DateTime value={app.createdAt} now={now} dayOnly />,
      hideOnPhone: true,
    },
  ]
  return (
    <Section
      title="Apps"
      shown={organization.appList.length}
      total={organization.apps}
      all={paths.admin.appsOf(organization.id)}
    >
      <DataTable
        caption="Apps"
        columns={columns}
        rows={organization.appList}
        rowKey={(app) => app.id}
        rowTo={(app) => paths.admin.app(app.id)}
        empty={
          <EmptyState icon={AppWindow} title="No apps yet">
            Its members make them when they request access.
          </EmptyState>
        }
      />
    </Section>
  )
}

type SectionProps = {
  title: string
  shown: number
  total: number
  all?: string
  action?: ReactNode
  children: ReactNode
}

function Section({ title, shown, total, all, action, children }: SectionProps) {
  const count =
    shown < total ? `The newest ${formatNumber(shown)} of ${formatNumber(total)}` : formatNumber(total)
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <h2 className="text-md font-semibold">{title}</h2>
          <p className="text-sm text-muted tabular-nums">{count}</p>
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          {all && shown < total && <TextLink to={all}>All {formatNumber(total)}</TextLink>}
          {action}
        </div>
      </div>
      {children}
    </section>
  )
}
