// Replaces the key that signs access tokens when its time is over, and deletes keys whose last token has ended. The cron
// calls it; called twice, or from two places at once, it changes nothing more.
import { sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { recordEvents } from '~db/record-event'
import { signingKeys } from '~db/schema'
import { newSigningKey } from './create-signing-key.server'
import { keptAfterMs, publishedAheadMs, signingPeriodMs } from './signing-key'

/** Where no token was ever asked for there is no key, and none is made. */
export async function rotateSigningKeys(
  ctx: DomainContext<SystemActor>,
): Promise<{ created: number; deleted: number }> {
  const isDue = sql`(select coalesce(max(signs_from) <= ${ctx.now + publishedAheadMs - signingPeriodMs}, 0) from signing_keys)`
  const isOver = sql`exists (select 1 from signing_keys later
    where later.signs_from > signing_keys.signs_from and later.signs_from <= ${ctx.now - keptAfterMs})`
  const [due, over] = await ctx.db.batch([
    ctx.db.select({ isDue: sql<number>`${isDue}`.as('is_due') }).from(sql`(select 1)`),
    ctx.db.select({ id: signingKeys.id }).from(signingKeys).where(isOver),
  ])
  if (!due[0]?.isDue && over.length === 0) return { created: 0, deleted: 0 }

  const key = await newSigningKey(ctx, ctx.now + publishedAheadMs, isDue)
  const told = recordEvents(
    ctx,
    over.map(({ id }) => ({ type: 'signing_key.deleted', subjectType: 'signing_key', subjectId: id })),
    (subjectId) =>
      sql`exists (select 1 from signing_keys where signing_keys.id = ${subjectId} and ${isOver})`,
  )
  const [created, , , deleted] = await ctx.db.batch([
    ...key.statements,
    told.statement,
    ctx.db.delete(signingKeys).where(isOver).returning({ id: signingKeys.id }),
  ])
  const gone = new Set<string>(deleted.map(({ id }) => id))
  over.forEach(({ id }, at) => {
    const eventId = told.ids[at]
    if (eventId && gone.has(id)) ctx.announce(eventId)
  })
  return { created: Number(key.settle(created)), deleted: deleted.length }
}
