// The statements that approve one request, for a batch of its own or one of many. The first answers whether it was done.

import { and, eq, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type Id, newDecisionId } from '~/domain/kernel/ids'
import { accessRequestProducts, accessRequests } from '~db/schema'
import { accessStatements } from './access-statements.server'
import type { RequestFacts } from './queries.server'
import { termsOf } from './terms.server'

/** `plan`: another one than was asked for. */
export async function approvalStatements(
  ctx: DomainContext<AdminActor | SystemActor>,
  request: RequestFacts,
  plan: { id: Id<'pln'>; name: string } | null,
) {
  const decisionId = newDecisionId(ctx.now)
  const { id: requestId, organizationId, appId, changes, wantedCredentialId, showSecretsOnce } = request
  const access = await accessStatements(ctx, decisionId, {
    requestId,
    organizationId,
    appId,
    changes,
    wantedCredentialId,
    showSecretsOnce,
    credentialType: request.credentialType,
    names: { ...request, planName: plan?.name ?? request.planName },
    ...(plan ? { more: { planAskedFor: request.planName } } : {}),
  })
  const first = ctx.db
    .update(accessRequests)
    .set({
      state: 'approved',
      decisionId,
      decidedById: ctx.actor.type === 'admin' ? ctx.actor.userId : null,
      decidedAt: ctx.now,
      ...(plan ? termsOf(plan.id) : {}),
    })
    .where(
      and(
        eq(accessRequests.id, requestId),
        eq(accessRequests.state, 'pending'),
        changes
          ? sql`exists (select 1 from access_requests b where b.id = ${changes.id} and b.state = 'approved')`
          : undefined,
        plan ? stillOffered(plan.id) : undefined,
      ),
    )
    .returning({ id: accessRequests.id })
  const statements: [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]] = [first]
  if (plan) {
    statements.push(
      ctx.db
        .update(accessRequestProducts)
        .set({ planId: plan.id })
        .where(
          and(
            eq(accessRequestProducts.requestId, requestId),
            sql`exists (select 1 from access_requests where id = ${requestId} and decision_id = ${decisionId})`,
          ),
        ),
    )
  }
  const offset = statements.length
  statements.push(...access.statements)
  return {
    statements,
    /** Null when somebody else was first. */
    settle(results: readonly unknown[]): { issued: Id<'crd'> | null } | null {
      const [decided] = results as { id: Id<'req'> }[][]
      return decided?.length ? { issued: access.settle(results.slice(offset)) } : null
    },
  }
}

function stillOffered(planId: Id<'pln'>) {
  return sql`exists (select 1 from catalog_plans x join plans l on l.id = x.plan_id and l.archived_at is null
    where x.catalog_id = ${accessRequests.catalogId} and l.id = ${planId})`
}
