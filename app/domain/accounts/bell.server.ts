// How much is new to somebody, as part of the batch that reads the viewer: bounded subqueries on indexes, no writes.
import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '~db/client'
import { mostNew, quietMails } from './bell'

/** `viewer` is the SQL of a user's id, or of none. */
export function newsQuery(db: Database, viewer: SQL) {
  const seen = sql`coalesce(u.notifications_seen_at, u.created_at)`
  const upTo = (query: SQL) => sql`(select count(*) from (${query} limit ${mostNew}))`
  const failed = (state: 'failed' | 'dead') =>
    upTo(
      sql`select 1 from deliveries d where d.state = ${state} and d.created_at > ${seen} and d.cancelled_at is null`,
    )
  const forAdmin = sql`${upTo(sql`select 1 from users p where p.state = 'pending' and p.created_at > ${seen}`)}
    + ${upTo(sql`select 1 from organizations o where o.state = 'pending' and o.created_at > ${seen}`)}
    + ${upTo(sql`select 1 from access_requests r where r.state = 'pending' and r.created_at > ${seen}`)}
    + ${failed('failed')} + ${failed('dead')}`
  const forDeveloper =
    upTo(sql`select 1 from deliveries d where d.recipient_key = u.id and d.created_at > ${seen}
    and d.channel in ('email', 'digest') and d.template not in (select value from json_each(${JSON.stringify(quietMails)}))`)
  return db
    .select({
      count: sql<number>`case u.role when 'admin' then ${forAdmin} else ${forDeveloper} end`.as('news'),
    })
    .from(sql`users u`)
    .where(sql`u.id = ${viewer}`)
}
