// Who the user is and where, and why an account is closed.
import { inactiveReasons, orgRoleLabels } from '~/domain/accounts/account'
import type { UserPage } from '~/domain/accounts/queries-user.server'
import { paths } from '~/platform/paths'
import { Callout } from '~/ui/callout'
import { DateTime } from '~/ui/date-time'
import { DefinitionList } from '~/ui/definition-list'
import { useRootData } from '~/ui/root-data'
import { TextLink } from '~/ui/text-link'

export function InactiveNote({ user }: { user: Omit<UserPage, 'events'> }) {
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

export function Details({ user }: { user: Omit<UserPage, 'events'> }) {
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
        { term: 'Two-factor authentication', value: secondFactors(user) },
        { term: 'Registered', value: <DateTime value={user.createdAt} now={now} /> },
        { term: 'Last login', value: <DateTime value={user.lastLoginAt} now={now} relative /> },
        ...(user.mustChangePassword
          ? [{ term: 'Password', value: 'Must be changed at the next login' }]
          : []),
      ]}
    />
  )
}

function secondFactors({ hasTwoFactor, passkeys }: Omit<UserPage, 'events'>): string {
  const parts = [
    hasTwoFactor ? 'Authenticator app' : null,
    passkeys > 0 ? `${passkeys} passkey${passkeys === 1 ? '' : 's'}` : null,
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(', ') : 'Off'
}
