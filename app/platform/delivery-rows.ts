// What lists and pages show of a delivery, in words.
import { eventTypeLabel } from '~/domain/notifications/audit-log'
import {
  canBeCancelled,
  deliveryChannelLabels,
  deliveryStateLabel,
  maxAttempts,
} from '~/domain/notifications/deliveries'
import { deliveryName } from '~/domain/notifications/delivery-name'
import type { DeliveryRow } from '~/domain/notifications/queries-deliveries.server'
import { maxWebhookAttempts } from '~/domain/notifications/webhook-retries'

export function deliveryShown(row: DeliveryRow, now: number) {
  const waits = row.state === 'pending'
  return {
    id: row.id,
    recipient: deliveryRecipient(row),
    what: row.channel === 'gateway' ? `Key${row.keyHint ? ` …${row.keyHint}` : ''}` : deliveryName(row),
    channelLabel: deliveryChannelLabels[row.channel],
    event: eventTypeLabel(row.eventType),
    eventId: row.eventId,
    state: row.state,
    stateLabel: deliveryStateLabel(row),
    attempts: row.attempts,
    attemptsLabel: `${row.attempts} of ${row.channel === 'webhook' ? maxWebhookAttempts : maxAttempts}`,
    problem: row.lastError,
    nextAttemptAt: waits && row.nextAttemptAt > now ? row.nextAttemptAt : null,
    triedAt: row.claimedAt,
    sentAt: row.sentAt,
    createdAt: row.createdAt,
    givenUp: row.state === 'failed' || row.state === 'dead',
    canRetry: waits && row.nextAttemptAt > now,
    canCancel: canBeCancelled(row),
  }
}

export type ShownDelivery = ReturnType<typeof deliveryShown>

/** An address, or the name of a webhook or a gateway. */
export function deliveryRecipient({
  channel,
  recipientEmail,
  recipientKey,
  gatewayName,
  webhookName,
}: Pick<DeliveryRow, 'channel' | 'recipientEmail' | 'recipientKey' | 'gatewayName' | 'webhookName'>): string {
  if (channel === 'webhook') return webhookName ?? 'Removed webhook'
  if (channel === 'gateway') return gatewayName ?? 'Removed gateway'
  if (recipientEmail !== null) return recipientEmail
  if (/^(new|old):/.test(recipientKey))
    return recipientKey.startsWith('new:') ? 'New address of a user' : 'Old address of a user'
  return recipientKey.startsWith('usr_') ? 'Deleted user' : recipientKey
}
