// Has everything told to an external gateway again. It only writes the event: the queue works out the keys and tells them
// in bounded steps, and the deliveries show how each went.
import { sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { EventId, Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { events } from '~db/schema'
import { noSuchGateway } from './edit-gateway.server'
import { findGateway } from './queries-gateways.server'

export async function resynchronizeGateway(
  ctx: DomainContext<AdminActor>,
  gatewayId: Id<'gwy'>,
): Promise<Result<{ eventId: EventId; name: string }>> {
  const gateway = await findGateway(ctx, gatewayId)
  if (!gateway) return fail(noSuchGateway)
  const event = recordEvent(
    ctx,
    {
      type: 'gateway.resynchronized',
      subjectType: 'gateway',
      subjectId: gatewayId,
      data: { name: gateway.name },
    },
    // Of many who press at once one is heard, and while a run has keys to tell, it is enough.
    sql`exists (select 1 from gateways where id = ${gatewayId})
      and not exists (select 1 from events e where e.subject_id = ${gatewayId} and e.type = 'gateway.resynchronized'
        and (e.planned_at is null or exists (select 1 from deliveries d where d.event_id = e.id and d.state in ('pending', 'sending')
          and d.attempts = 0)))`,
  )
  const recorded = await event.statement.returning({ id: events.id })
  if (!recorded[0]) {
    return fail(
      domainError(
        'conflict',
        `${gateway.name} is being resynchronized already. Deliveries show how far it is.`,
      ),
    )
  }
  ctx.announce(event.id)
  return ok({ eventId: event.id, name: gateway.name })
}
