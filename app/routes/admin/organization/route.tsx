import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { describeEvent } from '~/domain/notifications/describe-event'
import { getOrganization } from '~/domain/organizations/queries.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import { ActivityCard } from '~/ui/activity-card'
import { Badge } from '~/ui/badge'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { OrganizationStateBadge } from '~/ui/organizations/state-badge'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'
import { Details, FreezeNote, StateNote } from './details'
import { MoreOptions } from './more-options'
import { Apps, Members, Teams } from './sections'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.organization.name ?? 'Organization' },
]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const organizationId = idParam(args, 'org', 'organizationId')
  const { events, ...organization } = await orNotFound(getOrganization(ctx, organizationId))
  return {
    organization,
    activity: events.map((event) => ({
      key: event.id,
      at: event.createdAt,
      title: `${event.actorLabel} ${describeEvent(event)}`,
    })),
  }
}

export default function OrganizationPage() {
  const { organization, activity } = useLoaderData<typeof loader>()
  const { now } = useRootData()
  const { admin } = paths
  return (
    <>
      <PageHeader
        title={organization.name}
        breadcrumbs={[{ label: 'Organizations', to: admin.organizations }]}
        status={
          <>
            <OrganizationStateBadge state={organization.state} />
            {organization.isDefault && <Badge>Default organization</Badge>}
          </>
        }
        actions={
          organization.state === 'pending' ? (
            <>
              <ButtonLink to={admin.rejectOrganization(organization.id)}>Reject</ButtonLink>
              <ButtonLink to={admin.approveOrganization(organization.id)} variant="primary">
                Approve
              </ButtonLink>
            </>
          ) : (
            <MoreOptions organization={organization} />
          )
        }
      />
      <StateNote organization={organization} />
      <FreezeNote organization={organization} />
      <Card>
        <CardHeader title="Details" />
        <CardBody>
          <Details organization={organization} />
        </CardBody>
      </Card>
      {(organization.state === 'active' || organization.state === 'suspended') && (
        <>
          <Members organization={organization} />
          <Teams organization={organization} />
          <Apps organization={organization} />
        </>
      )}
      <ActivityCard items={activity} now={now} />
    </>
  )
}
