// An admin's pause of an organization's endpoint and its end: one guarded update in two directions. Of many who press at
// once one does, and each change has one event.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { EventData } from '~/domain/kernel/events'
import type { Id, OrganizationId } from '~/domain/kernel/ids'
import { recordEvent } from '~db/record-event'
import { events, webhookEndpoints } from '~db/schema'

type Change = {
  type: 'webhook.paused' | 'webhook.resumed'
  data: EventData
  /** On `webhook_endpoints w`. */
  when: SQL
  set: { [column: string]: SQL | string | number | null }
}

/** Whether `when` held when the change was made. */
export async function changeOrganizationWebhook(
  ctx: DomainContext<AdminActor>,
  organizationId: OrganizationId,
  webhookId: Id<'whk'>,
  { type, data, when, set }: Change,
): Promise<boolean> {
  const event = recordEvent(
    ctx,
    {
      type,
      subjectType: 'webhook',
      subjectId: webhookId,
      organizationId,
      data: { ...data, owner: 'organization' },
    },
    sql`exists (select 1 from webhook_endpoints w where w.id = ${webhookId} and w.organization_id = ${organizationId} and ${when})`,
  )
  const [, changed] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(webhookEndpoints)
      .set(set)
      .where(
        and(
          eq(webhookEndpoints.id, webhookId),
          sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`,
        ),
      )
      .returning({ id: webhookEndpoints.id }),
  ])
  if (!changed[0]) return false
  ctx.announce(event.id)
  return true
}
