// What the audit log shows of an event, in words, and where its subject is.
import { describeEvent } from '~/domain/notifications/describe-event'
import type { AuditEntry } from '~/domain/notifications/queries-audit.server'
import { placeOfSubject } from './event-places'

export function eventShown(event: AuditEntry) {
  return {
    id: event.id,
    type: event.type,
    at: event.createdAt,
    actorId: event.actorId,
    actor: event.actorLabel,
    sentence: describeEvent(event),
    subjectTo: placeOfSubject(event),
    ip: event.ip,
    country: event.country,
    userAgent: event.userAgent,
  }
}

export type ShownEvent = ReturnType<typeof eventShown>
