// The states and the clock of a delivery: pending → sending → sent | failed | dead. An attempt that failed for now waits,
// longer each time; `failed` is what no repetition would mend, `dead` is what was tried often enough.

export const deliveryStates = ['pending', 'sending', 'sent', 'failed', 'dead'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** The ways out of the portal that have deliveries. */
export const deliveryChannels = ['email', 'gateway', 'webhook', 'digest'] as const
export type DeliveryChannel = (typeof deliveryChannels)[number]

export const deliveryChannelLabels: Record<DeliveryChannel, string> = {
  email: 'Mail',
  gateway: 'Key at a gateway',
  webhook: 'Webhook',
  digest: 'For a daily digest',
}

/** The first attempt and the queue's nine retries (`max_retries` in wrangler.toml). */
export const maxAttempts = 10

/** Who claimed a delivery and has not said how it went after this time is taken to have crashed. */
export const claimMs = 5 * 60_000

/** The cron leaves to the queue what has been due for less than this time. */
export const sweepAfterMs = 2 * 60_000

/** How long a provider may take for one mail. */
export const sendTimeoutMs = 10_000

const firstDelaySeconds = 30
const longestDelaySeconds = 3600

/** What waits longer than this waits for its moment, not for a repetition: the cron finds it then. */
export const longestRetrySeconds = longestDelaySeconds * 1.2

/** Cloudflare Queues, limits: no message waits longer. */
export const longestWaitSeconds = 12 * 3600

/**
 * Seconds to wait after the n-th attempt failed: 30·2^n, at most an hour, and up to a fifth more, so that what failed
 * together does not come back together. `random` is in [0, 1).
 */
export function retryDelaySeconds(attempts: number, random = Math.random()): number {
  const delay = Math.min(firstDelaySeconds * 2 ** Math.min(attempts, 16), longestDelaySeconds)
  return Math.ceil(delay + delay * 0.2 * random)
}

/** What a list shows: a mail that turned out not to be needed is `sent` without a time of sending. */
export function deliveryStateLabel(delivery: {
  state: DeliveryState
  sentAt: number | null
  cancelledAt: number | null
}): string {
  if (delivery.cancelledAt !== null) return 'Cancelled'
  if (delivery.state === 'sent' && delivery.sentAt === null) return 'Not needed'
  return deliveryStateLabels[delivery.state]
}

export const deliveryStateLabels: Record<DeliveryState, string> = {
  pending: 'Waiting',
  sending: 'Sending',
  sent: 'Sent',
  failed: 'Failed',
  dead: 'Given up',
}

/** What somebody who has taken an admin's account over must not be able to hold back. */
const notToBeCancelled = [
  'password_changed',
  'email_changed',
  'two_factor_changed',
  'factor_changed',
  'credential_leaked',
]

/** Nor what a gateway is to be told of a key: a revoked one would go on to work there. */
export function canBeCancelled(delivery: { channel: string; template: string; state: DeliveryState }) {
  const isHarmless = delivery.channel !== 'gateway' && !notToBeCancelled.includes(delivery.template)
  return delivery.state === 'pending' && isHarmless
}
