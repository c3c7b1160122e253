// Writes down that the time of credentials is over. The clock has ended them already, here and at the gateway: this gives
// the list its state and tells the owner, once for each, however many run at the same time.
import { and, eq, inArray, lte, sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { newDecisionId } from '~/domain/kernel/ids'
import { recordEvents } from '~db/record-event'
import { credentials } from '~db/schema'
import { endingCredentials, endingEvent } from './queries-ending.server'

/** More wait for the next run, five minutes later. */
const perRun = 200

/** Answers how many ended. */
export async function expireCredentials(ctx: DomainContext<SystemActor>): Promise<number> {
  const over = lte(credentials.expiresAt, ctx.now)
  // One that retires is replaced already; the end of its overlap ends it.
  const found = await endingCredentials(ctx, and(eq(credentials.state, 'active'), over), perRun)
  if (found.length === 0) return 0
  const decisionId = newDecisionId(ctx.now)
  const list = recordEvents(
    ctx,
    found.map((credential) => endingEvent('credential.expired', credential)),
    (subjectId) =>
      sql`exists (select 1 from credentials where id = ${subjectId} and decision_id = ${decisionId})`,
  )
  const ids = JSON.stringify(found.map((credential) => credential.id))
  const [ended] = await ctx.db.batch([
    ctx.db
      .update(credentials)
      // What is over is never shown again.
      .set({ state: 'expired', secretCipher: null, decisionId })
      .where(
        and(
          inArray(credentials.id, sql`(select value from json_each(${ids}))`),
          eq(credentials.state, 'active'),
          over,
        ),
      )
      .returning({ id: credentials.id }),
    list.statement,
  ])
  const done = new Set<string>(ended.map((row) => row.id))
  found.forEach((credential, at) => {
    ctx.forgetCredential(credential.id)
    const eventId = list.ids[at]
    if (eventId && done.has(credential.id)) ctx.announce(eventId)
  })
  return done.size
}
