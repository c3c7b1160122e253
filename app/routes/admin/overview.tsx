import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { Inbox } from 'lucide-react'
import { getOverview } from '~/domain/accounts/queries-overview.server'
import { requireAdmin } from '~/platform/guards'
import { mailSetupOf } from '~/platform/mail-setup'
import { paths } from '~/platform/paths'
import { ChosenFields } from '~/ui/accounts/chosen-people'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card } from '~/ui/card'
import { EmptyState } from '~/ui/empty-state'
import { WaitingOrganizations } from '~/ui/organizations/waiting-organizations'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'
import { Stat, Stats } from '~/ui/stat'
import { TextLink } from '~/ui/text-link'
import { Decision, WaitingCard, WaitingRow } from '~/ui/waiting'

export const meta: MetaFunction = () => [{ title: 'Overview' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const { problems } = mailSetupOf(args.context.scope.env)
  return { ...(await getOverview(ctx)), mailsFail: problems.length > 0 }
}

export default function Overview() {
  const { registrations, organizationRequests, requests, totals, mailsFail } = useLoaderData<typeof loader>()
  const { waiting } = useRootData()
  return (
    <>
      <PageHeader title="Overview" />
      {mailsFail && (
        <Callout
          tone="red"
          title="Mails do not leave the portal as they should"
          action={<TextLink to={paths.admin.emails}>What is wrong</TextLink>}
        />
      )}
      <Stats>
        <Stat label="Active developers" value={totals.developers} to={paths.admin.users} />
        <Stat label="Sign-ups" value={totals.signUps} note="in the last 30 days" />
        <Stat label="Active organizations" value={totals.organizations} to={paths.admin.organizations} />
        <Stat label="Approved access" value={totals.approvedAccess} to={paths.admin.accessRequests} />
        <Stat
          label="Failed deliveries"
          value={totals.failedDeliveries}
          to={paths.admin.deliveries}
          note="in the last 30 days"
        />
      </Stats>
      {registrations.length + organizationRequests.length + requests.length === 0 && (
        <Card>
          <EmptyState icon={Inbox} title="Nothing waits for you">
            New registrations, organizations and access requests appear here.
          </EmptyState>
        </Card>
      )}
      {registrations.length > 0 && (
        <WaitingCard
          title="Developers waiting for approval"
          all={
            <>
              {registrations.length > 1 && <DecideAll users={registrations} />}
              <TextLink to={`${paths.admin.users}?state=pending`}>All {waiting?.users}</TextLink>
            </>
          }
        >
          {registrations.map((user) => (
            <WaitingRow
              key={user.id}
              to={paths.admin.user(user.id)}
              name={user.name}
              note={user.email}
              since={user.createdAt}
            >
              <Decision
                approve={paths.admin.activateUser(user.id)}
                label="Activate developer"
                reject={paths.admin.rejectUser(user.id)}
                name={user.name}
              />
            </WaitingRow>
          ))}
        </WaitingCard>
      )}
      <WaitingOrganizations
        organizations={organizationRequests}
        all={
          <TextLink to={`${paths.admin.organizations}?state=pending`}>All {waiting?.organizations}</TextLink>
        }
        addresses={paths.admin}
      />
      {requests.length > 0 && (
        <WaitingCard
          title="Access requests waiting for approval"
          all={
            <TextLink to={`${paths.admin.accessRequests}?state=pending`}>
              All {waiting?.accessRequests}
            </TextLink>
          }
        >
          {requests.map((request) => (
            <WaitingRow
              key={request.id}
              to={paths.admin.accessRequest(request.id)}
              name={request.appName}
              note={`${request.organizationName}, plan ${request.planName}`}
              since={request.createdAt}
            >
              <Decision
                approve={paths.admin.approveAccessRequest(request.id)}
                label="Approve"
                reject={paths.admin.rejectAccessRequest(request.id)}
                name={request.appName}
              />
            </WaitingRow>
          ))}
        </WaitingCard>
      )}
    </>
  )
}

/** One press for all that are shown. Rejecting asks for the reason first. */
function DecideAll({ users }: { users: readonly { id: string }[] }) {
  const { admin } = paths
  const chosen = new URLSearchParams([...users.map(({ id }) => ['id', id]), ['returnTo', admin.home]] as [
    string,
    string,
  ][])
  return (
    <>
      <Form method="post" action={admin.activateUsers}>
        <ChosenFields people={users} returnTo={admin.home} />
        <SubmitButton variant="secondary" size="sm">
          Activate these {users.length}
        </SubmitButton>
      </Form>
      <ButtonLink to={`${admin.rejectUsers}?${chosen}`} variant="quiet" size="sm">
        Reject these {users.length}
      </ButtonLink>
    </>
  )
}
