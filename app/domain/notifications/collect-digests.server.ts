// Makes one event of what waits for somebody's daily digest; the mail about it takes the way of every mail. One a person and
// day, and each notice in one digest, whoever runs this at the same time: the guard of the event decides, and what is marked
// follows the event. A notice that comes too late for today waits for tomorrow.
import { and, eq, lte, type SQL, sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { recordEvent } from '~db/record-event'
import { deliveries } from '~db/schema'
import { lastDigestAt, longestDigest } from './digest'

const peoplePerRun = 100

/** For how many people. */
export async function collectDigests(ctx: DomainContext<SystemActor>): Promise<number> {
  const waiting = and(
    eq(deliveries.channel, 'digest'),
    eq(deliveries.state, 'pending'),
    lte(deliveries.nextAttemptAt, ctx.now),
  ) as SQL
  const noneToday = (
    recipient: SQL,
  ) => sql`not exists (select 1 from events e where e.subject_id = ${recipient}
    and e.type = 'digest.collected' and e.created_at >= ${lastDigestAt(ctx.now)})`
  const people = await ctx.db
    .select({
      recipientKey: deliveries.recipientKey,
      ids: sql<string[]>`json_group_array(${deliveries.id} order by ${deliveries.id})`.mapWith(JSON.parse),
    })
    .from(deliveries)
    .where(and(waiting, noneToday(sql`deliveries.recipient_key`)))
    .groupBy(deliveries.recipientKey)
    .limit(peoplePerRun)
  let collected = 0
  for (const { recipientKey, ids } of people) {
    const chosen = sql`${deliveries.id} in (select value from json_each(${JSON.stringify(ids)}))`
    const event = recordEvent(
      ctx,
      {
        type: 'digest.collected',
        subjectType: 'user',
        subjectId: recipientKey,
        data: { count: ids.length, deliveries: ids.slice(0, longestDigest) },
      },
      sql`${noneToday(sql`${recipientKey}`)} and exists (select 1 from ${deliveries} where ${waiting} and ${chosen})`,
    )
    const [, marked] = await ctx.db.batch([
      event.statement,
      ctx.db
        .update(deliveries)
        .set({ state: 'sent', sentAt: ctx.now, lastError: 'It is in a daily digest.' })
        .where(and(waiting, chosen, sql`exists (select 1 from events e where e.id = ${event.id})`))
        .returning({ id: deliveries.id }),
    ])
    if (marked.length === 0) continue
    ctx.announce(event.id)
    collected += 1
  }
  return collected
}
