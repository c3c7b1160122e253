// What admins see of an organization's endpoints: no secret and no delivery, and of an address not its query, which may hold
// what opens the receiver.
import { and, asc, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id, OrganizationId } from '~/domain/kernel/ids'
import { named } from '~db/columns'
import { organizations, webhookEndpoints } from '~db/schema'
import { bareAddress, maxWebhooks, webhookName } from './webhook'

const endpoint = {
  id: named(webhookEndpoints.id, 'webhook_id'),
  url: webhookEndpoints.url,
  description: webhookEndpoints.description,
  state: named(webhookEndpoints.state, 'webhook_state'),
  pausedReason: webhookEndpoints.pausedReason,
  pausedNote: webhookEndpoints.pausedNote,
  pausedAt: webhookEndpoints.pausedAt,
  pausedBefore: webhookEndpoints.pausedBefore,
  failures: webhookEndpoints.failures,
  failingSince: webhookEndpoints.failingSince,
}

function shown<Row extends { url: string; description: string }>({ url, description, ...row }: Row) {
  return { ...row, name: webhookName({ url, description }), address: bareAddress(url) }
}

/** The organization's name with all of its endpoints, oldest first. Throws NotFoundError. */
export async function listOrganizationWebhooks(
  { db }: DomainContext<AdminActor>,
  organizationId: OrganizationId,
) {
  const [found, rows] = await db.batch([
    db.select({ name: organizations.name }).from(organizations).where(eq(organizations.id, organizationId)),
    db
      .select({
        ...endpoint,
        lastAt: sql<number | null>`(select max(d.created_at) from deliveries d where d.channel = 'webhook'
          and d.recipient_key = webhook_endpoints.id)`.as('last_at'),
      })
      .from(webhookEndpoints)
      .where(eq(webhookEndpoints.organizationId, organizationId))
      .orderBy(asc(webhookEndpoints.createdAt), asc(webhookEndpoints.id))
      .limit(maxWebhooks.organization),
  ])
  const [organization] = found
  if (!organization) throw new NotFoundError(`organization ${organizationId}`)
  return { organizationName: organization.name, webhooks: rows.map(shown) }
}

export async function findOrganizationWebhook(
  { db }: DomainContext<AdminActor>,
  organizationId: OrganizationId,
  webhookId: Id<'whk'>,
) {
  const [row] = await db
    .select({ ...endpoint, organizationName: organizations.name })
    .from(webhookEndpoints)
    .innerJoin(organizations, eq(organizations.id, webhookEndpoints.organizationId))
    .where(and(eq(webhookEndpoints.id, webhookId), eq(webhookEndpoints.organizationId, organizationId)))
  return row ? shown(row) : null
}

/** Throws NotFoundError. */
export async function getOrganizationWebhook(
  ctx: DomainContext<AdminActor>,
  organizationId: OrganizationId,
  webhookId: Id<'whk'>,
) {
  const row = await findOrganizationWebhook(ctx, organizationId, webhookId)
  if (!row) throw new NotFoundError(`webhook ${webhookId} of ${organizationId}`)
  return row
}
