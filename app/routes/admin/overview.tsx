import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { Inbox } from 'lucide-react'
import type { ReactNode } from 'react'
import { getOverview } from '~/domain/accounts/waiting.server'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { ChosenFields } from '~/ui/accounts/chosen-people'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { DateTime } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'
import { Stat, Stats } from '~/ui/stat'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction = () => [{ title: 'Overview' }]

export async function loader(args: LoaderFunctionArgs) {
  return getOverview(await requireAdmin(args))
}

export default function Overview() {
  const { registrations, requests, totals } = useLoaderData<typeof loader>()
  const { waiting } = useRootData()
  return (
    <>
      <PageHeader title="Overview" />
      <Stats>
        <Stat label="Active developers" value={totals.developers} to={paths.admin.users} />
        <Stat label="Sign-ups" value={totals.signUps} note="in the last 30 days" />
        <Stat label="Active organizations" value={totals.organizations} to={paths.admin.organizations} />
        <Stat label="Approved access" value={totals.approvedAccess} to={paths.admin.accessRequests} />
      </Stats>
      {registrations.length === 0 && requests.length === 0 && (
        <Card>
          <EmptyState icon={Inbox} title="Nothing waits for you">
            New registrations and access requests appear here.
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

function WaitingCard({ title, all, children }: { title: string; all: ReactNode; children: ReactNode }) {
  return (
    <Card>
      <CardHeader title={title} actions={all} />
      <CardBody flush>
        <ul className="divide-y divide-line">{children}</ul>
      </CardBody>
    </Card>
  )
}

type WaitingRowProps = { to: string; name: string; note: string; since: number; children: ReactNode }

function WaitingRow({ to, name, note, since, children }: WaitingRowProps) {
  const { now } = useRootData()
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3 sm:px-6">
      <div className="min-w-0 wrap-anywhere">
        <TextLink to={to} plain className="font-medium">
          {name}
        </TextLink>
        <p className="text-sm text-muted">
          {note} · <DateTime value={since} now={now} relative />
        </p>
      </div>
      <div className="flex flex-wrap gap-2">{children}</div>
    </li>
  )
}

function Decision({
  approve,
  label,
  reject,
  name,
}: {
  approve: string
  label: string
  reject: string
  name: string
}) {
  return (
    <>
      <Form method="post" action={approve}>
        <SubmitButton variant="secondary" size="sm" aria-label={`${label}: ${name}`}>
          {label}
        </SubmitButton>
      </Form>
      <ButtonLink to={reject} variant="quiet" size="sm" aria-label={`Reject: ${name}`}>
        Reject
      </ButtonLink>
    </>
  )
}
