// How the activity of an organization is filtered: by what happened, by who did it, by when. All of it comes from the address.
import { type EventType, eventTypes } from '~/domain/kernel/events'
import { parseId, type UserId } from '~/domain/kernel/ids'

/** What can happen in an organization, as far as its super admins are concerned. */
export const activityTypes = eventTypes.filter((type) =>
  /^(user\.(invited|invitation_|added|changed|deactivated|activated|deleted)|member\.|team\.|organization\.|app\.|access_request\.|credential\.|quota\.|webhook\.)/.test(
    type,
  ),
)

const dayMs = 86_400_000

export const activityPeriods = [
  { value: 'day', label: 'Last 24 hours', ms: dayMs },
  { value: 'week', label: 'Last 7 days', ms: 7 * dayMs },
  { value: 'month', label: 'Last 30 days', ms: 30 * dayMs },
] as const
export type ActivityPeriod = (typeof activityPeriods)[number]['value']

export type ActivityFilter = {
  type: EventType | null
  actor: UserId | null
  period: ActivityPeriod | null
}

/** Anything that is not known counts as no filter. */
export function activityFilter(params: URLSearchParams): ActivityFilter {
  return {
    type: activityTypes.find((known) => known === params.get('type')) ?? null,
    actor: parseId('usr', params.get('actor') ?? undefined),
    period: activityPeriods.find((known) => known.value === params.get('period'))?.value ?? null,
  }
}

export function periodStart(period: ActivityPeriod | null, now: number): number | null {
  const found = activityPeriods.find((known) => known.value === period)
  return found ? now - found.ms : null
}
