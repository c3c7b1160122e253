// Asks for another plan for access that an app has. The old plan stays in force until the change is approved; then the same
// keys serve under the new one. A plan that approves by itself does all of it in one write. The same form sent again answers
// the same, and one change waits at a time.
import { and, eq, sql } from 'drizzle-orm'
import { stillMember } from '~/domain/accounts/visibility.server'
import { appsWithOpenSecrets } from '~/domain/apps/visibility.server'
import { visibleCatalogs } from '~/domain/catalog/visibility.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError, NotFoundError } from '~/domain/kernel/errors'
import { type Id, newDecisionId, newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { violatesUnique } from '~/domain/kernel/unique'
import { recordEvent } from '~db/record-event'
import { accessRequestProducts, accessRequests, apps, catalogs } from '~db/schema'
import type { ChangePlanInput } from './access-request'
import { accessStatements } from './access-statements.server'
import { requestEventData } from './decision'
import { readPlanChange, whyNoPlanChange } from './plan-change.server'
import { type Submitted, submissionKey } from './submission.server'
import { termsOfPlans } from './terms.server'

export async function changePlan(
  ctx: DomainContext<DeveloperActor>,
  appId: Id<'app'>,
  accessId: Id<'req'>,
  input: ChangePlanInput,
): Promise<Result<Submitted>> {
  const check = await checkChange(ctx, appId, accessId, input)
  if (!check.ok || 'requestId' in check.value) return check as Result<Submitted>

  const { db, actor, now } = ctx
  const { access, products, plan } = check.value
  const requestId = newId('req', now)
  const isAuto = plan.approval === 'auto'
  const state = isAuto ? 'approved' : 'pending'
  const decisionId = isAuto ? newDecisionId(now) : null
  const place = { organizationId: actor.organizationId, appId }
  const names = {
    appName: access.appName,
    products: products.map((product) => product.name),
    planName: plan.name,
    catalogName: access.catalogName,
    requesterName: actor.name,
  }
  const submitted = recordEvent(
    ctx,
    {
      type: 'access_request.submitted',
      subjectType: 'access_request',
      subjectId: requestId,
      ...place,
      data: requestEventData(names, { autoApproved: isAuto, planBefore: access.planName }),
    },
    sql`exists (select 1 from access_requests where id = ${requestId})`,
  )
  const change = decisionId
    ? await accessStatements({ ...ctx, actor: { type: 'system' } }, decisionId, {
        requestId,
        ...place,
        names,
        credentialType: access.credentialType,
        more: { autoApproved: true },
        changes: { id: accessId, planName: access.planName },
        wantedCredentialId: null,
        showSecretsOnce: access.showSecretsOnce,
      })
    : null
  try {
    const results: unknown[] = await db.batch([
      db
        .insert(accessRequests)
        .select(
          sql`select ${requestId} as id, ${submissionKey(actor, input.submissionId)} as submission_id, b.app_id as app_id,
            b.organization_id as organization_id, ${actor.userId} as requester_id, b.catalog_id as catalog_id, plans.id as plan_id,
            b.credential_type as credential_type, ${input.note} as note, ${state} as state, null as rejection_reason,
            ${termsOfPlans},
            null as reminded_at, ${decisionId} as decision_id, null as decided_by_id, ${isAuto ? now : null} as decided_at,
            ${now} as created_at, b.id as replaces_id, null as replaced_by_id, coalesce(b.limits_id, b.id) as limits_id,
            null as wanted_credential_id
            from access_requests b join plans on plans.id = ${plan.id} and plans.id <> b.plan_id and plans.archived_at is null
              and plans.approval = ${plan.approval}
            join catalog_plans x on x.catalog_id = b.catalog_id and x.plan_id = plans.id
            where b.id = ${accessId} and b.app_id = ${appId} and b.state = 'approved' and ${stillMember(actor)}
              and exists (select 1 from organizations o where o.id = b.organization_id and o.state = 'active')
              and exists (select 1 from ${apps} where ${apps.id} = b.app_id and ${apps.frozenAt} is null and ${appsWithOpenSecrets(actor)})
              and exists (select 1 from ${catalogs} where ${catalogs.id} = b.catalog_id and ${visibleCatalogs(actor)})
              and not exists (select 1 from access_request_products a where a.request_id = b.id and not exists (
                select 1 from products p join catalog_products c on c.product_id = p.id and c.catalog_id = b.catalog_id
                where p.id = a.product_id and p.state = 'published'))`,
        )
        .returning({ id: accessRequests.id }),
      db.insert(accessRequestProducts).select(
        sql`select ${requestId} as request_id, a.product_id as product_id, a.app_id as app_id, ${plan.id} as plan_id, 1 as live
          from access_request_products a where a.request_id = ${accessId}
          and exists (select 1 from access_requests where id = ${requestId})`,
      ),
      submitted.statement,
      ...(change?.statements ?? []),
    ])
    if (Array.isArray(results[0]) && results[0].length > 0) {
      ctx.announce(submitted.id)
      change?.settle(results.slice(results.length - change.statements.length))
      return ok({ requestId, appId, state })
    }
  } catch (error) {
    const known = [
      'access_requests.submission_id',
      'access_requests.replaces_id',
      'access_request_products.plan_id',
    ] as const
    if (!known.some((columns) => violatesUnique(error, columns))) throw error
  }
  // Something changed between the check and the write: look again, and say what.
  const again = await checkChange(ctx, appId, accessId, input)
  if (!again.ok || 'requestId' in again.value) return again as Result<Submitted>
  return fail(domainError('conflict', 'Something changed at the same moment. Look at the plans again.'))
}

async function checkChange(
  ctx: DomainContext<DeveloperActor>,
  appId: Id<'app'>,
  accessId: Id<'req'>,
  input: ChangePlanInput,
) {
  const [previous] = await ctx.db
    .select({ id: accessRequests.id, planId: accessRequests.planId, state: accessRequests.state })
    .from(accessRequests)
    .where(
      and(
        eq(accessRequests.submissionId, submissionKey(ctx.actor, input.submissionId)),
        eq(accessRequests.replacesId, accessId),
      ),
    )
  if (previous) {
    return previous.planId === input.planId && (previous.state === 'pending' || previous.state === 'approved')
      ? ok({ requestId: previous.id, appId, state: previous.state })
      : fail(domainError('conflict', 'This form was used already. Reload the page.'))
  }
  const facts = await readPlanChange(ctx, appId, accessId).catch((error: unknown) => {
    if (error instanceof NotFoundError) return null
    throw error
  })
  if (!facts) return fail(domainError('not_found', 'There is no such access.'))
  const obstacle = whyNoPlanChange(facts)
  if (obstacle) return fail(domainError('conflict', obstacle))
  const plan = facts.plans.find((one) => one.id === input.planId)
  if (!plan) return fail(fieldError('planId', 'This plan is not offered here any more. Choose another one.'))
  const [taken] = await ctx.db
    .select({ name: sql<string>`p.name` })
    .from(sql`access_request_products a join products p on p.id = a.product_id`)
    .where(
      sql`a.app_id = ${appId} and a.plan_id = ${plan.id} and a.live = 1
        and a.product_id in (select o.product_id from access_request_products o where o.request_id = ${accessId})`,
    )
    .limit(1)
  if (taken) {
    return fail(
      fieldError(
        'planId',
        `This app has ${taken.name} under the plan ${plan.name} already, or waits for it. Choose another plan.`,
        'already_requested',
      ),
    )
  }
  return ok({ ...facts, plan })
}
