// What the super admins of an organization read of the log: its own events, and nothing of where the portal's admins sit.
import { and, eq, gte, inArray, sql } from 'drizzle-orm'
import { stillMember } from '~/domain/accounts/visibility.server'
import type { SuperAdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { allPages, type PageRequest, toPage } from '~/domain/kernel/page'
import { keyset } from '~db/keyset'
import { events, users } from '~db/schema'
import { type ActivityFilter, activityTypes, periodStart } from './organization-activity'

const maxPeople = 200

/** A page of events, newest first, and the people to filter by. */
export async function listActivity(
  ctx: DomainContext<SuperAdminActor>,
  { type, actor: by, period, page }: ActivityFilter & { page: PageRequest },
) {
  const { db, actor } = ctx
  const { after, order } = keyset(page, events.createdAt, events.id)
  const since = periodStart(period, ctx.now)
  // Where an admin of the portal acted from is not the organization's business.
  const own = sql`${events.actorType} <> 'admin'`
  const [rows, people] = await db.batch([
    db
      .select({
        id: events.id,
        type: events.type,
        actorType: events.actorType,
        actorId: events.actorId,
        actorLabel: events.actorLabel,
        data: events.data,
        ip: sql<string | null>`case when ${own} then ${events.ip} end`.as('own_ip'),
        country: sql<string | null>`case when ${own} then ${events.country} end`.as('own_country'),
        userAgent: sql<string | null>`case when ${own} then ${events.userAgent} end`.as('own_user_agent'),
        createdAt: events.createdAt,
      })
      .from(events)
      .where(
        and(
          eq(events.organizationId, actor.organizationId),
          stillMember(actor),
          type ? eq(events.type, type) : inArray(events.type, activityTypes),
          by ? eq(events.actorId, by) : undefined,
          since === null ? undefined : gte(events.createdAt, since),
          after,
        ),
      )
      .orderBy(...order)
      .limit(page.size + 1),
    db
      .select({
        id: users.id,
        name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('name'),
      })
      .from(users)
      .where(
        and(
          eq(users.organizationId, actor.organizationId),
          sql`${users.state} <> 'invited'`,
          stillMember(actor),
        ),
      )
      .orderBy(users.nameKey, users.id)
      .limit(maxPeople),
  ])
  return { ...toPage(rows, page, (row) => ({ key: row.createdAt, id: row.id })), people }
}

/** Every event that matches, a page at a time. */
export function exportActivity(ctx: DomainContext<SuperAdminActor>, filter: ActivityFilter) {
  return allPages(500, (page) => listActivity(ctx, { ...filter, page }))
}
