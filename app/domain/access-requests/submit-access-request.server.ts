// Sends an access request: the new app, the request with the terms of its plan, its products out of the cart, and for
// auto-approve plans the credential, all in one write that repeats every rule. The same form sent again answers the same.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { stillMember } from '~/domain/accounts/visibility.server'
import { newAppRow } from '~/domain/apps/app'
import { appsWithOpenSecrets, shareableTeam } from '~/domain/apps/visibility.server'
import { visibleCatalogs } from '~/domain/catalog/visibility.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { newDecisionId, newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { violatesUnique } from '~/domain/kernel/unique'
import { recordEvent } from '~db/record-event'
import { accessRequestProducts, accessRequests, apps, cartItems, catalogs } from '~db/schema'
import { acceptsType } from './accepts.server'
import type { SubmitAccessRequestInput } from './access-request'
import { accessStatements } from './access-statements.server'
import { requestEventData } from './decision'
import { checkSubmission, type Submitted, submissionKey } from './submission.server'
import { termsOfPlans } from './terms.server'

export async function submitAccessRequest(
  ctx: DomainContext<DeveloperActor>,
  input: SubmitAccessRequestInput,
): Promise<Result<Submitted>> {
  const check = await checkSubmission(ctx, input)
  if ('error' in check) return fail(check.error)
  if ('previous' in check) return ok(check.previous)

  const { db, actor, now } = ctx
  const requestId = newId('req', now)
  const newApp = typeof input.app === 'string' ? null : newAppRow(actor, newId('app', now), input.app, now)
  const appId = newApp?.id ?? (input.app as `app_${string}`)
  const isAuto = check.plan.approval === 'auto'
  const state = isAuto ? 'approved' : 'pending'
  const decisionId = isAuto ? newDecisionId(now) : null
  const products = JSON.stringify(input.productIds)
  const rules = stillAllowed(ctx, input, check.plan.approval)
  const sent = sql`exists (select 1 from access_requests where id = ${requestId})`

  const place = { organizationId: actor.organizationId, appId }
  const names = {
    appName: check.appName,
    products: check.products,
    planName: check.plan.name,
    catalogName: check.catalogName,
    requesterName: actor.name,
  }
  const request = { subjectType: 'access_request', subjectId: requestId, ...place } as const
  const created = newApp
    ? recordEvent(
        ctx,
        { type: 'app.created', subjectType: 'app', subjectId: appId, ...place, data: { name: newApp.name } },
        sent,
      )
    : null
  const submitted = recordEvent(
    ctx,
    { ...request, type: 'access_request.submitted', data: requestEventData(names, { autoApproved: isAuto }) },
    sent,
  )
  // The plan decided, not the developer who asked.
  const bySystem = { ...ctx, actor: { type: 'system' } as const }
  const access = decisionId
    ? await accessStatements(bySystem, decisionId, {
        requestId,
        ...place,
        names,
        credentialType: input.credentialType,
        more: { autoApproved: true },
        changes: null,
        wantedCredentialId: input.credentialId ?? null,
        showSecretsOnce: check.showSecretsOnce,
      })
    : null

  const insertRequest = db
    .insert(accessRequests)
    .select(
      sql`select ${requestId} as id, ${submissionKey(actor, input.submissionId)} as submission_id, ${appId} as app_id,
        ${actor.organizationId} as organization_id, ${actor.userId} as requester_id, ${input.catalogId} as catalog_id, plans.id as plan_id,
        ${input.credentialType} as credential_type, ${input.note} as note, ${state} as state, null as rejection_reason,
        ${termsOfPlans},
        null as reminded_at, ${decisionId} as decision_id, null as decided_by_id, ${isAuto ? now : null} as decided_at, ${now} as created_at,
        null as replaces_id, null as replaced_by_id, null as limits_id, ${input.credentialId ?? null} as wanted_credential_id
        from plans where plans.id = ${input.planId} and ${rules} and exists (select 1 from ${apps} where ${apps.id} = ${appId}
          and ${apps.frozenAt} is null and ${appsWithOpenSecrets(actor)})`,
    )
    .returning({ id: accessRequests.id })
  const followers = [
    db.insert(accessRequestProducts).select(
      sql`select ${requestId} as request_id, value as product_id, ${appId} as app_id, ${input.planId} as plan_id, 1 as live
        from json_each(${products}) where ${sent}`,
    ),
    db
      .delete(cartItems)
      .where(
        and(
          eq(cartItems.userId, actor.userId),
          eq(cartItems.catalogId, input.catalogId),
          sql`${cartItems.productId} in (select value from json_each(${products}))`,
          sent,
        ),
      ),
    ...(created ? [created.statement] : []),
    submitted.statement,
    ...(access?.statements ?? []),
  ]
  try {
    const results: unknown[] = newApp
      ? (await db.batch([insertRequestApp(ctx, newApp, rules), insertRequest, ...followers])).slice(1)
      : await db.batch([insertRequest, ...followers])
    const [rows] = results
    if (Array.isArray(rows) && rows.length > 0) {
      if (created) ctx.announce(created.id)
      ctx.announce(submitted.id)
      access?.settle(results.slice(results.length - access.statements.length))
      return ok({ requestId, appId, state })
    }
  } catch (error) {
    const isRepeated = violatesUnique(error, 'access_requests.submission_id')
    if (!isRepeated && !violatesUnique(error, 'access_request_products.plan_id')) throw error
  }
  // Something changed between the check and the write: look again, and say what.
  const again = await checkSubmission(ctx, input)
  if ('previous' in again) return ok(again.previous)
  if ('error' in again) return fail(again.error)
  return fail(
    domainError(
      'cart_changed',
      'Something changed while the request was sent. Check the cart and send it again.',
    ),
  )
}

/** The rules of a submission, over the rows as they are when it is written. */
function stillAllowed(
  ctx: DomainContext<DeveloperActor>,
  input: SubmitAccessRequestInput,
  approval: 'auto' | 'manual',
): SQL {
  const { actor } = ctx
  const teamId = typeof input.app === 'string' || actor.inDefaultOrganization ? null : input.app.teamId
  return sql`${stillMember(actor)}
    and exists (select 1 from organizations where organizations.id = ${actor.organizationId} and organizations.state = 'active')
    and exists (select 1 from ${catalogs} join catalog_plans on catalog_plans.catalog_id = ${catalogs.id}
      join plans offered on offered.id = catalog_plans.plan_id and offered.archived_at is null and offered.approval = ${approval}
      where ${catalogs.id} = ${input.catalogId} and offered.id = ${input.planId} and ${visibleCatalogs(actor)})
    and (select count(*) from cart_items
      join products on products.id = cart_items.product_id and products.state = 'published'
      join catalog_products on catalog_products.catalog_id = cart_items.catalog_id and catalog_products.product_id = products.id
      where cart_items.user_id = ${actor.userId} and cart_items.catalog_id = ${input.catalogId}
        and cart_items.product_id in (select value from json_each(${JSON.stringify(input.productIds)}))
        and exists (select 1 from apis where apis.product_id = products.id and apis.upstream_url is not null and ${acceptsType(input.credentialType)})
      ) = ${input.productIds.length}
    and ${teamId ? shareableTeam(actor, teamId) : sql`1`}`
}

function insertRequestApp(ctx: DomainContext<DeveloperActor>, app: ReturnType<typeof newAppRow>, rules: SQL) {
  return ctx.db.insert(apps).select(
    sql`select ${app.id} as id, ${app.organizationId} as organization_id, ${app.ownerId} as owner_id, ${app.name} as name,
      ${app.nameKey} as name_key, ${app.description} as description, ${app.visibility} as visibility, ${app.teamId} as team_id,
      ${JSON.stringify(app.redirectUrls)} as redirect_urls, null as frozen_at, ${app.createdAt} as created_at,
      null as frozen_by where ${rules}`,
  )
}
