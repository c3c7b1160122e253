// What admins read of the events: the audit log, newest first, a page at a time; one event with who was told; and all that
// matches, for a file.
import { and, asc, eq, gte, lt, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { EventId } from '~/domain/kernel/ids'
import { allPages, type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { named, namedOrNull } from '~db/columns'
import { keyset } from '~db/keyset'
import { apps, deliveries, eventSeals, events, organizations, users } from '~db/schema'
import { type AuditLogFilter, periodOf } from './audit-log'
import { gatewayName, webhookName } from './recipient-columns.server'

export type AuditEntry = Awaited<ReturnType<typeof entriesQuery>>[number]

/** The page, and the name of the organization that it is filtered by. */
export async function listEvents(
  ctx: DomainContext<AdminActor>,
  { page, ...filter }: AuditLogFilter & { page: PageRequest },
): Promise<Page<AuditEntry> & { organizationName: string | null }> {
  const [rows, named] = await ctx.db.batch([
    entriesQuery(ctx, filter, page),
    ctx.db
      .select({ name: organizations.name })
      .from(organizations)
      .where(eq(organizations.id, filter.organization ?? 'org_none')),
  ])
  return { ...toPage(rows, page, placeOf), organizationName: named[0]?.name ?? null }
}

const placeOf = (row: AuditEntry) => ({ key: row.createdAt, id: row.id })

/** The search looks into who did it, the address it came from, ids, and all names that the event holds. */
function entriesQuery({ db }: DomainContext<AdminActor>, filter: AuditLogFilter, page: PageRequest) {
  const { type, area, actor, subject, organization, search } = filter
  const { after, order } = keyset(page, events.createdAt, events.id)
  const { since, until } = periodOf(filter)
  const needle = search.toLowerCase()
  const haystack = sql`lower(${events.actorLabel} || ' ' || ${events.data} || ' ' || ${events.type} || ' ' || ${events.subjectId}
    || ' ' || coalesce(${events.ip}, '') || ' ' || ${events.requestId})`
  return db
    .select({
      id: events.id,
      type: events.type,
      actorType: events.actorType,
      actorId: events.actorId,
      actorLabel: events.actorLabel,
      subjectType: events.subjectType,
      subjectId: events.subjectId,
      organizationId: events.organizationId,
      appId: events.appId,
      data: events.data,
      requestId: events.requestId,
      ip: events.ip,
      country: events.country,
      userAgent: events.userAgent,
      createdAt: events.createdAt,
      sealedAt: named(events.sealedAt, 'event_sealed_at'),
      seq: eventSeals.seq,
      hash: eventSeals.hash,
      keyVersion: eventSeals.keyVersion,
      mac: eventSeals.mac,
    })
    .from(events)
    .leftJoin(eventSeals, eq(eventSeals.eventId, events.id))
    .where(
      and(
        type ? eq(events.type, type) : undefined,
        area ? eq(events.area, area) : undefined,
        actor ? eq(events.actorId, actor) : undefined,
        subject ? eq(events.subjectId, subject) : undefined,
        organization ? eq(events.organizationId, organization) : undefined,
        since === null ? undefined : gte(events.createdAt, since),
        until === null ? undefined : lt(events.createdAt, until),
        needle ? sql`instr(${haystack}, ${needle}) > 0` : undefined,
        after,
      ),
    )
    .orderBy(...order)
    .limit(page.size + 1)
}

/** Every event that matches, newest first, a page at a time. */
export function exportEvents(ctx: DomainContext<AdminActor>, filter: AuditLogFilter) {
  return allPages(500, async (page) => toPage(await entriesQuery(ctx, filter, page), page, placeOf))
}

const deliveriesShown = 50

/** @throws NotFoundError */
export async function getAuditEvent(ctx: DomainContext<AdminActor>, eventId: EventId) {
  const [found, told] = await ctx.db.batch([
    ctx.db
      .select({
        event: events,
        seal: { seq: eventSeals.seq, sealedAt: named(eventSeals.sealedAt, 'seal_at') },
        organizationName: namedOrNull(organizations.name, 'organization_name'),
        appName: namedOrNull(apps.name, 'app_name'),
      })
      .from(events)
      .leftJoin(eventSeals, eq(eventSeals.eventId, events.id))
      .leftJoin(organizations, eq(organizations.id, events.organizationId))
      .leftJoin(apps, eq(apps.id, events.appId))
      .where(eq(events.id, eventId))
      .limit(1),
    ctx.db
      .select({
        id: named(deliveries.id, 'delivery_id'),
        channel: deliveries.channel,
        template: deliveries.template,
        recipientKey: deliveries.recipientKey,
        recipientEmail: namedOrNull(users.email, 'recipient_email'),
        gatewayName,
        webhookName,
        state: named(deliveries.state, 'delivery_state'),
        sentAt: deliveries.sentAt,
        cancelledAt: deliveries.cancelledAt,
      })
      .from(deliveries)
      .leftJoin(users, eq(users.id, deliveries.recipientKey))
      .where(eq(deliveries.eventId, eventId))
      .orderBy(asc(deliveries.id))
      .limit(deliveriesShown + 1),
  ])
  if (!found[0]) throw new NotFoundError()
  return { ...found[0], deliveries: told.slice(0, deliveriesShown), more: told.length > deliveriesShown }
}
