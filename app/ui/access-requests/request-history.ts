// The events of one access request as lines of its history.
import type { EventType } from '~/domain/kernel/events'
import type { TimelineItem } from '~/ui/timeline'

const sentences: Partial<Record<EventType, string>> = {
  'access_request.submitted': 'sent the request',
  'access_request.approved': 'approved the request',
  'access_request.rejected': 'rejected the request',
  'access_request.withdrawn': 'withdrew the request',
  'access_request.revoked': 'revoked the access',
  'access_request.retired': 'put another plan in its place',
  'access_request.reminder': 'reminded the admins of it',
}

type HistoryEvent = { id: string; type: EventType; actorLabel: string; createdAt: number }

export function requestHistory(events: readonly HistoryEvent[]): TimelineItem[] {
  return events.map((event) => ({
    key: event.id,
    at: event.createdAt,
    title: `${event.actorLabel} ${sentences[event.type] ?? 'changed the request'}`,
  }))
}
