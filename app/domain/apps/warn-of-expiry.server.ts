// Tells owners 30, 7 and 1 days before a credential's time is over, once each. That a warning was given is told by its
// event, which is written only where there is none yet.
import { type SQL, sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { recordEvents } from '~db/record-event'
import { events } from '~db/schema'
import { type ExpiryWarning, endsWarnedOf, expiryWarnings } from './expiry'
import { endingCredentials, endingEvent } from './queries-ending.server'

/** Of each warning; more wait for the next run, five minutes later. */
const perRun = 200

/** Answers how many warnings were given. */
export async function warnOfExpiry(ctx: DomainContext<SystemActor>): Promise<number> {
  let warned = 0
  for (const warning of expiryWarnings) {
    const due = isDue(warning, ctx.now)
    const found = await endingCredentials(ctx, due, perRun)
    if (found.length === 0) continue
    const list = recordEvents(
      ctx,
      found.map((credential) => endingEvent('credential.expiring', credential, warning.days)),
      (subjectId) => sql`exists (select 1 from credentials where credentials.id = ${subjectId} and ${due})`,
    )
    const [written] = await ctx.db.batch([list.statement.returning({ id: events.id })])
    for (const { id } of written) ctx.announce(id)
    warned += written.length
  }
  return warned
}

/** A condition on rows of `credentials`. One that retires is replaced already; one that was born later has a shorter life. */
function isDue(warning: ExpiryWarning, now: number): SQL {
  const { from, to } = endsWarnedOf(warning, now)
  return sql`(credentials.state = 'active' and credentials.expires_at between ${from} and ${to}
    and credentials.created_at < credentials.expires_at - ${warning.days * 86_400_000}
    and not exists (select 1 from events e where e.subject_id = credentials.id and e.type = 'credential.expiring'
      and json_extract(e.data, '$.days') <= ${warning.days}))`
}
