// How an endpoint does, in one word.
import { Badge } from '~/ui/badge'

export function WebhookBadge({ state, failures }: { state: 'active' | 'paused'; failures: number }) {
  if (state === 'paused') return <Badge tone="red">Paused</Badge>
  return failures > 0 ? <Badge tone="amber">Failing</Badge> : <Badge tone="green">Active</Badge>
}
