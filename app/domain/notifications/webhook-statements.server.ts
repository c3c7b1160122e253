// Whose webhook it is, as SQL conditions on `webhook_endpoints w`: they read role and membership as they are now. And the
// one way to change an endpoint: its event first, guarded, then what depends on that event, in one batch.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { managesMembers, stillMember } from '~/domain/accounts/visibility.server'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { EventData, EventType } from '~/domain/kernel/events'
import type { Id, OrganizationId } from '~/domain/kernel/ids'
import { recordEvent } from '~db/record-event'
import { events, webhookEndpoints } from '~db/schema'
import type { WebhookOwner } from './webhook'

export const noSuchWebhook = domainError('not_found', 'This webhook does not exist (any more).')

export function ownWebhooks(owner: WebhookOwner): SQL {
  return owner.type === 'admin'
    ? sql`w.organization_id is null`
    : sql`(w.organization_id = ${owner.organizationId} and ${stillMember(owner)})`
}

/** Who may add one: admins, and super admins while their organization is active. */
export function mayAddWebhooks(owner: WebhookOwner): SQL {
  return owner.type === 'admin' ? sql`1` : managesMembers(owner)
}

type Change = {
  type: EventType
  data: EventData
  /** On `webhook_endpoints w`. */
  when?: SQL
  /** What its fields were, for the event. */
  before?: Record<string, SQL>
  set: Partial<typeof webhookEndpoints.$inferInsert> | { [column: string]: SQL | unknown }
}

/** False when it is not (or no longer) theirs, or not in the state that `when` asks for. */
export async function changeWebhook(
  ctx: DomainContext<WebhookOwner>,
  webhookId: Id<'whk'>,
  change: Change,
): Promise<boolean> {
  return changeEndpoint(ctx, own(ctx.actor, webhookId), change)
}

/** An admin's change of an endpoint that an organization has: the organization reads of it, and the event says whose it is. */
export async function changeOrganizationWebhook(
  ctx: DomainContext<AdminActor>,
  organizationId: OrganizationId,
  webhookId: Id<'whk'>,
  change: Change,
): Promise<boolean> {
  const endpoint = { webhookId, organizationId, holds: sql`w.organization_id = ${organizationId}` }
  return changeEndpoint(ctx, endpoint, { ...change, data: { ...change.data, owner: 'organization' } })
}

/** The event of a change; `won` holds in what follows it in the batch. */
export function webhookEvent(
  ctx: DomainContext<WebhookOwner>,
  webhookId: Id<'whk'>,
  change: Omit<Change, 'set'>,
) {
  return endpointEvent(ctx, own(ctx.actor, webhookId), change)
}

/** `holds`, on `webhook_endpoints w`: it is of whom it is meant to be. */
type Endpoint = { webhookId: Id<'whk'>; organizationId: OrganizationId | null; holds: SQL }

function own(owner: WebhookOwner, webhookId: Id<'whk'>): Endpoint {
  return { webhookId, organizationId: organizationOf(owner), holds: ownWebhooks(owner) }
}

async function changeEndpoint(ctx: DomainContext<WebhookOwner>, endpoint: Endpoint, change: Change) {
  const event = endpointEvent(ctx, endpoint, change)
  const [, changed] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(webhookEndpoints)
      .set(change.set)
      .where(and(eq(webhookEndpoints.id, endpoint.webhookId), event.won))
      .returning({ id: webhookEndpoints.id }),
  ])
  if (!changed[0]) return false
  ctx.announce(event.id)
  return true
}

function endpointEvent(
  ctx: DomainContext<WebhookOwner>,
  { webhookId, organizationId, holds }: Endpoint,
  { type, data, when = sql`1`, before }: Omit<Change, 'set'>,
) {
  const recorded = recordEvent(
    ctx,
    { type, subjectType: 'webhook', subjectId: webhookId, organizationId, data },
    sql`exists (select 1 from webhook_endpoints w where w.id = ${webhookId} and ${holds} and (${when}))`,
    before,
  )
  return { ...recorded, won: sql`exists (select 1 from ${events} where ${events.id} = ${recorded.id})` }
}

export function organizationOf(owner: WebhookOwner) {
  return owner.type === 'admin' ? null : owner.organizationId
}
