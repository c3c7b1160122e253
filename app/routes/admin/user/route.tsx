import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { canActivate, canReject } from '~/domain/accounts/account'
import { getUser } from '~/domain/accounts/queries-user.server'
import { appVisibilityLabels } from '~/domain/apps/app'
import { describeEvent } from '~/domain/notifications/describe-event'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import { SessionList } from '~/ui/accounts/session-list'
import { UserStateBadge } from '~/ui/accounts/state-badge'
import { ActivityCard } from '~/ui/activity-card'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { DateTime } from '~/ui/date-time'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'
import { TextLink } from '~/ui/text-link'
import { Details, InactiveNote } from './details'
import { MoreOptions } from './more-options'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.user.name ?? 'User' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const userId = idParam(args, 'usr', 'userId')
  const { events, ...user } = await orNotFound(getUser(ctx, userId))
  return {
    user,
    activity: events.map((event) => ({
      key: event.id,
      at: event.createdAt,
      title: `${event.actorLabel} ${describeEvent(event)}`,
    })),
    isSelf: userId === ctx.actor.userId,
  }
}

export default function UserPage() {
  const { user, activity, isSelf } = useLoaderData<typeof loader>()
  const { now } = useRootData()
  const list =
    user.role === 'admin'
      ? { label: 'Admin users', to: paths.admin.admins }
      : { label: 'Users', to: paths.admin.users }
  return (
    <>
      <PageHeader
        title={user.name}
        breadcrumbs={[list]}
        description={user.email}
        status={<UserStateBadge state={user.state} />}
        actions={
          <>
            <MoreOptions user={user} isSelf={isSelf} />
            {canReject(user.state) && <ButtonLink to={paths.admin.rejectUser(user.id)}>Reject</ButtonLink>}
            {canActivate(user.state) && (
              <Form method="post" action={paths.admin.activateUser(user.id)}>
                <SubmitButton>{user.role === 'admin' ? 'Activate admin' : 'Activate developer'}</SubmitButton>
              </Form>
            )}
          </>
        }
      />
      {user.state !== 'active' && <InactiveNote user={user} />}
      <Card>
        <CardHeader title="Details" />
        <CardBody>
          <Details user={user} />
        </CardBody>
      </Card>
      {user.role === 'developer' && (
        <Card>
          <CardHeader
            title="Apps"
            actions={
              user.state === 'active' && (
                <ButtonLink to={paths.admin.newApp(user.id)} size="sm">
                  New app
                </ButtonLink>
              )
            }
          />
          <CardBody>
            {user.apps.length === 0 ? (
              <p className="text-muted">Owns no apps.</p>
            ) : (
              <ul className="flex flex-col gap-2">
                {user.apps.map((app) => (
                  <li key={app.id} className="flex flex-wrap justify-between gap-x-4">
                    <TextLink to={paths.admin.app(app.id)} className="font-medium wrap-anywhere">
                      {app.name}
                    </TextLink>
                    <span className="text-sm text-muted">
                      {appVisibilityLabels[app.visibility]}, made{' '}
                      <DateTime value={app.createdAt} now={now} relative />
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </CardBody>
        </Card>
      )}
      <Card>
        <CardHeader title="Sessions" />
        <CardBody>
          {user.sessions.length === 0 ? (
            <p className="text-muted">Not logged in anywhere.</p>
          ) : (
            <SessionList sessions={user.sessions} now={now} />
          )}
        </CardBody>
      </Card>
      <ActivityCard
        items={activity}
        now={now}
        actions={
          <>
            <TextLink to={`${paths.admin.auditLog}?actor=${user.id}`}>In the audit log</TextLink>
            <TextLink to={paths.admin.historyOf(user.id)}>What was done to the account</TextLink>
          </>
        }
      />
    </>
  )
}
