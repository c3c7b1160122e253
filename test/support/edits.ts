// Edits for tests: each makes a thing, changes it, and knows what the event of the last change tells.
import { and, desc, eq } from 'drizzle-orm'
import type { EventType } from '~/domain/kernel/events'
import { changesOf } from '~/domain/notifications/event-changes'
import { events } from '~db/schema'
import { db } from './context'

/** In every text and every secret of the edits: no event may hold it. */
export const canary = 'canary-9f2c'

export type Edits = Partial<Record<EventType, { run: () => Promise<string>; expected: unknown[] }>>

/** The newest event of this type about it. */
export async function told(type: EventType, subjectId: string) {
  const [event] = await db
    .select()
    .from(events)
    .where(and(eq(events.type, type), eq(events.subjectId, subjectId)))
    .orderBy(desc(events.id))
    .limit(1)
  if (!event) throw new Error(`no ${type}`)
  return event
}

/** What its page shows: "Name: Old → New". */
export async function changes(type: EventType, subjectId: string) {
  const { data } = await told(type, subjectId)
  return changesOf(data).changes.map(({ field, from, to }) => `${field}: ${from} → ${to}`)
}
