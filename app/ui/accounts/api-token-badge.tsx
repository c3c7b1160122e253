// The state of an API token in a word.
import { type ApiTokenState, apiTokenStateLabels } from '~/domain/accounts/api-token'
import { Badge } from '~/ui/badge'

export function ApiTokenBadge({ state }: { state: ApiTokenState }) {
  return (
    <Badge tone={state === 'active' ? 'green' : state === 'revoked' ? 'neutral' : 'amber'} dot>
      {apiTokenStateLabels[state]}
    </Badge>
  )
}
