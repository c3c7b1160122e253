import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { UsersRound } from 'lucide-react'
import { formatNumber } from '~/domain/kernel/number'
import { pageRequest } from '~/domain/kernel/page'
import { sortParam, teamListFilter } from '~/domain/organizations/lists'
import { getTeamList, type TeamRow } from '~/domain/organizations/queries-list.server'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { Badge } from '~/ui/badge'
import { ButtonLink } from '~/ui/button'
import type { Column } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { FilterBar } from '~/ui/filter-bar'
import { ListTable } from '~/ui/list-table'
import { listAddress, sorting } from '~/ui/organizations/list-order'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction = () => [{ title: 'Teams' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const filter = teamListFilter(params)
  return { ...(await getTeamList(ctx, { ...filter, page: pageRequest(params) })), filter }
}

export default function TeamsPage() {
  const { rows, next, previous, filter, organization } = useLoaderData<typeof loader>()
  const { now } = useRootData()
  const { search, organizationId } = filter
  const sort = sortParam(filter)
  const address = (change: Record<string, string | null>) =>
    listAddress(paths.admin.teams, { q: search, organization: organizationId, sort, ...change })
  const columns: Column<TeamRow>[] = [
    {
      key: 'name',
      ...sorting(filter, 'name', 'Team', address),
      cell: (row) => (
        <span className="inline-flex flex-wrap items-center gap-2">
          {row.name}
          {row.isDefault && <Badge>Default</Badge>}
        </span>
      ),
    },
    {
      key: 'organization',
      header: 'Organization',
      cell: (row) => (
        <TextLink plain to={address({ organization: row.organizationId })}>
          {row.organizationName}
          <span className="sr-only">: only its teams</span>
        </TextLink>
      ),
    },
    { key: 'members', header: 'Members', cell: (row) => formatNumber(row.members), align: 'right' },
    {
      key: 'created',
      ...sorting(filter, 'created', 'Created', address),
      cell: (row) => <DateTime value={row.createdAt} now={now} dayOnly />,
      hideOnPhone: true,
    },
  ]
  const isFiltered = search !== '' || organizationId !== null
  return (
    <>
      <PageHeader
        title="Teams"
        description="The teams of every organization."
        actions={
          <ButtonLink to={paths.admin.newTeam(organizationId ?? undefined)} variant="primary">
            Add
          </ButtonLink>
        }
      />
      <FilterBar
        search={{ value: search, label: 'Search teams', placeholder: 'Name' }}
        keep={{ ...(organizationId ? { organization: organizationId } : {}), ...(sort ? { sort } : {}) }}
        chips={[
          ...(search ? [{ label: `“${search}”`, removeTo: address({ q: null }) }] : []),
          ...(organizationId
            ? [
                {
                  label: organization?.name ?? 'Unknown organization',
                  removeTo: address({ organization: null }),
                },
              ]
            : []),
        ]}
        clearTo={paths.admin.teams}
      />
      <ListTable
        caption="Teams"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.admin.team(row.id)}
        isFiltered={isFiltered}
        noMatch={{
          title: 'No team matches',
          hint: 'Try another word or another organization.',
          all: { label: 'Show all teams', to: paths.admin.teams },
        }}
        empty={<EmptyState icon={UsersRound} title="No teams yet" />}
        pages={{ previous, next }}
        address={address}
      />
    </>
  )
}
