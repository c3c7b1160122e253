// Webhooks: what one says of an endpoint, how many there may be, and which events it can choose. An organization hears of
// its own apps, credentials, quotas, requests and members, whatever it asks for.
import { z } from 'zod'
import type { AdminActor, SuperAdminActor } from '~/domain/kernel/actor'
import { type EventType, eventTypes } from '~/domain/kernel/events'
import { paragraphSchema } from '~/domain/kernel/text'

/** Whose endpoints somebody manages: admins those of the portal, super admins those of their organization. */
export type WebhookOwner = AdminActor | SuperAdminActor
export type WebhookScope = 'portal' | 'organization'

export const maxWebhooks: Record<WebhookScope, number> = { portal: 50, organization: 10 }

/** How long the secret before the last one still signs, so that receivers have time to change theirs. */
export const secretOverlapMs = 86_400_000

/** Attempts, with what was sent and answered, are kept for this time. */
export const attemptsKeptMs = 30 * 86_400_000

/** Events of so long a pause are kept, to be sent later. */
export const heldEventsMs = 30 * 86_400_000

/** Deliveries that one press sends again. */
export const againAtOnce = 500

const organizationEventTypes = eventTypes.filter(
  (type) =>
    /^(app|credential|quota|access_request|member)\./.test(type) && type !== 'access_request.reminder',
)

export function webhookScope(owner: WebhookOwner): WebhookScope {
  return owner.type === 'admin' ? 'portal' : 'organization'
}

export function typesFor(scope: WebhookScope): readonly EventType[] {
  return scope === 'portal' ? eventTypes : organizationEventTypes
}

/** Types by what they are about, in the order of the log: "access_request", "app" … */
export function typesBySubject(scope: WebhookScope): { subject: string; types: EventType[] }[] {
  const groups = new Map<string, EventType[]>()
  for (const type of typesFor(scope)) {
    const subject = type.slice(0, type.indexOf('.'))
    groups.set(subject, [...(groups.get(subject) ?? []), type])
  }
  return [...groups].map(([subject, types]) => ({ subject, types }))
}

export type PausedReason = 'by_hand' | 'failing' | 'gone' | 'by_admin'

export const pausedReasons: Record<PausedReason, string> = {
  by_hand: 'Somebody paused it.',
  failing: 'It kept failing for more than a day.',
  gone: 'The receiver answered 410 Gone.',
  by_admin: 'An admin of the portal paused it. Only an admin can resume it; until then it cannot be deleted.',
}

/** What an endpoint is called where there is room for a few words. */
export function webhookName({ url, description }: { url: string; description: string }): string {
  return description || (URL.canParse(url) ? new URL(url).host : url)
}

/** Without its query, which may hold what opens the receiver. */
export function bareAddress(url: string): string {
  return url.split('?', 1)[0] ?? url
}

/** Why an admin stops an organization's endpoint: its super admins read it. */
export const pauseOrganizationWebhookInput = z.object({ reason: paragraphSchema('Reason', 500) })
export type PauseOrganizationWebhookInput = z.output<typeof pauseOrganizationWebhookInput>

const chosenTypes = z.array(z.enum(eventTypes, { error: 'This event is not known.' })).default([])

export const webhookInput = z
  .object({
    url: z
      .string({ error: 'Enter an address that begins with https://.' })
      .trim()
      .max(500, 'An address can have at most 500 characters.')
      .regex(/^https?:\/\/[^\s#\\]+$/, 'Enter an address that begins with https://, without a hash.'),
    description: paragraphSchema('Description', 120),
    events: z.enum(['all', 'chosen'], { error: 'Choose which events are sent.' }),
    eventTypes: chosenTypes,
  })
  .refine(({ events, eventTypes }) => events === 'all' || eventTypes.length > 0, {
    path: ['eventTypes'],
    error: 'Choose at least one event.',
  })
export type WebhookInput = z.output<typeof webhookInput>

export const failedSince = ['hour', 'day', 'week', 'month'] as const
export type FailedSince = (typeof failedSince)[number]

export const failedSinceLabels: Record<FailedSince, string> = {
  hour: 'Last hour',
  day: 'Last 24 hours',
  week: 'Last 7 days',
  month: 'Last 30 days',
}

export const failedSinceMs: Record<FailedSince, number> = {
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30 * 86_400_000,
}

export const sendFailedInput = z.object({ since: z.enum(failedSince, { error: 'Choose since when.' }) })
export type SendFailedInput = z.output<typeof sendFailedInput>
