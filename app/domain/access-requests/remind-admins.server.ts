// Tells the admins of requests that have waited for two days: each request once, and all that are due in one mail, which
// goes out once a day at most. Of several crons at once one does it.
import { and, eq, isNull, lte, type SQL, sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { recordEvent } from '~db/record-event'
import { accessRequests, apps } from '~db/schema'
import { productNames } from './queries.server'

const dayMs = 86_400_000
/** How long a request may wait before anybody is reminded of it. */
const reminderAfterMs = 2 * dayMs
/** More than one mail can help with; the others follow a day later. */
const mostAtOnce = 1000
/** As many as the mail names. */
const named = 5

/** How many requests the admins are reminded of. */
export async function remindAdmins(ctx: DomainContext<SystemActor>): Promise<number> {
  const isDue = and(
    eq(accessRequests.state, 'pending'),
    isNull(accessRequests.remindedAt),
    lte(accessRequests.createdAt, ctx.now - reminderAfterMs),
  ) as SQL
  const due = await ctx.db
    .select({ id: accessRequests.id, createdAt: accessRequests.createdAt })
    .from(accessRequests)
    .where(isDue)
    .orderBy(accessRequests.createdAt)
    .limit(mostAtOnce)
  const [oldest] = due
  if (!oldest) return 0
  const shown = await ctx.db
    .select({ app: apps.name, products: productNames })
    .from(accessRequests)
    .innerJoin(apps, eq(apps.id, accessRequests.appId))
    .where(idIn(due.slice(0, named).map((request) => request.id)))
    .orderBy(accessRequests.createdAt, accessRequests.id)

  const chosen = idIn(due.map((request) => request.id))
  const reminder = recordEvent(
    ctx,
    {
      type: 'access_request.reminder',
      subjectType: 'access_request',
      subjectId: oldest.id,
      data: {
        count: due.length,
        apps: shown.map((request) => request.app),
        products: shown.map((request) => request.products.join(', ')),
      },
    },
    sql`exists (select 1 from ${accessRequests} where ${isDue} and ${chosen})
      and not exists (select 1 from events e where e.type = 'access_request.reminder' and e.created_at > ${ctx.now - dayMs})`,
  )
  const [, reminded] = await ctx.db.batch([
    reminder.statement,
    ctx.db
      .update(accessRequests)
      .set({ remindedAt: ctx.now })
      .where(and(isDue, chosen, sql`exists (select 1 from events e where e.id = ${reminder.id})`))
      .returning({ id: accessRequests.id }),
  ])
  if (reminded.length > 0) ctx.announce(reminder.id)
  return reminded.length
}

function idIn(ids: readonly string[]): SQL {
  return sql`${accessRequests.id} in (select value from json_each(${JSON.stringify(ids)}))`
}
