// What the owner of webhooks reads of them: endpoints without their secrets, and what was sent to them, newest first.
import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { named } from '~db/columns'
import { keyset } from '~db/keyset'
import { deliveries, events, webhookAttempts, webhookEndpoints } from '~db/schema'
import { maxWebhooks, type WebhookOwner } from './webhook'
import { ownWebhooks } from './webhook-statements.server'

type Reader = Pick<DomainContext<WebhookOwner>, 'db' | 'actor'>

const endpoint = {
  id: webhookEndpoints.id,
  url: webhookEndpoints.url,
  description: webhookEndpoints.description,
  allEvents: webhookEndpoints.allEvents,
  eventTypes: webhookEndpoints.eventTypes,
  state: webhookEndpoints.state,
  pausedReason: webhookEndpoints.pausedReason,
  pausedAt: webhookEndpoints.pausedAt,
  pausedNote: webhookEndpoints.pausedNote,
  failures: webhookEndpoints.failures,
  failingSince: webhookEndpoints.failingSince,
  previousSecretUntil: webhookEndpoints.previousSecretUntil,
  createdAt: webhookEndpoints.createdAt,
}

const delivery = {
  id: named(deliveries.id, 'delivery_id'),
  eventId: deliveries.eventId,
  type: deliveries.template,
  state: deliveries.state,
  attempts: deliveries.attempts,
  nextAttemptAt: deliveries.nextAttemptAt,
  lastError: deliveries.lastError,
  sentAt: deliveries.sentAt,
  cancelledAt: deliveries.cancelledAt,
  createdAt: named(deliveries.createdAt, 'delivery_created_at'),
}

function own(ctx: Reader) {
  return sql`exists (select 1 from webhook_endpoints w where w.id = webhook_endpoints.id and ${ownWebhooks(ctx.actor)})`
}

function oneOf(ctx: Reader, webhookId: Id<'whk'>) {
  return ctx.db
    .select(endpoint)
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.id, webhookId), own(ctx)))
    .limit(1)
}

export type Webhook = NonNullable<Awaited<ReturnType<typeof findWebhook>>>

export async function findWebhook(ctx: Reader, webhookId: Id<'whk'>) {
  const [row] = await oneOf(ctx, webhookId)
  return row ?? null
}

/** @throws NotFoundError */
export async function getWebhook(ctx: Reader, webhookId: Id<'whk'>): Promise<Webhook> {
  const row = await findWebhook(ctx, webhookId)
  if (!row) throw new NotFoundError(`webhook ${webhookId}`)
  return row
}

/** For the rotation, which knows the secret by its sealed text only. */
export async function findWebhookCipher(ctx: Reader, webhookId: Id<'whk'>) {
  const [row] = await ctx.db
    .select({ ...endpoint, secretCipher: webhookEndpoints.secretCipher })
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.id, webhookId), own(ctx)))
    .limit(1)
  return row ?? null
}

/** All of them: an owner has a bounded number. Oldest first. */
export async function listWebhooks(ctx: Reader) {
  return ctx.db
    .select({
      ...endpoint,
      lastAt: sql<number | null>`(select max(d.created_at) from deliveries d where d.channel = 'webhook'
        and d.recipient_key = webhook_endpoints.id)`.as('last_at'),
    })
    .from(webhookEndpoints)
    .where(own(ctx))
    .orderBy(asc(webhookEndpoints.createdAt), asc(webhookEndpoints.id))
    .limit(maxWebhooks.portal)
}

/** A page of them, newest first. */
export async function listWebhookPage(ctx: Reader, page: PageRequest): Promise<Page<Webhook>> {
  const { after, order } = keyset(page, webhookEndpoints.createdAt, webhookEndpoints.id)
  const rows = await ctx.db
    .select(endpoint)
    .from(webhookEndpoints)
    .where(and(own(ctx), after))
    .orderBy(...order)
    .limit(page.size + 1)
  return toPage(rows, page, (row) => ({ key: row.createdAt, id: row.id }))
}

export type WebhookLogFilter = { failedOnly: boolean; page: PageRequest }

/** An endpoint and a page of what was sent to it. Throws NotFoundError. */
export async function getWebhookLog(
  ctx: Reader,
  webhookId: Id<'whk'>,
  { failedOnly, page }: WebhookLogFilter,
) {
  const { after, order } = keyset(page, deliveries.createdAt, deliveries.id)
  const [endpoints, rows] = await ctx.db.batch([
    oneOf(ctx, webhookId),
    ctx.db
      .select(delivery)
      .from(deliveries)
      .where(
        and(
          eq(deliveries.channel, 'webhook'),
          eq(deliveries.recipientKey, webhookId),
          failedOnly ? inArray(deliveries.state, ['failed', 'dead']) : undefined,
          after,
        ),
      )
      .orderBy(...order)
      .limit(page.size + 1),
  ])
  const webhook = endpoints[0]
  if (!webhook) throw new NotFoundError(`webhook ${webhookId}`)
  return { webhook, ...toPage(rows, page, (row) => ({ key: row.createdAt, id: row.id })) }
}

/** As many attempts as the page of a delivery shows, the latest first. */
const maxAttemptsShown = 50

/** What was sent and answered, attempt by attempt. Throws NotFoundError. */
export async function getWebhookDelivery(ctx: Reader, webhookId: Id<'whk'>, deliveryId: Id<'dlv'>) {
  const [endpoints, rows, attempts] = await ctx.db.batch([
    oneOf(ctx, webhookId),
    ctx.db
      .select({ ...delivery, happenedAt: named(events.createdAt, 'event_created_at') })
      .from(deliveries)
      .innerJoin(events, eq(events.id, deliveries.eventId))
      .where(
        and(
          eq(deliveries.id, deliveryId),
          eq(deliveries.channel, 'webhook'),
          eq(deliveries.recipientKey, webhookId),
        ),
      ),
    ctx.db
      .select()
      .from(webhookAttempts)
      .where(eq(webhookAttempts.deliveryId, deliveryId))
      .orderBy(desc(webhookAttempts.attempt))
      .limit(maxAttemptsShown),
  ])
  const [webhook, found] = [endpoints[0], rows[0]]
  if (!webhook || !found) throw new NotFoundError(`delivery ${deliveryId}`)
  return { webhook, delivery: found, log: attempts }
}
