// Contexts for tests that call commands and queries directly, with the platform's real tools.
import { env } from 'cloudflare:workers'
import type { Actor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { EventId } from '~/domain/kernel/ids'
import { contextTools } from '~/platform/scope'
import { createDatabase } from '~db/client'

export const db = createDatabase(env.DB)

export const system: SystemActor = { type: 'system' }
export const visitor = { type: 'visitor' } as const

/** A context for `actor` at `now`. `announced` collects the ids that the command announced. */
export function contextFor<A extends Actor>(
  actor: A,
  now = Date.now(),
): DomainContext<A> & { announced: EventId[] } {
  const announced: EventId[] = []
  return {
    ...contextTools(env, () => now),
    db,
    now,
    actor,
    requestId: `test-${crypto.randomUUID()}`,
    source: { ip: '203.0.113.7', country: 'NL', userAgent: 'vitest' },
    announce: (eventId) => announced.push(eventId),
    announced,
  }
}
