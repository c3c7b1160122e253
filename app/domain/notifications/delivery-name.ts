// What a delivery is called in the log and on screen.
import { eventTypeLabel } from './audit-log'
import { mailKind } from './notifications'

export function deliveryName({ channel, template }: { channel: string; template: string }): string {
  if (channel === 'gateway') return 'Key at a gateway'
  if (channel === 'webhook') return `Webhook: ${eventTypeLabel(template)}`
  return mailKind(template)?.label ?? template
}

/** What an admin's bell says of one that failed. */
export function notDelivered(delivery: { channel: string; template: string }): string {
  if (delivery.channel === 'webhook')
    return `Not delivered to a webhook: ${eventTypeLabel(delivery.template)}`
  return `Not delivered: ${deliveryName(delivery)}`
}
