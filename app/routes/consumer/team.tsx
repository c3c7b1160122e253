import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { formatNumber } from '~/domain/kernel/number'
import { pageRequest } from '~/domain/kernel/page'
import { canManageMembers } from '~/domain/organizations/policy'
import { getOwnTeam } from '~/domain/organizations/queries-own.server'
import { requireSuperAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import { Badge } from '~/ui/badge'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { FilterBar } from '~/ui/filter-bar'
import { listAddress } from '~/ui/organizations/list-order'
import { PeopleList } from '~/ui/organizations/people-list'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.team.name ?? 'Team' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const teamId = idParam(args, 'team', 'teamId')
  const params = new URL(args.request.url).searchParams
  const search = params.get('q')?.trim().slice(0, 200) ?? ''
  const { organization } = await args.context.scope.viewer()
  return {
    ...(await orNotFound(getOwnTeam(ctx, teamId, { search, page: pageRequest(params) }))),
    search,
    canManage: canManageMembers(ctx.actor, organization?.state ?? ''),
  }
}

export default function TeamPage() {
  const { team, members, others, moreOthers, search, canManage } = useLoaderData<typeof loader>()
  const address = (change: Record<string, string | null>) =>
    listAddress(paths.dashboard.team(team.id), { q: search, ...change })
  const changesMembers = canManage && !team.isDefault
  return (
    <>
      <PageHeader
        title={team.name}
        breadcrumbs={[{ label: 'Organization', to: paths.dashboard.organization }]}
        status={team.isDefault && <Badge>Everybody</Badge>}
        description={
          team.isDefault
            ? 'Everybody of the organization is in this team, so it cannot be deleted.'
            : undefined
        }
        actions={
          canManage && (
            <>
              <ButtonLink to={paths.dashboard.renameTeam(team.id)}>Rename</ButtonLink>
              {!team.isDefault && (
                <ButtonLink to={paths.dashboard.deleteTeam(team.id)}>Delete team</ButtonLink>
              )}
            </>
          )
        }
      />
      <FilterBar search={{ value: search, label: 'Search people', placeholder: 'Name or email address' }} />
      <Card>
        <CardHeader title={`Members (${formatNumber(team.memberCount)})`} />
        <CardBody flush>
          <PeopleList
            people={members.rows}
            empty={search ? 'Nobody in this team matches.' : 'Nobody is in this team yet.'}
            {...(changesMembers
              ? { action: paths.dashboard.setTeamMembers(team.id), name: 'remove', verb: 'Remove' }
              : {})}
          />
        </CardBody>
      </Card>
      <Pagination
        previousTo={members.previous && address({ before: members.previous })}
        nextTo={members.next && address({ after: members.next })}
      />
      {changesMembers && (
        <Card>
          <CardHeader title="Add members" description="They see the apps of this team at once." />
          <CardBody className="flex flex-col gap-4">
            <PeopleList
              people={others}
              empty={search ? 'Nobody else matches.' : 'Everybody is in this team.'}
              action={paths.dashboard.setTeamMembers(team.id)}
              name="add"
              verb="Add"
              framed
            />
            {moreOthers && (
              <p className="text-sm text-muted">There are more than are shown. Search for a name.</p>
            )}
          </CardBody>
        </Card>
      )}
    </>
  )
}
