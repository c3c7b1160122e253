// A change of plan that waits for an answer ends with the access that it would change: it is withdrawn in the same batch.
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import type { EventData } from '~/domain/kernel/events'
import type { Id, OrganizationId, UserId } from '~/domain/kernel/ids'
import { recordEvents } from '~db/record-event'
import { accessRequestProducts, accessRequests } from '~db/schema'

type WaitingChange = { id: Id<'req'>; appId: Id<'app'>; organizationId: OrganizationId; names: EventData }

/** Those that wait to change one of `accesses`, a list of ids of requests. */
export async function listWaitingChanges(ctx: DomainContext, accesses: SQL): Promise<WaitingChange[]> {
  const rows = await ctx.db
    .select({
      id: sql<Id<'req'>>`r.id`.as('request_id'),
      appId: sql<Id<'app'>>`p.id`.as('app_id'),
      organizationId: sql<OrganizationId>`p.organization_id`.as('organization_id'),
      names: sql<EventData>`json_object('app', p.name, 'plan', r.plan_name, 'catalog', c.name,
        'requester', (select trim(u.first_name || ' ' || u.last_name) from users u where u.id = r.requester_id),
        'products', (select json_group_array(x.name) from access_request_products a join products x on x.id = a.product_id
          where a.request_id = r.id))`.mapWith((value: string) => JSON.parse(value) as EventData),
    })
    .from(sql`access_requests r join apps p on p.id = r.app_id join catalogs c on c.id = r.catalog_id`)
    .where(sql`r.state = 'pending' and r.replaces_id in ${accesses}`)
  return rows
}

/** The access must have ended by `decisionId` before, in the same batch. */
export function withdrawWaitingChanges(
  ctx: DomainContext,
  changes: readonly WaitingChange[],
  decisionId: string,
  decidedById: UserId | null,
) {
  const ids = changes.map((change) => change.id)
  const withdrawn = (id: SQL) =>
    sql`exists (select 1 from access_requests w where w.id = ${id} and w.decision_id = ${decisionId} and w.state = 'withdrawn')`
  const events = recordEvents(
    ctx,
    changes.map(({ id, appId, organizationId, names }) => ({
      type: 'access_request.withdrawn',
      subjectType: 'access_request',
      subjectId: id,
      organizationId,
      appId,
      data: names,
    })),
    withdrawn,
  )
  return {
    statements: [
      ctx.db
        .update(accessRequests)
        .set({ state: 'withdrawn', decisionId, decidedById, decidedAt: ctx.now })
        .where(
          and(
            inArray(accessRequests.id, ids),
            eq(accessRequests.state, 'pending'),
            sql`exists (select 1 from access_requests b where b.id = ${accessRequests.replacesId}
              and b.decision_id = ${decisionId} and b.state = 'revoked')`,
          ),
        )
        .returning({ id: accessRequests.id }),
      ctx.db
        .update(accessRequestProducts)
        .set({ live: false })
        .where(
          and(
            inArray(accessRequestProducts.requestId, ids),
            withdrawn(sql`${accessRequestProducts.requestId}`),
          ),
        ),
      events.statement,
    ] as const,
    /** With the rows of the first statement. */
    settle(rows: readonly { id: Id<'req'> }[]): void {
      const done = new Set(rows.map((row) => row.id))
      ids.forEach((id, at) => {
        const eventId = events.ids[at]
        if (eventId && done.has(id)) ctx.announce(eventId)
      })
    },
  }
}
