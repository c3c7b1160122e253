// Reads of access requests: the names that an event carries, the admins' list, and the page of one request.
import { and, asc, desc, eq, gt, lt, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { credentialStateAt } from '~/domain/apps/credential'
import { periodStarts } from '~/domain/catalog/quota-period'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { decodeCursor, type PageRequest, toPage } from '~/domain/kernel/page'
import { named, namedOrNull } from '~db/columns'
import {
  accessRequests,
  apps,
  catalogs,
  credentialRequests,
  credentials,
  events,
  organizations,
  plans,
  users,
} from '~db/schema'
import type { AccessRequestFilter } from './access-request'

const requesters = alias(users, 'requesters')
const deciders = alias(users, 'deciders')

const jsonList = (value: string) => JSON.parse(value) as string[]

const productNames = sql<
  string[]
>`(select json_group_array(name) from (select p.name as name from access_request_products a
  join products p on p.id = a.product_id where a.request_id = ${accessRequests.id} order by p.name))`
  .mapWith(jsonList)
  .as('product_names')

const fullName = (person: typeof requesters | typeof deciders, name: string) =>
  sql<string | null>`trim(${person.firstName} || ' ' || ${person.lastName})`.as(name)

/** A request with the names of its surroundings; null when there is none, or `access` (a condition on `apps`) does not let one see it. */
export async function findRequestFacts(ctx: DomainContext, requestId: Id<'req'>, access?: SQL) {
  const [row] = await ctx.db
    .select({
      id: accessRequests.id,
      state: accessRequests.state,
      appId: accessRequests.appId,
      organizationId: accessRequests.organizationId,
      planName: accessRequests.planName,
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
    .where(and(eq(accessRequests.id, requestId), access))
    .limit(1)
  return row ?? null
}

export type RequestFacts = NonNullable<Awaited<ReturnType<typeof findRequestFacts>>>

/** Newest first. The search looks into the names of app, organization, requester and products. */
export async function listAccessRequests(
  ctx: DomainContext<AdminActor>,
  options: AccessRequestFilter & { page: PageRequest },
) {
  const { state, search, page } = options
  const cursor = decodeCursor(page.cursor)
  const forward = page.direction === 'next'
  const beyond = forward ? lt : gt
  const after = cursor
    ? or(
        beyond(accessRequests.createdAt, Number(cursor.key)),
        and(
          eq(accessRequests.createdAt, Number(cursor.key)),
          beyond(accessRequests.id, cursor.id as Id<'req'>),
        ),
      )
    : undefined
  const rows = await ctx.db
    .select({
      id: named(accessRequests.id, 'request_id'),
      state: accessRequests.state,
      planName: accessRequests.planName,
      createdAt: named(accessRequests.createdAt, 'request_created_at'),
      appName: named(apps.name, 'app_name'),
      organizationName: named(organizations.name, 'organization_name'),
      catalogName: named(catalogs.name, 'catalog_name'),
      requesterName: fullName(requesters, 'requester_name'),
      products: productNames,
    })
    .from(accessRequests)
    .innerJoin(apps, eq(apps.id, accessRequests.appId))
    .innerJoin(organizations, eq(organizations.id, accessRequests.organizationId))
    .innerJoin(catalogs, eq(catalogs.id, accessRequests.catalogId))
    .leftJoin(requesters, eq(requesters.id, accessRequests.requesterId))
    .where(
      and(state ? eq(accessRequests.state, state) : undefined, search ? matches(search) : undefined, after),
    )
    .orderBy(
      forward ? desc(accessRequests.createdAt) : asc(accessRequests.createdAt),
      forward ? desc(accessRequests.id) : asc(accessRequests.id),
    )
    .limit(page.size + 1)
  return toPage(rows, { ...page, cursor: cursor ? page.cursor : null }, (row) => ({
    key: row.createdAt,
    id: row.id,
  }))
}

/** LIKE fails on long patterns in D1, so the text is looked for as it is. */
function matches(search: string): SQL {
  const needle = search.toLowerCase()
  return sql`(instr(lower(${apps.name}), ${needle}) > 0 or instr(lower(${organizations.name}), ${needle}) > 0
    or instr(lower(${requesters.firstName} || ' ' || ${requesters.lastName} || ' ' || ${requesters.email}), ${needle}) > 0
    or exists (select 1 from access_request_products a join products p on p.id = a.product_id
      where a.request_id = ${accessRequests.id} and instr(lower(p.name), ${needle}) > 0))`
}

/** Throws NotFoundError. `servesOthers` tells credentials that would survive the end of this request. */
export async function getAccessRequest(ctx: DomainContext<AdminActor>, requestId: Id<'req'>) {
  const { month } = periodStarts(ctx.now)
  const [requestRows, productRows, credentialRows, eventRows] = await ctx.db.batch([
    ctx.db
      .select({
        id: named(accessRequests.id, 'request_id'),
        state: accessRequests.state,
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
