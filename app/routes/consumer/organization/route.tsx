import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { Building2 } from 'lucide-react'
import { orgRoleLabels } from '~/domain/accounts/account'
import { organizationRequestAnswers } from '~/domain/organizations/organization'
import { canManageMembers, canRequestOrganization } from '~/domain/organizations/policy'
import { getOwnOrganization } from '~/domain/organizations/queries-own.server'
import { requireDeveloper } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { DateTime } from '~/ui/date-time'
import { DefinitionList } from '~/ui/definition-list'
import { EmptyState } from '~/ui/empty-state'
import { OrganizationStateBadge } from '~/ui/organizations/state-badge'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'
import { TeamsCard } from './teams-card'

export const meta: MetaFunction = () => [{ title: 'Organization' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const viewer = await args.context.scope.viewer()
  const { organization, teams, request, successors } = await orNotFound(getOwnOrganization(ctx))
  return {
    organization,
    teams,
    request,
    role: ctx.actor.orgRole,
    hasSuccessors: successors.length > 0,
    canManage: canManageMembers(ctx.actor, organization.state),
    isFrozen: viewer.organization?.isFrozen === true,
    canCreate: canRequestOrganization(viewer),
  }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

export default function OrganizationPage() {
  const data = useLoaderData<typeof loader>()
  const { now } = useRootData()
  const { organization, teams, role, canManage, hasSuccessors } = data
  if (organization.isDefault) return <NoOrganization request={data.request} canCreate={data.canCreate} />
  return (
    <>
      <PageHeader
        title={organization.name}
        status={<OrganizationStateBadge state={organization.state} />}
        actions={canManage && <ButtonLink to={paths.dashboard.renameOrganization}>Rename</ButtonLink>}
      />
      {organization.state === 'suspended' && (
        <Callout tone="amber" title="This organization is suspended">
          Its keys do not work. You can read everything; ask the people who run this portal what to do.
        </Callout>
      )}
      <Card>
        <CardHeader title="Details" />
        <CardBody>
          <DefinitionList
            items={[
              { term: 'Your role', value: orgRoleLabels[role] },
              { term: 'Created', value: <DateTime value={organization.createdAt} now={now} dayOnly /> },
            ]}
          />
        </CardBody>
      </Card>
      <TeamsCard teams={teams} canManage={canManage} />
      {role === 'super_admin' && (
        <Card>
          <CardHeader
            title="Webhooks"
            description="Have a program of yours told when an app, a key, a quota, a request or a member changes."
          />
          <CardBody>
            <ButtonLink to={paths.dashboard.webhooks.list}>Manage webhooks</ButtonLink>
          </CardBody>
        </Card>
      )}
      {canManage && (
        <Card>
          <CardHeader
            title="Freeze"
            description="One switch that stops the keys of all apps, and lets them go on again: for a leaked key that you cannot find, or a program that runs wild."
          />
          <CardBody>
            {data.isFrozen ? (
              <Form method="post" action={paths.dashboard.unfreezeOrganization}>
                <SubmitButton>Unfreeze all apps</SubmitButton>
              </Form>
            ) : (
              <ButtonLink to={paths.dashboard.freezeOrganization}>Freeze all apps</ButtonLink>
            )}
          </CardBody>
        </Card>
      )}
      <Card>
        <CardHeader
          title="Leave"
          description="You keep your account. Your apps stay here and pass to a super admin."
        />
        <CardBody className="flex flex-wrap gap-2">
          {canManage && hasSuccessors && (
            <ButtonLink to={paths.dashboard.handOverOrganization}>Hand over</ButtonLink>
          )}
          <ButtonLink to={paths.dashboard.leaveOrganization}>Leave organization</ButtonLink>
        </CardBody>
      </Card>
    </>
  )
}

function NoOrganization({ request, canCreate }: { request: Loaded['request']; canCreate: boolean }) {
  return (
    <>
      <PageHeader
        title="Organization"
        description="A place to share apps and keys with the people you work with."
      />
      {request?.state === 'pending' && (
        <Callout tone="amber" title={organizationRequestAnswers.pending}>
          You asked for “{request.name}”. Until it is decided, everything else works as before.
        </Callout>
      )}
      {request?.state === 'rejected' && (
        <Callout title={`Your request for “${request.name}” was not approved`}>
          {request.rejectionReason}
        </Callout>
      )}
      <Card>
        <EmptyState
          icon={Building2}
          title="You are in no organization of your own"
          action={
            canCreate && (
              <ButtonLink to={paths.newOrganization} variant="primary">
                Create an organization
              </ButtonLink>
            )
          }
        >
          Your apps are personal. In an organization you can share them.
        </EmptyState>
      </Card>
    </>
  )
}
