import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { canActivate, canReject, inactiveReasons, orgRoleLabels } from '~/domain/accounts/account'
import { getUser } from '~/domain/accounts/queries.server'
import { parseId } from '~/domain/kernel/ids'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { notFound, orNotFound } from '~/platform/responses'
import { UserStateBadge } from '~/ui/accounts/state-badge'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { DateTime } from '~/ui/date-time'
import { DefinitionList } from '~/ui/definition-list'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.user.name ?? 'User' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const userId = parseId('usr', args.params.userId)
  if (!userId) throw notFound()
  const user = await orNotFound(getUser(ctx, userId))
  const decidable = user.role === 'developer'
  return {
    user,
    mayActivate: decidable && canActivate(user.state),
    mayReject: decidable && canReject(user.state),
  }
}

type LoadedUser = Awaited<ReturnType<typeof loader>>['user']

export default function UserPage() {
  const { user, mayActivate, mayReject } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title={user.name}
        breadcrumbs={[{ label: 'Users', to: paths.admin.users }]}
        description={user.email}
        status={<UserStateBadge state={user.state} />}
        actions={
          <>
            {mayReject && <ButtonLink to={paths.admin.rejectUser(user.id)}>Reject</ButtonLink>}
            {mayActivate && (
              <Form method="post" action={paths.admin.activateUser(user.id)}>
                <SubmitButton>Activate developer</SubmitButton>
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
    </>
  )
}

function InactiveNote({ user }: { user: LoadedUser }) {
  const { now } = useRootData()
  if (user.state === 'active') return null
  return (
    <Callout
      tone={user.state === 'pending' ? 'amber' : 'neutral'}
      title={`Inactive: ${inactiveReasons[user.state]}`}
    >
      {user.stateReason && <p>Reason: {user.stateReason}</p>}
      {user.decidedAt !== null && (
        <p className="text-sm text-muted">
          {user.decidedBy ? `${user.decidedBy}, ` : ''}
          <DateTime value={user.decidedAt} now={now} relative />
        </p>
      )}
    </Callout>
  )
}

function Details({ user }: { user: LoadedUser }) {
  const { now } = useRootData()
  return (
    <DefinitionList
      items={[
        { term: 'Email address', value: user.email },
        {
          term: 'Email confirmed',
          value: <DateTime value={user.emailVerifiedAt} now={now} relative empty="Not confirmed" />,
        },
        ...(user.organizationId
          ? [
              {
                term: 'Organization',
                value: (
                  <TextLink to={paths.admin.organization(user.organizationId)}>
                    {user.organizationName}
                  </TextLink>
                ),
              },
            ]
          : []),
        { term: 'Role', value: user.orgRole ? orgRoleLabels[user.orgRole] : 'Admin' },
        ...(user.teams.length > 0
          ? [{ term: 'Teams', value: user.teams.map((team) => team.name).join(', ') }]
          : []),
        { term: 'Registered', value: <DateTime value={user.createdAt} now={now} /> },
        { term: 'Last login', value: <DateTime value={user.lastLoginAt} now={now} relative /> },
        ...(user.mustChangePassword
          ? [{ term: 'Password', value: 'Must be changed at the next login' }]
          : []),
      ]}
    />
  )
}
