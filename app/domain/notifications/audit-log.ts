// How the audit log is filtered: by what happened, by who did it, by words. All of it comes from the list's address.
import { type EventType, eventTypes } from '~/domain/kernel/events'

export type AuditLogFilter = { type: EventType | null; actor: string | null; search: string }

/** Anything that is not a known type or an id counts as no filter. */
export function auditLogFilter(params: URLSearchParams): AuditLogFilter {
  const type = params.get('type')
  const actor = params.get('actor')
  return {
    type: eventTypes.find((known) => known === type) ?? null,
    actor: actor && /^[a-z]+_[0-9A-Za-z]{1,40}$/.test(actor) ? actor : null,
    search: (params.get('q') ?? '').trim().slice(0, 200),
  }
}

/** `access_request.approved` → "Access request approved". */
export function eventTypeLabel(type: string): string {
  const words = type.replace(/[._]/g, ' ').replace(/^api\b/, 'API')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
