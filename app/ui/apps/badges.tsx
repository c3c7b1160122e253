// States of apps, credentials and access requests, each in one word and one tone.
import { type AccessRequestState, accessRequestStateLabels } from '~/domain/access-requests/access-request'
import { type CredentialState, credentialStateLabels } from '~/domain/apps/credential'
import { type Standstill, standstillLabels } from '~/domain/apps/standstill'
import { Badge, type Tone } from '~/ui/badge'

const credentialTones: Record<CredentialState, Tone> = {
  active: 'green',
  retiring: 'amber',
  revoked: 'red',
  expired: 'neutral',
}

type CredentialStateBadgeProps = { state: CredentialState; standstill?: Standstill | null }

/** A key that would work is told by what stops its app. */
export function CredentialStateBadge({ state, standstill = null }: CredentialStateBadgeProps) {
  if (standstill !== null && (state === 'active' || state === 'retiring')) {
    return <Badge tone="red">{standstillLabels[standstill]}</Badge>
  }
  return (
    <Badge tone={credentialTones[state]} dot>
      {credentialStateLabels[state]}
    </Badge>
  )
}

const requestTones: Record<AccessRequestState, Tone> = {
  pending: 'amber',
  approved: 'green',
  rejected: 'red',
  withdrawn: 'neutral',
  revoked: 'red',
  retired: 'neutral',
}

export function RequestStateBadge({ state }: { state: AccessRequestState }) {
  return (
    <Badge tone={requestTones[state]} dot>
      {accessRequestStateLabels[state]}
    </Badge>
  )
}

type AppStatus = { frozenAt: number | null; workingKeys: number; pendingRequests: number }

export function AppStatusBadge({ app }: { app: AppStatus }) {
  if (app.frozenAt !== null) return <Badge tone="red">Frozen</Badge>
  if (app.workingKeys > 0) {
    return (
      <Badge tone="green" dot>
        {app.pendingRequests > 0 ? 'Active, more pending' : 'Active'}
      </Badge>
    )
  }
  return app.pendingRequests > 0 ? <Badge tone="amber">Pending</Badge> : <Badge>No access</Badge>
}
