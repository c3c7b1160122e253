// What the bell tells, newest first: to a developer what the portal told them, to an admin what waits and what failed.
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { quietMails } from '~/domain/accounts/bell'
import type { AdminActor, DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { named } from '~db/columns'
import { accessRequests, apps, deliveries, events, organizations, users } from '~db/schema'
import { notDelivered } from './delivery-name'
import { describeEvent } from './describe-event'

export type News = {
  id: string
  at: number
  title: string
  about: { type: string; id: string; appId: string | null }
}

const shown = 50

/** With the moment since when something is new. */
export async function listNews(
  ctx: DomainContext<DeveloperActor | AdminActor>,
): Promise<{ news: News[]; seenAt: number }> {
  return ctx.actor.type === 'admin' ? newsForAdmin(ctx) : newsForDeveloper(ctx)
}

function seenQuery({ db, actor }: DomainContext<DeveloperActor | AdminActor>) {
  return db
    .select({ at: sql<number>`coalesce(${users.notificationsSeenAt}, ${users.createdAt})`.as('seen_at') })
    .from(users)
    .where(eq(users.id, actor.userId))
}

async function newsForDeveloper(ctx: DomainContext<DeveloperActor | AdminActor>) {
  const [rows, seen] = await ctx.db.batch([
    ctx.db
      .select({
        id: named(deliveries.id, 'delivery_id'),
        at: named(deliveries.createdAt, 'delivery_created_at'),
        type: events.type,
        actor: events.actorLabel,
        data: events.data,
        subjectType: events.subjectType,
        subjectId: events.subjectId,
        appId: events.appId,
      })
      .from(deliveries)
      .innerJoin(events, eq(events.id, deliveries.eventId))
      .where(
        and(
          eq(deliveries.recipientKey, ctx.actor.userId),
          inArray(deliveries.channel, ['email', 'digest']),
          sql`${deliveries.template} not in (select value from json_each(${JSON.stringify(quietMails)}))`,
        ),
      )
      .orderBy(desc(deliveries.createdAt), desc(deliveries.id))
      .limit(shown),
    seenQuery(ctx),
  ])
  const news = rows.map((row) => ({
    id: row.id,
    at: row.at,
    title: `${row.actor} ${describeEvent(row)}`,
    about: { type: row.subjectType, id: row.subjectId, appId: row.appId },
  }))
  return { news, seenAt: seen[0]?.at ?? 0 }
}

async function newsForAdmin(ctx: DomainContext<DeveloperActor | AdminActor>) {
  const { db } = ctx
  const failed = (state: 'failed' | 'dead') =>
    db
      .select({
        id: deliveries.id,
        at: deliveries.createdAt,
        channel: deliveries.channel,
        template: deliveries.template,
      })
      .from(deliveries)
      .where(and(eq(deliveries.state, state), isNull(deliveries.cancelledAt)))
      .orderBy(desc(deliveries.createdAt), desc(deliveries.id))
      .limit(shown)
  const [people, wished, requests, refused, dead, seen] = await db.batch([
    db
      .select({ id: users.id, at: users.createdAt, first: users.firstName, last: users.lastName })
      .from(users)
      .where(eq(users.state, 'pending'))
      .orderBy(desc(users.createdAt), desc(users.id))
      .limit(shown),
    db
      .select({ id: organizations.id, at: organizations.createdAt, name: organizations.name })
      .from(organizations)
      .where(eq(organizations.state, 'pending'))
      .orderBy(desc(organizations.createdAt), desc(organizations.id))
      .limit(shown),
    db
      .select({
        id: named(accessRequests.id, 'request_id'),
        at: named(accessRequests.createdAt, 'request_created_at'),
        app: apps.name,
      })
      .from(accessRequests)
      .innerJoin(apps, eq(apps.id, accessRequests.appId))
      .where(eq(accessRequests.state, 'pending'))
      .orderBy(desc(accessRequests.createdAt), desc(accessRequests.id))
      .limit(shown),
    failed('failed'),
    failed('dead'),
    seenQuery(ctx),
  ])
  const item = (type: string, row: { id: string; at: number }, title: string): News => ({
    id: row.id,
    at: row.at,
    title,
    about: { type, id: row.id, appId: null },
  })
  const news = [
    ...people.map((row) => item('user', row, `${row.first} ${row.last} waits for approval`)),
    ...wished.map((row) => item('organization', row, `The organization ${row.name} waits for approval`)),
    ...requests.map((row) => item('access_request', row, `${row.app} asks for access`)),
    ...[...refused, ...dead].map((row) => item('delivery', row, notDelivered(row))),
  ]
  news.sort((a, b) => b.at - a.at)
  return { news: news.slice(0, shown), seenAt: seen[0]?.at ?? 0 }
}
