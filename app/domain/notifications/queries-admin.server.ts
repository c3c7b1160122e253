// What admins read: the audit log and the deliveries, newest first, a page at a time. And the outbox of the demo.
import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { decodeCursor, type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { named, namedOrNull } from '~db/columns'
import { deliveries, events, outboxMails, users } from '~db/schema'
import type { AuditLogFilter } from './audit-log'
import type { DeliveryChannel, DeliveryState } from './deliveries'

/** Where a page begins and in which order it is read, for a table that is listed by time and id. */
function keyset(
  request: PageRequest,
  at: AnySQLiteColumn,
  id: AnySQLiteColumn,
): { after: SQL | undefined; order: SQL[] } {
  const cursor = decodeCursor(request.cursor)
  const forward = request.direction === 'next'
  const place = sql`(${at}, ${id})`
  const after = forward
    ? sql`${place} < (${cursor?.key}, ${cursor?.id})`
    : sql`${place} > (${cursor?.key}, ${cursor?.id})`
  return { after: cursor ? after : undefined, order: forward ? [desc(at), desc(id)] : [asc(at), asc(id)] }
}

export type AuditEntry = typeof events.$inferSelect

/** The search looks into who did it, the address it came from, ids, and all names that the event holds. */
export async function listEvents(
  ctx: DomainContext<AdminActor>,
  { type, actor, search, page }: AuditLogFilter & { page: PageRequest },
): Promise<Page<AuditEntry>> {
  const { after, order } = keyset(page, events.createdAt, events.id)
  const needle = search.toLowerCase()
  const haystack = sql`lower(${events.actorLabel} || ' ' || ${events.data} || ' ' || ${events.type} || ' ' || ${events.subjectId}
    || ' ' || coalesce(${events.ip}, '') || ' ' || ${events.requestId})`
  const rows = await ctx.db
    .select()
    .from(events)
    .where(
      and(
        type ? eq(events.type, type) : undefined,
        actor ? eq(events.actorId, actor) : undefined,
        needle ? sql`instr(${haystack}, ${needle}) > 0` : undefined,
        after,
      ),
    )
    .orderBy(...order)
    .limit(page.size + 1)
  return toPage(rows, page, (row) => ({ key: row.createdAt, id: row.id }))
}

export type DeliveryRow = Awaited<ReturnType<typeof deliveryRows>>[number]

type DeliveryFilter = { state: DeliveryState | null; channel: DeliveryChannel | null; page: PageRequest }

export async function listDeliveries(
  ctx: DomainContext<AdminActor>,
  options: DeliveryFilter,
): Promise<Page<DeliveryRow>> {
  return toPage(await deliveryRows(ctx, options), options.page, (row) => ({ key: row.createdAt, id: row.id }))
}

function deliveryRows(ctx: DomainContext<AdminActor>, { state, channel, page }: DeliveryFilter) {
  const { after, order } = keyset(page, deliveries.createdAt, deliveries.id)
  return ctx.db
    .select({
      id: named(deliveries.id, 'delivery_id'),
      channel: deliveries.channel,
      recipientKey: deliveries.recipientKey,
      recipientEmail: namedOrNull(users.email, 'recipient_email'),
      // Of a key at a gateway: which one. `gwy_…:crd_…` is the recipient.
      gatewayName: sql<string | null>`(select g.name from gateways g where deliveries.channel = 'gateway'
        and g.id = substr(deliveries.recipient_key, 1, instr(deliveries.recipient_key, ':') - 1))`.as(
        'gateway_name',
      ),
      keyHint: sql<string | null>`(select c.hint from credentials c where deliveries.channel = 'gateway'
        and c.id = substr(deliveries.recipient_key, instr(deliveries.recipient_key, ':') + 1))`.as(
        'key_hint',
      ),
      template: deliveries.template,
      eventType: named(events.type, 'event_type'),
      eventId: deliveries.eventId,
      state: named(deliveries.state, 'delivery_state'),
      attempts: deliveries.attempts,
      nextAttemptAt: deliveries.nextAttemptAt,
      lastError: deliveries.lastError,
      sentAt: deliveries.sentAt,
      createdAt: named(deliveries.createdAt, 'delivery_created_at'),
    })
    .from(deliveries)
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .leftJoin(users, eq(users.id, deliveries.recipientKey))
    .where(
      and(
        state ? eq(deliveries.state, state) : undefined,
        channel ? eq(deliveries.channel, channel) : undefined,
        after,
      ),
    )
    .orderBy(...order)
    .limit(page.size + 1)
}

export type OutboxMail = { id: Id<'mail'>; recipient: string; subject: string; createdAt: number }

/** `search` finds addresses and subjects. */
export async function listOutboxMails(
  ctx: Pick<DomainContext, 'db'>,
  { search, page }: { search: string; page: PageRequest },
): Promise<Page<OutboxMail>> {
  const { after, order } = keyset(page, outboxMails.createdAt, outboxMails.id)
  const needle = search.toLowerCase()
  const rows = await ctx.db
    .select({
      id: outboxMails.id,
      recipient: outboxMails.recipient,
      subject: outboxMails.subject,
      createdAt: outboxMails.createdAt,
    })
    .from(outboxMails)
    .where(
      and(
        needle
          ? sql`instr(lower(${outboxMails.recipient} || ' ' || ${outboxMails.subject}), ${needle}) > 0`
          : undefined,
        after,
      ),
    )
    .orderBy(...order)
    .limit(page.size + 1)
  return toPage(rows, page, (row) => ({ key: row.createdAt, id: row.id }))
}

/** @throws NotFoundError */
export async function getOutboxMail(ctx: Pick<DomainContext, 'db'>, mailId: Id<'mail'>) {
  const [mail] = await ctx.db.select().from(outboxMails).where(eq(outboxMails.id, mailId)).limit(1)
  if (!mail) throw new NotFoundError()
  return mail
}
