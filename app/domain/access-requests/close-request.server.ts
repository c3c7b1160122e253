// Ends a pending request without access: one guarded update, its products free to be asked for again, one event.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { AdminActor, DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { newDecisionId } from '~/domain/kernel/ids'
import { recordEvent } from '~db/record-event'
import { accessRequestProducts, accessRequests } from '~db/schema'
import { requestEventData } from './decision'
import type { RequestFacts } from './queries.server'

type Ending = { state: 'rejected'; reason: string } | { state: 'withdrawn'; access: SQL }

/** False when somebody else was first. */
export async function closeRequest(
  ctx: DomainContext<AdminActor | DeveloperActor>,
  request: RequestFacts,
  ending: Ending,
): Promise<boolean> {
  const closing = closingStatements(ctx, request, ending)
  return closing.settle(await ctx.db.batch([...closing.statements]))
}

/** For a batch of its own or one of many. The first statement answers whether it was done. */
export function closingStatements(
  ctx: DomainContext<AdminActor | DeveloperActor>,
  request: RequestFacts,
  ending: Ending,
) {
  const decisionId = newDecisionId(ctx.now)
  const reason = ending.state === 'rejected' ? ending.reason : null
  const mayDecide =
    ending.state === 'withdrawn'
      ? sql`exists (select 1 from apps where apps.id = ${accessRequests.appId} and ${ending.access})`
      : undefined
  const won = sql`exists (select 1 from access_requests where id = ${request.id} and decision_id = ${decisionId})`
  const event = recordEvent(
    ctx,
    {
      type: `access_request.${ending.state}`,
      subjectType: 'access_request',
      subjectId: request.id,
      organizationId: request.organizationId,
      appId: request.appId,
      data: requestEventData(request, reason ? { reason } : {}),
    },
    won,
  )
  const statements = [
    ctx.db
      .update(accessRequests)
      .set({
        state: ending.state,
        rejectionReason: reason,
        decisionId,
        decidedById: ctx.actor.userId,
        decidedAt: ctx.now,
      })
      .where(and(eq(accessRequests.id, request.id), eq(accessRequests.state, 'pending'), mayDecide))
      .returning({ id: accessRequests.id }),
    ctx.db
      .update(accessRequestProducts)
      .set({ live: false })
      .where(and(eq(accessRequestProducts.requestId, request.id), won)),
    event.statement,
  ] as const
  return {
    statements,
    settle([closed]: readonly unknown[]): boolean {
      if (!Array.isArray(closed) || closed.length === 0) return false
      ctx.announce(event.id)
      return true
    },
  }
}
