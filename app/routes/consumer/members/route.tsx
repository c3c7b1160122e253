import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { SearchX, UserPlus, UsersRound } from 'lucide-react'
import { pageRequest } from '~/domain/kernel/page'
import { organizationRequestAnswers } from '~/domain/organizations/organization'
import { canManageMembers, canRequestOrganization } from '~/domain/organizations/policy'
import { listMembers } from '~/domain/organizations/queries-members.server'
import { requireDeveloper } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { ButtonLink } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card } from '~/ui/card'
import { DataTable } from '~/ui/data-table'
import { EmptyState } from '~/ui/empty-state'
import { FilterBar } from '~/ui/filter-bar'
import { withParam } from '~/ui/notifications/list-address'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'
import { useRootData } from '~/ui/root-data'
import { TextLink } from '~/ui/text-link'
import { memberColumns } from './columns'

export const meta: MetaFunction = () => [{ title: 'Users' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const viewer = await args.context.scope.viewer()
  const params = new URL(args.request.url).searchParams
  const search = params.get('q')?.trim().slice(0, 200) ?? ''
  const { rows, next, previous } = await listMembers(ctx, { search, page: pageRequest(params) })
  const address = search ? withParam(paths.dashboard.users, 'q', search) : paths.dashboard.users
  return {
    rows,
    search,
    nextTo: next && withParam(address, 'after', next),
    previousTo: previous && withParam(address, 'before', previous),
    ownId: ctx.actor.userId,
    isAlone: ctx.actor.inDefaultOrganization,
    organizationName: viewer.organization?.name ?? '',
    isSuspended: viewer.organization?.state === 'suspended',
    canManage: canManageMembers(ctx.actor, viewer.organization?.state ?? ''),
    canCreate: canRequestOrganization(viewer),
    isPending: viewer.hasOrganizationRequest,
  }
}

export default function MembersPage() {
  const data = useLoaderData<typeof loader>()
  const { now } = useRootData()
  const { rows, search, canManage, ownId, isSuspended } = data
  if (data.isAlone) return <NobodyYet canCreate={data.canCreate} isPending={data.isPending} />
  return (
    <>
      <PageHeader
        title="Users"
        description={`The people of ${data.organizationName}.`}
        actions={
          canManage && (
            <ButtonLink to={paths.dashboard.inviteUser} variant="primary" icon={UserPlus}>
              Invite user
            </ButtonLink>
          )
        }
      />
      {isSuspended && (
        <Callout tone="amber" title="This organization is suspended">
          Nobody can be invited or changed until the people who run this portal restore it.
        </Callout>
      )}
      <FilterBar
        search={{ value: search, label: 'Search users', placeholder: 'Name or email address' }}
        chips={search ? [{ label: `“${search}”`, removeTo: paths.dashboard.users }] : []}
      />
      <DataTable
        caption="Users"
        columns={memberColumns({ canManage, ownId, now })}
        rows={rows}
        rowKey={(row) => row.id}
        empty={
          <EmptyState
            icon={SearchX}
            title="Nobody matches"
            action={<TextLink to={paths.dashboard.users}>Show all users</TextLink>}
          >
            Try another word.
          </EmptyState>
        }
      />
      <Pagination previousTo={data.previousTo} nextTo={data.nextTo} />
    </>
  )
}

/** In the default organization one is among strangers, who do not see each other. */
function NobodyYet({ canCreate, isPending }: { canCreate: boolean; isPending: boolean }) {
  return (
    <>
      <PageHeader title="Users" description="The people with whom you share apps." />
      {isPending && <Callout tone="amber" title={organizationRequestAnswers.pending} />}
      <Card>
        <EmptyState
          icon={UsersRound}
          title="You work on your own"
          action={
            canCreate && (
              <ButtonLink to={paths.newOrganization} variant="primary">
                Create an organization
              </ButtonLink>
            )
          }
        >
          {canCreate
            ? 'Create an organization to invite others and share apps with them.'
            : 'Once you are in an organization, its people are listed here.'}
        </EmptyState>
      </Card>
    </>
  )
}
