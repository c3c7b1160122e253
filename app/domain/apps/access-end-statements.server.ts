// Statements for the batch that ends keys: approved access that no other key serves ends with them, so that its products
// can be asked for again. Each is an event of its own.
import { and, eq, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import type { EventData } from '~/domain/kernel/events'
import type { Id, OrganizationId } from '~/domain/kernel/ids'
import { recordEvents } from '~db/record-event'
import { accessRequestProducts, accessRequests } from '~db/schema'

type ServedRequest = { id: Id<'req'>; organizationId: OrganizationId; appId: Id<'app'>; data: EventData }

/** `keyIds` are revoked by `decisionId` earlier in the batch, or not at all. The first statement answers which access ended. */
export function accessEndStatements(
  ctx: DomainContext,
  decisionId: string,
  keyIds: readonly Id<'crd'>[],
  requests: readonly ServedRequest[],
) {
  const events = recordEvents(
    ctx,
    requests.map(({ id, organizationId, appId, data }) => ({
      type: 'access_request.revoked',
      subjectType: 'access_request',
      subjectId: id,
      organizationId,
      appId,
      data,
    })),
    (subjectId) =>
      sql`exists (select 1 from access_requests r where r.id = ${subjectId} and r.decision_id = ${decisionId})`,
  )
  const ended = sql`(select q.request_id from json_each(${JSON.stringify(keyIds)}) k
    join credentials c on c.id = k.value and c.decision_id = ${decisionId} and c.state = 'revoked'
    join credential_requests q on q.credential_id = c.id)`
  const statements = [
    ctx.db
      .update(accessRequests)
      .set({
        state: 'revoked',
        decisionId,
        decidedById: 'userId' in ctx.actor ? ctx.actor.userId : null,
        decidedAt: ctx.now,
      })
      .where(
        and(
          eq(accessRequests.state, 'approved'),
          sql`${accessRequests.id} in ${ended}`,
          sql`not exists (select 1 from credential_requests other join credentials on credentials.id = other.credential_id
            where other.request_id = ${accessRequests.id} and credentials.state in ('active', 'retiring')
            and (credentials.retires_at is null or credentials.retires_at > ${ctx.now}))`,
        ),
      )
      .returning({ id: accessRequests.id }),
    ctx.db
      .update(accessRequestProducts)
      .set({ live: false })
      .where(
        sql`${accessRequestProducts.requestId} in (select r.id from access_requests r where r.id in ${ended}
          and r.decision_id = ${decisionId} and r.state = 'revoked')`,
      ),
    events.statement,
  ] as const

  /** After the batch, with the rows of the first statement. */
  function announce(rows: readonly { id: Id<'req'> }[]): void {
    const done = new Set(rows.map((row) => row.id))
    for (const [at, { id }] of requests.entries()) {
      const eventId = events.ids[at]
      if (eventId && done.has(id)) ctx.announce(eventId)
    }
  }
  return { statements, announce }
}
