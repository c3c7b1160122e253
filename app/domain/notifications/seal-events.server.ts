// Puts events that are committed into the chain of seals, in the order in which they are found. The append is guarded by the
// head that it was computed from: of many who seal at once, one goes on and the others find their work done.
import { asc, desc, isNull, sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { eventSeals, events } from '~db/schema'
import { genesis, type SealTools, sealAfter } from './audit-chain'

/** Seals at most `limit` events and answers how many it sealed. */
export async function sealEvents(
  ctx: DomainContext<SystemActor>,
  tools: SealTools,
  limit = 200,
): Promise<number> {
  const [heads, waiting] = await ctx.db.batch([
    ctx.db
      .select({ seq: eventSeals.seq, hash: eventSeals.hash })
      .from(eventSeals)
      .orderBy(desc(eventSeals.seq))
      .limit(1),
    ctx.db
      .select()
      .from(events)
      .where(isNull(events.sealedAt))
      .orderBy(asc(events.createdAt), asc(events.id))
      .limit(limit),
  ])
  if (waiting.length === 0) return 0
  const head = heads[0] ?? genesis
  const rows = await sealAfter(tools, head, waiting, ctx.now)
  const value = (path: string) => sql`json_extract(value, ${path})`
  const [appended] = await ctx.db.batch([
    ctx.db
      .insert(eventSeals)
      .select(
        sql`select ${value('$.seq')} as seq, ${value('$.eventId')} as event_id, ${value('$.sealedAt')} as sealed_at,
          ${value('$.hash')} as hash, ${value('$.keyVersion')} as key_version, ${value('$.mac')} as mac
          from json_each(${JSON.stringify(rows)})
          where (select coalesce(max(seq), 0) from event_seals) = ${head.seq}`,
      )
      .returning({ seq: eventSeals.seq }),
    ctx.db
      .update(events)
      .set({ sealedAt: ctx.now })
      .where(
        sql`${events.sealedAt} is null and ${events.id} in (select value ->> '$.eventId' from json_each(${JSON.stringify(rows)}))
          and exists (select 1 from event_seals s where s.event_id = ${events.id})`,
      ),
  ])
  return appended.length
}
