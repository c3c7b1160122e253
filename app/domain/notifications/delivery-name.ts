// What a delivery is called in the log and on screen.
import { eventTypeLabel } from './audit-log'
import { mailKind } from './notifications'

export function deliveryName({ channel, template }: { channel: string; template: string }): string {
  if (channel === 'gateway') return 'Key at a gateway'
  if (channel === 'webhook') return `Webhook: ${eventTypeLabel(template)}`
  return mailKind(template)?.label ?? template
}
