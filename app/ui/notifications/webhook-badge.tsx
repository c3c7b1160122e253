// How an endpoint does, and how a delivery went, in one word.
import type { DeliveryState } from '~/domain/notifications/deliveries'
import { Badge, type Tone } from '~/ui/badge'

export function WebhookBadge({ state, failures }: { state: 'active' | 'paused'; failures: number }) {
  if (state === 'paused') return <Badge tone="red">Paused</Badge>
  return failures > 0 ? <Badge tone="amber">Failing</Badge> : <Badge tone="green">Active</Badge>
}

const tones: Record<DeliveryState, Tone> = {
  pending: 'amber',
  sending: 'blue',
  sent: 'green',
  failed: 'red',
  dead: 'red',
}

export function WebhookDeliveryBadge({ state, label }: { state: DeliveryState; label: string }) {
  return (
    <Badge tone={label === 'Not needed' ? 'neutral' : tones[state]} dot>
      {label}
    </Badge>
  )
}
