import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { Pencil, SearchX, Trash2, UsersRound } from 'lucide-react'
import { orgRoleLabels } from '~/domain/accounts/account'
import { formatNumber } from '~/domain/kernel/number'
import { pageRequest } from '~/domain/kernel/page'
import { getTeam } from '~/domain/organizations/queries-team.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import { UserStatus } from '~/ui/accounts/state-badge'
import { Badge } from '~/ui/badge'
import { ButtonLink, buttonClass, SubmitButton } from '~/ui/button'
import { type Column, DataTable } from '~/ui/data-table'
import { formatDay } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { FilterBar } from '~/ui/filter-bar'
import { Menu, MenuLink } from '~/ui/menu'
import { listAddress } from '~/ui/organizations/list-order'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.team.name ?? 'Team' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const teamId = idParam(args, 'team', 'teamId')
  const params = new URL(args.request.url).searchParams
  const search = params.get('q')?.trim().slice(0, 200) ?? ''
  return { ...(await orNotFound(getTeam(ctx, teamId, { search, page: pageRequest(params) }))), search }
}

type Loaded = Awaited<ReturnType<typeof loader>>

export default function TeamPage() {
  const { team, rows, next, previous, search } = useLoaderData<typeof loader>()
  const { admin } = paths
  const address = (change: Record<string, string | null>) =>
    listAddress(admin.team(team.id), { q: search, ...change })
  return (
    <>
      <PageHeader
        title={team.name}
        breadcrumbs={[{ label: 'Teams', to: admin.teams }]}
        status={team.isDefault && <Badge>Default team</Badge>}
        description={
          <>
            {'Team of '}
            <TextLink to={admin.organization(team.organizationId)}>{team.organizationName}</TextLink>
            {`, since ${formatDay(team.createdAt)}. ${formatNumber(team.members)} ${team.members === 1 ? 'member' : 'members'}.`}
            {team.isDefault && ' It always holds everybody of the organization.'}
          </>
        }
        actions={
          <>
            <Menu label="More options" trigger="More options" triggerClassName={buttonClass({})}>
              <MenuLink to={admin.renameTeam(team.id)} icon={Pencil}>
                Rename
              </MenuLink>
              {!team.isDefault && (
                <MenuLink to={admin.deleteTeam(team.id)} icon={Trash2}>
                  Delete
                </MenuLink>
              )}
            </Menu>
            {!team.isDefault && (
              <ButtonLink to={admin.addTeamMembers(team.id)} variant="primary">
                Add members
              </ButtonLink>
            )}
          </>
        }
      />
      <FilterBar
        search={{ value: search, label: 'Search members', placeholder: 'Beginning of a name or address' }}
        chips={search ? [{ label: `“${search}”`, removeTo: address({ q: null }) }] : []}
      />
      <DataTable
        caption="Members"
        columns={columnsOf(team)}
        rows={rows}
        rowKey={(member) => member.id}
        rowTo={(member) => admin.user(member.id)}
        empty={
          search ? (
            <EmptyState icon={SearchX} title="Nobody matches">
              The search looks at how names and addresses begin.
            </EmptyState>
          ) : (
            <EmptyState
              icon={UsersRound}
              title="Nobody is in this team yet"
              action={
                !team.isDefault && <ButtonLink to={admin.addTeamMembers(team.id)}>Add members</ButtonLink>
              }
            />
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

function columnsOf(team: Loaded['team']): Column<Loaded['rows'][number]>[] {
  const columns: Column<Loaded['rows'][number]>[] = [
    { key: 'name', header: 'Name', cell: (member) => member.name },
    { key: 'email', header: 'Email', cell: (member) => member.email },
    { key: 'role', header: 'Role', cell: (member) => (member.orgRole ? orgRoleLabels[member.orgRole] : '') },
    { key: 'state', header: 'Status', cell: (member) => <UserStatus state={member.state} /> },
  ]
  if (team.isDefault) return columns
  return [
    ...columns,
    {
      key: 'remove',
      header: 'Remove',
      quietHeader: true,
      align: 'right',
      cell: (member) => (
        <Form method="post" action={paths.admin.removeTeamMember(team.id)}>
          <input type="hidden" name="userId" value={member.id} />
          <SubmitButton variant="quiet" size="sm" aria-label={`Remove ${member.name} from the team`}>
            Remove
          </SubmitButton>
        </Form>
      ),
    },
  ]
}
