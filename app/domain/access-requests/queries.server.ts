// Reads of access requests: the names that an event carries, the admins' list, and the page of one request.
import { and, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { credentialStateAt } from '~/domain/apps/credential'
import { periodStarts } from '~/domain/catalog/quota-period'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, fieldError, NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { named, namedOrNull } from '~db/columns'
import {
  accessRequests,
  apps,
  catalogPlans,
  catalogs,
  credentialRequests,
  credentials,
  events,
  organizations,
  plans,
  users,
} from '~db/schema'
import type { AccessRequestState } from './access-request'

const requesters = alias(users, 'requesters')
const deciders = alias(users, 'deciders')

/** What an access whose plan was changed is: see `access-request.ts`. */
export const shownState =
  sql<AccessRequestState>`case when ${accessRequests.replacedById} is null then ${accessRequests.state} else 'retired' end`.as(
    'shown_state',
  )

const jsonList = (value: string) => (JSON.parse(value) as string[]).sort((a, b) => a.localeCompare(b, 'en'))

export const productNames = sql<string[]>`(select json_group_array(p.name) from access_request_products a
  join products p on p.id = a.product_id where a.request_id = ${accessRequests.id})`
  .mapWith(jsonList)
  .as('product_names')

export const fullName = (person: typeof requesters | typeof deciders, name: string) =>
  sql<string | null>`trim(${person.firstName} || ' ' || ${person.lastName})`.as(name)

/** The access whose plan a request would change, and the plan it has. */
type ChangedAccess = { id: Id<'req'>; planId: Id<'pln'>; planName: string; inForce: boolean }

const changedAccess =
  sql<ChangedAccess | null>`(select json_object('id', b.id, 'planId', b.plan_id, 'planName', b.plan_name,
    'inForce', b.state = 'approved') from access_requests b where b.id = ${accessRequests.replacesId})`
    .mapWith((value: string) => {
      const read = JSON.parse(value) as Omit<ChangedAccess, 'inForce'> & { inForce: 0 | 1 }
      return { ...read, inForce: read.inForce === 1 }
    })
    .as('changed_access')

/** A request with the names of its surroundings; null when there is none, or `access` (a condition on `apps`) does not let one see it. */
export async function findRequestFacts(ctx: DomainContext, requestId: Id<'req'>, access?: SQL) {
  const [row] = await requestFacts(ctx, and(eq(accessRequests.id, requestId), access)).limit(1)
  return row ?? null
}

/** Several of them, oldest first. */
export function listRequestFacts(ctx: DomainContext, requestIds: readonly Id<'req'>[]) {
  const chosen = sql`${accessRequests.id} in (select value from json_each(${JSON.stringify(requestIds)}))`
  return requestFacts(ctx, chosen).orderBy(accessRequests.createdAt, accessRequests.id)
}

function requestFacts(ctx: DomainContext, condition: SQL | undefined) {
  return ctx.db
    .select({
      id: accessRequests.id,
      state: shownState,
      appId: accessRequests.appId,
      organizationId: accessRequests.organizationId,
      catalogId: accessRequests.catalogId,
      planId: accessRequests.planId,
      planName: accessRequests.planName,
      credentialType: accessRequests.credentialType,
      wantedCredentialId: accessRequests.wantedCredentialId,
      changes: changedAccess,
      catalogName: catalogs.name,
      appName: apps.name,
      products: productNames,
      requesterName: fullName(requesters, 'requester_name'),
      deciderName: fullName(deciders, 'decider_name'),
      showSecretsOnce: sql<boolean>`(select show_secrets_once from settings where id = 1)`
        .mapWith(Boolean)
        .as('show_once'),
    })
    .from(accessRequests)
    .innerJoin(apps, eq(apps.id, accessRequests.appId))
    .innerJoin(catalogs, eq(catalogs.id, accessRequests.catalogId))
    .leftJoin(requesters, eq(requesters.id, accessRequests.requesterId))
    .leftJoin(deciders, eq(deciders.id, accessRequests.decidedById))
    .where(condition)
    .$dynamic()
}

export type RequestFacts = NonNullable<Awaited<ReturnType<typeof findRequestFacts>>>

/** A plan of the request's catalog by which an approver may replace the one that was asked for. */
export async function findOfferedPlan(
  ctx: DomainContext,
  request: Pick<RequestFacts, 'catalogId' | 'changes'>,
  planId: Id<'pln'>,
): Promise<{ id: Id<'pln'>; name: string } | { error: DomainError }> {
  if (request.changes?.planId === planId) {
    const message = 'This plan is in force already. Choose another one, or reject the request.'
    return { error: fieldError('planId', message, 'conflict') }
  }
  const [plan] = await ctx.db
    .select({ id: plans.id, name: plans.name })
    .from(plans)
    .innerJoin(catalogPlans, eq(catalogPlans.planId, plans.id))
    .where(and(eq(plans.id, planId), eq(catalogPlans.catalogId, request.catalogId), isNull(plans.archivedAt)))
  return (
    plan ?? {
      error: fieldError('planId', 'This plan is not offered in this catalog any more. Choose another one.'),
    }
  )
}

/** Throws NotFoundError. `servesOthers` tells credentials that would survive the end of this request. */
export async function getAccessRequest(ctx: DomainContext<AdminActor>, requestId: Id<'req'>) {
  const { month } = periodStarts(ctx.now)
  const [requestRows, productRows, credentialRows, eventRows] = await ctx.db.batch([
    ctx.db
      .select({
        id: named(accessRequests.id, 'request_id'),
        state: shownState,
        catalogId: accessRequests.catalogId,
        planId: accessRequests.planId,
        changes: changedAccess,
        remindedAt: accessRequests.remindedAt,
        note: accessRequests.note,
        rejectionReason: accessRequests.rejectionReason,
        credentialType: accessRequests.credentialType,
        createdAt: named(accessRequests.createdAt, 'request_created_at'),
        decidedAt: named(accessRequests.decidedAt, 'request_decided_at'),
        planName: accessRequests.planName,
        planArchivedAt: namedOrNull(plans.archivedAt, 'plan_archived_at'),
        rateLimit: named(accessRequests.rateLimit, 'terms_rate_limit'),
        ratePeriodSeconds: named(accessRequests.ratePeriodSeconds, 'terms_rate_period'),
        quotaLimit: named(accessRequests.quotaLimit, 'terms_quota_limit'),
        quotaPeriod: named(accessRequests.quotaPeriod, 'terms_quota_period'),
        keyLifetimeDays: named(accessRequests.keyLifetimeDays, 'terms_key_lifetime'),
        appId: named(apps.id, 'app_id'),
        appName: named(apps.name, 'app_name'),
        appDescription: named(apps.description, 'app_description'),
        organizationId: named(organizations.id, 'organization_id'),
        organizationName: named(organizations.name, 'organization_name'),
        organizationState: named(organizations.state, 'organization_state'),
        catalogName: named(catalogs.name, 'catalog_name'),
        requesterId: namedOrNull(requesters.id, 'requester_id'),
        requesterName: fullName(requesters, 'requester_name'),
        requesterEmail: namedOrNull(requesters.email, 'requester_email'),
        deciderName: fullName(deciders, 'decider_name'),
      })
      .from(accessRequests)
      .innerJoin(apps, eq(apps.id, accessRequests.appId))
      .innerJoin(organizations, eq(organizations.id, accessRequests.organizationId))
      .innerJoin(catalogs, eq(catalogs.id, accessRequests.catalogId))
      .leftJoin(plans, eq(plans.id, accessRequests.planId))
      .leftJoin(requesters, eq(requesters.id, accessRequests.requesterId))
      .leftJoin(deciders, eq(deciders.id, accessRequests.decidedById))
      .where(eq(accessRequests.id, requestId))
      .limit(1),
    ctx.db
      .select({ name: sql<string>`p.name`.as('product_name'), slug: sql<string>`p.slug`.as('product_slug') })
      .from(sql`access_request_products a join products p on p.id = a.product_id`)
      .where(sql`a.request_id = ${requestId}`)
      .orderBy(sql`p.name`),
    ctx.db
      .select({
        id: named(credentials.id, 'credential_id'),
        name: credentials.name,
        hint: credentials.hint,
        state: credentials.state,
        expiresAt: credentials.expiresAt,
        retiresAt: credentials.retiresAt,
        lastUsedAt: credentials.lastUsedAt,
        servesOthers: servesOthers(requestId).mapWith(Boolean).as('serves_others'),
        callsThisMonth:
          sql<number>`(select coalesce(sum(calls), 0) from usage_hours where credential_id = ${credentials.id}
          and hour >= ${month})`.as('calls_this_month'),
      })
      .from(credentials)
      .innerJoin(credentialRequests, eq(credentialRequests.credentialId, credentials.id))
      .where(eq(credentialRequests.requestId, requestId)),
    ctx.db
      .select({
        id: events.id,
        type: events.type,
        actorLabel: events.actorLabel,
        createdAt: events.createdAt,
      })
      .from(events)
      .where(eq(events.subjectId, requestId))
      .orderBy(desc(events.createdAt), sql`rowid desc`)
      .limit(20),
  ])
  const request = requestRows[0]
  if (!request) throw new NotFoundError('access request')
  return {
    request,
    products: productRows,
    credentials: credentialRows.map((row) => ({ ...row, state: credentialStateAt(row, ctx.now) })),
    history: eventRows,
  }
}

/** The credential of the outer query also serves another approved request. */
export function servesOthers(requestId: Id<'req'>): SQL {
  return sql`exists (select 1 from credential_requests x join access_requests r on r.id = x.request_id
    where x.credential_id = ${credentials.id} and r.id <> ${requestId} and r.state = 'approved')`
}
