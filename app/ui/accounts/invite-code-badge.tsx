// The state of an invite code in a word.
import { type InviteCodeState, inviteCodeStateLabels } from '~/domain/accounts/invite-code'
import { Badge } from '~/ui/badge'

export function InviteCodeBadge({ state }: { state: InviteCodeState }) {
  return (
    <Badge tone={state === 'usable' ? 'green' : state === 'inactive' ? 'neutral' : 'amber'} dot>
      {inviteCodeStateLabels[state]}
    </Badge>
  )
}
