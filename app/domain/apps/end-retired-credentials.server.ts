// Ends old keys of rotations: when their overlap is over, or when nobody has used them for days. What the clock has stopped
// already becomes a row that says so; its sealed text is erased. Access that ends with its last key takes along the change of
// its plan that waits. The cron calls it, and any number of crons may race.
import { and, inArray, type SQL, sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { newDecisionId } from '~/domain/kernel/ids'
import { recordEvents } from '~db/record-event'
import { apps, credentials } from '~db/schema'
import { accessEndStatements } from './access-end-statements.server'
import { type DueKey, findRequestsOf, listDueKeys } from './queries-retired.server'
import { idleEndMs } from './rotation'
import { listWaitingChanges, withdrawWaitingChanges } from './waiting-change-statements.server'

const perRun = 100

/** Answers how many it ended. */
export async function endRetiredCredentials(ctx: DomainContext<SystemActor>): Promise<number> {
  const due = dueSince(ctx.now)
  const keys = await listDueKeys(ctx, due, perRun)
  if (keys.length === 0) return 0
  const ids = keys.map((key) => key.id)
  const decisionId = newDecisionId(ctx.now)
  const events = recordEvents(
    ctx,
    keys.map((key) => ({
      type: 'credential.retired',
      subjectType: 'credential',
      subjectId: key.id,
      organizationId: key.organizationId,
      appId: key.appId,
      data: { credential: key.name, hint: key.hint, app: key.appName, why: whyEnded(key, ctx.now) },
    })),
    (subjectId) =>
      sql`exists (select 1 from credentials c where c.id = ${subjectId} and c.decision_id = ${decisionId})`,
  )
  const served = await findRequestsOf(ctx, ids)
  const servedIds = JSON.stringify(served.map((request) => request.id))
  const changes = await listWaitingChanges(ctx, sql`(select value from json_each(${servedIds}))`)
  const access = accessEndStatements(ctx, decisionId, ids, served)
  const waiting = withdrawWaitingChanges(ctx, changes, decisionId, null)
  const [ended, endedAccess, , , withdrawn] = await ctx.db.batch([
    ctx.db
      .update(credentials)
      .set({
        state: 'revoked',
        revokedAt: sql`min(coalesce(${credentials.retiresAt}, ${ctx.now}), ${ctx.now})`,
        secretCipher: null,
        decisionId,
      })
      .where(and(inArray(credentials.id, sql`(select value from json_each(${JSON.stringify(ids)}))`), due))
      .returning({ id: credentials.id }),
    ...access.statements,
    ...waiting.statements,
    events.statement,
  ])
  const done = new Set(ended.map((row) => row.id))
  for (const [at, id] of ids.entries()) {
    const eventId = events.ids[at]
    if (!eventId || !done.has(id)) continue
    ctx.forgetCredential(id)
    ctx.announce(eventId)
  }
  access.announce(endedAccess)
  waiting.settle(withdrawn)
  return done.size
}

function whyEnded(key: DueKey, now: number): 'overlap' | 'idle' {
  return key.retiresAt === null || key.retiresAt <= now ? 'overlap' : 'idle'
}

/**
 * A condition on rows of `credentials`. A key is idle when it had the whole time to be used: since it was replaced, and
 * while neither its app nor its organization stood still.
 */
function dueSince(now: number): SQL {
  const idleSince = now - idleEndMs
  return sql`(credentials.state = 'retiring' and (coalesce(credentials.retires_at, 0) <= ${now} or (
    coalesce(credentials.last_used_at, 0) <= ${idleSince}
    and exists (select 1 from credentials n where n.app_id = credentials.app_id and n.replaces_id = credentials.id
      and n.created_at <= ${idleSince})
    and exists (select 1 from ${apps} join organizations o on o.id = ${apps}.organization_id
      where ${apps}.id = credentials.app_id and ${apps}.frozen_at is null and o.frozen_at is null and o.state = 'active'
      and not exists (select 1 from events e where e.app_id = ${apps}.id and e.created_at > ${idleSince} and e.type = 'app.unfrozen')
      and not exists (select 1 from events e where e.organization_id = o.id and e.created_at > ${idleSince}
        and e.type in ('organization.unfrozen', 'organization.restored'))))))`
}
