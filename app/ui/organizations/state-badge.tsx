// The state of an organization in one word.
import { type OrganizationState, organizationStateLabels } from '~/domain/organizations/organization'
import { Badge, type Tone } from '~/ui/badge'

const tones: Record<OrganizationState, Tone> = {
  pending: 'amber',
  active: 'green',
  rejected: 'neutral',
  suspended: 'red',
}

export function OrganizationStateBadge({ state }: { state: OrganizationState }) {
  return (
    <Badge tone={tones[state]} dot>
      {organizationStateLabels[state]}
    </Badge>
  )
}
