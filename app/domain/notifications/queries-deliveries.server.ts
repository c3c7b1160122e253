// What admins read of the deliveries: the list, newest first, a page at a time; one with its attempts; and which of those that
// failed a filter finds.
import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { emailKey } from '~/domain/kernel/text'
import { named, namedOrNull } from '~db/columns'
import { keyset } from '~db/keyset'
import { deliveries, events, users, webhookAttempts } from '~db/schema'
import { periodOf } from './audit-log'
import type { DeliveryFilter } from './delivery-list'
import { gatewayName, webhookName } from './recipient-columns.server'

type Context = DomainContext<AdminActor>

export type DeliveryRow = Awaited<ReturnType<typeof rowsQuery>>[number]

export async function listDeliveries(
  ctx: Context,
  { page, ...filter }: DeliveryFilter & { page: PageRequest },
): Promise<Page<DeliveryRow>> {
  const { after, order } = keyset(page, deliveries.createdAt, deliveries.id)
  const rows = await rowsQuery(ctx, and(matches(filter), after))
    .orderBy(...order)
    .limit(page.size + 1)
  return toPage(rows, page, (row) => ({ key: row.createdAt, id: row.id }))
}

/** Ids of what failed or was given up among what the filter finds, newest first. */
export async function listFailedDeliveries(
  { db }: Context,
  filter: DeliveryFilter,
  limit: number,
): Promise<Id<'dlv'>[]> {
  const rows = await db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(
      and(
        matches(filter),
        inArray(deliveries.state, ['failed', 'dead']),
        // What somebody called off on purpose is taken up again one by one.
        filter.state === 'cancelled' ? undefined : isNull(deliveries.cancelledAt),
      ),
    )
    .orderBy(desc(deliveries.createdAt), desc(deliveries.id))
    .limit(limit)
  return rows.map((row) => row.id)
}

/** @throws NotFoundError */
export async function getDelivery(ctx: Context, deliveryId: Id<'dlv'>) {
  const [rows, attempts] = await ctx.db.batch([
    rowsQuery(ctx, eq(deliveries.id, deliveryId)).limit(1),
    ctx.db
      .select({
        attempt: webhookAttempts.attempt,
        responseStatus: webhookAttempts.responseStatus,
        responseBody: webhookAttempts.responseBody,
        error: webhookAttempts.error,
        durationMs: webhookAttempts.durationMs,
        createdAt: webhookAttempts.createdAt,
      })
      .from(webhookAttempts)
      .where(eq(webhookAttempts.deliveryId, deliveryId))
      .orderBy(asc(webhookAttempts.attempt))
      .limit(100),
  ])
  if (!rows[0]) throw new NotFoundError()
  return { delivery: rows[0], attempts }
}

function matches(filter: DeliveryFilter): SQL | undefined {
  const { state, channel, search } = filter
  const { since, until } = periodOf(filter)
  return and(
    state === 'cancelled'
      ? and(eq(deliveries.state, 'failed'), isNotNull(deliveries.cancelledAt))
      : state
        ? eq(deliveries.state, state)
        : undefined,
    state === 'failed' ? isNull(deliveries.cancelledAt) : undefined,
    channel ? eq(deliveries.channel, channel) : undefined,
    search ? sentTo(emailKey(search)) : undefined,
    since === null ? undefined : gte(deliveries.createdAt, since),
    until === null ? undefined : lt(deliveries.createdAt, until),
  )
}

const peopleFound = 200

/** A person by the beginning of the address, or an address that belongs to nobody. */
function sentTo(key: string): SQL {
  return sql`${deliveries.recipientKey} in (
    with found as (select u.id from users u where u.email_key >= ${key} and u.email_key < ${`${key}\u{10ffff}`} limit ${peopleFound})
    select id from found union all select 'new:' || id from found union all select 'old:' || id from found
    union all select ${key})`
}

function rowsQuery({ db }: Context, where: SQL | undefined) {
  return db
    .select({
      id: named(deliveries.id, 'delivery_id'),
      channel: deliveries.channel,
      recipientKey: deliveries.recipientKey,
      recipientEmail: namedOrNull(users.email, 'recipient_email'),
      gatewayName,
      // Of a key at a gateway: which one.
      keyHint: sql<string | null>`(select c.hint from credentials c where deliveries.channel = 'gateway'
        and c.id = substr(deliveries.recipient_key, instr(deliveries.recipient_key, ':') + 1))`.as(
        'key_hint',
      ),
      webhookName,
      template: deliveries.template,
      eventType: named(events.type, 'event_type'),
      eventId: deliveries.eventId,
      state: named(deliveries.state, 'delivery_state'),
      attempts: deliveries.attempts,
      claimedAt: deliveries.claimedAt,
      nextAttemptAt: deliveries.nextAttemptAt,
      lastError: deliveries.lastError,
      sentAt: deliveries.sentAt,
      cancelledAt: deliveries.cancelledAt,
      createdAt: named(deliveries.createdAt, 'delivery_created_at'),
    })
    .from(deliveries)
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .leftJoin(users, eq(users.id, deliveries.recipientKey))
    .where(where)
}
