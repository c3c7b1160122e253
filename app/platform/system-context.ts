// The context of what nobody asked for by a request: queue and cron act as the system, by the same commands.
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { EventId } from '~/domain/kernel/ids'
import { createDatabase } from '~db/client'
import { contextTools } from './scope'

/** `announced` collects the events that a command made. Enqueue them when it is done. */
export type SystemContext = DomainContext<SystemActor> & { announced: EventId[] }

/** A fresh clock each time: a batch may run for minutes. */
export function systemContext(env: Env): SystemContext {
  const announced: EventId[] = []
  return {
    ...contextTools(env, Date.now),
    db: createDatabase(env.DB),
    now: Date.now(),
    actor: { type: 'system' },
    requestId: crypto.randomUUID(),
    source: { ip: null, country: null, userAgent: null },
    announce: (eventId) => announced.push(eventId),
    announced,
  }
}
