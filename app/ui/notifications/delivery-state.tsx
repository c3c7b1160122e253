// The state of a delivery in one word.
import type { DeliveryState } from '~/domain/notifications/deliveries'
import { Badge, type Tone } from '~/ui/badge'

const tones: Record<DeliveryState, Tone> = {
  pending: 'amber',
  sending: 'blue',
  sent: 'green',
  failed: 'red',
  dead: 'red',
}

export function DeliveryStateBadge({ state, label }: { state: DeliveryState; label: string }) {
  const isQuiet = label === 'Not needed' || label === 'Cancelled'
  return (
    <Badge tone={isQuiet ? 'neutral' : tones[state]} dot>
      {label}
    </Badge>
  )
}
