import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { Users } from 'lucide-react'
import type { ReactNode } from 'react'
import { orgRoleLabels } from '~/domain/accounts/account'
import { parseId } from '~/domain/kernel/ids'
import { getOrganization } from '~/domain/organizations/queries.server'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { notFound, orNotFound } from '~/platform/responses'
import { UserStatus } from '~/ui/accounts/state-badge'
import { Badge } from '~/ui/badge'
import { type Column, DataTable } from '~/ui/data-table'
import { DateTime, formatDay } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { formatNumber } from '~/ui/number'
import { OrganizationStateBadge } from '~/ui/organizations/state-badge'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.name ?? 'Organization' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const organizationId = parseId('org', args.params.organizationId)
  if (!organizationId) throw notFound()
  return orNotFound(getOrganization(ctx, organizationId))
}

type Loaded = Awaited<ReturnType<typeof loader>>

export default function OrganizationPage() {
  const organization = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title={organization.name}
        breadcrumbs={[{ label: 'Organizations', to: paths.admin.organizations }]}
        description={`Since ${formatDay(organization.createdAt)}`}
        status={
          <>
            <OrganizationStateBadge state={organization.state} />
            {organization.isDefault && <Badge>Default organization</Badge>}
          </>
        }
      />
      <Section title="Teams" shown={organization.teamList.length} total={organization.teams}>
        <DataTable
          caption="Teams"
          columns={teamColumns}
          rows={organization.teamList}
          rowKey={(team) => team.id}
          empty={<EmptyState icon={Users} title="No teams" />}
        />
      </Section>
      <Section title="Developers" shown={organization.members.length} total={organization.developers}>
        <Members members={organization.members} />
      </Section>
    </>
  )
}

const teamColumns: Column<Loaded['teamList'][number]>[] = [
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

function Members({ members }: { members: Loaded['members'] }) {
  const { now } = useRootData()
  const columns: Column<Loaded['members'][number]>[] = [
    { key: 'name', header: 'Name', cell: (member) => member.name },
    { key: 'email', header: 'Email', cell: (member) => member.email },
    {
      key: 'role',
      header: 'Role',
      cell: (member) => (member.orgRole ? orgRoleLabels[member.orgRole] : ''),
      hideOnPhone: true,
    },
    { key: 'state', header: 'Status', cell: (member) => <UserStatus state={member.state} /> },
    {
      key: 'since',
      header: 'Member since',
      cell: (member) => <DateTime value={member.createdAt} now={now} dayOnly />,
      hideOnPhone: true,
    },
  ]
  return (
    <DataTable
      caption="Developers"
      columns={columns}
      rows={members}
      rowKey={(member) => member.id}
      rowTo={(member) => paths.admin.user(member.id)}
      empty={<EmptyState icon={Users} title="Nobody is in this organization yet" />}
    />
  )
}

function Section({
  title,
  shown,
  total,
  children,
}: {
  title: string
  shown: number
  total: number
  children: ReactNode
}) {
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h2 className="text-md font-semibold">{title}</h2>
        <p className="text-sm text-muted tabular-nums">
          {shown < total
            ? `The newest ${formatNumber(shown)} of ${formatNumber(total)}`
            : formatNumber(total)}
        </p>
      </div>
      {children}
    </section>
  )
}
