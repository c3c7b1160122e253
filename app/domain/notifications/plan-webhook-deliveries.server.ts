// Which endpoints are sent an event: the portal's, and those of the organization that it happened in, for what an organization
// may hear of. One that is paused gets it as failed, so that it can be sent once the endpoint goes on.
import { sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { deliveries, type events } from '~db/schema'
import { heldEventsMs, typesFor } from './webhook'

export const pausedProblem = 'The webhook is paused.'

/** Null for a test event: it is sent to one endpoint, by the command that made it. */
export function webhookDeliveriesStatement(
  ctx: DomainContext<SystemActor>,
  event: typeof events.$inferSelect,
) {
  if (event.type === 'webhook.tested') return null
  const forOrganization = typesFor('organization').includes(event.type)
    ? sql`or w.organization_id = ${event.organizationId}`
    : sql``
  return ctx.db
    .insert(deliveries)
    .select(
      sql`select 'dlv_' || hex(randomblob(13)) as id, ${event.id} as event_id, 'webhook' as channel, w.id as recipient_key,
        ${event.type} as template, case w.state when 'paused' then 'failed' else 'pending' end as state, 0 as attempts,
        null as claimed_at, ${ctx.now} as next_attempt_at, case w.state when 'paused' then ${pausedProblem} end as last_error,
        null as sent_at, ${ctx.now} as created_at, null as cancelled_at
        from webhook_endpoints w where (w.organization_id is null ${forOrganization}) and w.created_at < ${event.createdAt}
        and (w.all_events = 1 or exists (select 1 from json_each(w.event_types) t where t.value = ${event.type}))
        and (w.state = 'active' or w.paused_at > ${ctx.now - heldEventsMs})`,
    )
    .onConflictDoNothing()
}
