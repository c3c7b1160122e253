// The state of a user: Active, or Inactive with its reason in words.
import { inactiveReasons, type UserState } from '~/domain/accounts/account'
import { Badge } from '~/ui/badge'

export function UserStateBadge({ state }: { state: UserState }) {
  return state === 'active' ? (
    <Badge tone="green" dot>
      Active
    </Badge>
  ) : (
    <Badge tone={state === 'pending' ? 'amber' : 'neutral'} dot>
      Inactive
    </Badge>
  )
}

/** Such as "Inactive: waits for approval". */
export function UserStatus({ state }: { state: UserState }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <UserStateBadge state={state} />
      {state !== 'active' && <span className="text-sm text-muted">{inactiveReasons[state]}</span>}
    </span>
  )
}
