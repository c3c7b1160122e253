// Everything that an app's page shows, in one trip: access with its credentials, what waits, usage, activity. No secret
// is read here: `hasSecret` says whether there is one to reveal. Developers and admins read the same page.
import { and, desc, eq, gte, type SQL, sql } from 'drizzle-orm'
import { countryName } from '~/domain/accounts/device'
import { servedColumn } from '~/domain/catalog/queries-served.server'
import { periodStarts, type QuotaPeriod } from '~/domain/catalog/quota-period'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { named, namedOrNull } from '~db/columns'
import { termsIn } from '~db/plan-terms'
import {
  accessRequestProducts,
  accessRequests,
  apis,
  apps,
  catalogs,
  credentials,
  events,
  organizations,
  products,
  teams,
  usageHours,
  users,
} from '~db/schema'
import { credentialStateAt } from './credential'
import type { CredentialLimits } from './credential-limits'
import { endedKeys } from './ended-keys'
import { grantedProducts } from './granted-products'
import { canManageApp, canSeeSecrets, canShareApp } from './policy'
import { standstillOf } from './standstill'
import { type AppActor, visibleApps } from './visibility.server'

/** More than any app holds in good order; older ones are in the activity. */
const maxRequests = 100
const maxEvents = 20
const hourMs = 3_600_000

export type AppPage = Awaited<ReturnType<typeof getAppPage>>

/** Throws NotFoundError for an app that the actor may not see. */
export async function getAppPage(ctx: DomainContext<AppActor>, appId: Id<'app'>) {
  const { db, actor, now } = ctx
  const starts = periodStarts(now)
  const since = (start: number) =>
    sql<number>`coalesce(sum(case when ${usageHours.hour} >= ${start} then ${usageHours.calls} else 0 end), 0)`
  const seen: SQL = sql`exists (select 1 from ${apps} where ${apps.id} = ${appId} and ${visibleApps(actor)})`

  const [appRows, requestRows, productRows, credentialRows, usageRows, eventRows] = await db.batch([
    db
      .select({
        id: named(apps.id, 'app_id'),
        organizationId: named(apps.organizationId, 'app_organization_id'),
        ownerId: apps.ownerId,
        name: named(apps.name, 'app_name'),
        description: apps.description,
        visibility: apps.visibility,
        teamId: apps.teamId,
        redirectUrls: apps.redirectUrls,
        frozenAt: named(apps.frozenAt, 'app_frozen_at'),
        frozenBy: apps.frozenBy,
        createdAt: named(apps.createdAt, 'app_created_at'),
        teamName: namedOrNull(teams.name, 'team_name'),
        ownerName: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('owner_name'),
        ownerEmail: users.email,
        ownerState: named(users.state, 'owner_state'),
        organizationName: named(organizations.name, 'organization_name'),
        organizationState: named(organizations.state, 'organization_state'),
        organizationFrozenAt: named(organizations.frozenAt, 'organization_frozen_at'),
      })
      .from(apps)
      .innerJoin(users, eq(users.id, apps.ownerId))
      .innerJoin(organizations, eq(organizations.id, apps.organizationId))
      .leftJoin(teams, eq(teams.id, apps.teamId))
      .where(and(eq(apps.id, appId), visibleApps(actor)))
      .limit(1),
    db
      .select({
        id: named(accessRequests.id, 'request_id'),
        // Access whose plan was changed is stored as revoked.
        state: sql<
          (typeof accessRequests.$inferSelect)['state'] | 'retired'
        >`case when ${accessRequests.replacedById} is null then ${accessRequests.state} else 'retired' end`.as(
          'shown_state',
        ),
        planBefore: sql<
          string | null
        >`(select b.plan_name from access_requests b where b.id = ${accessRequests.replacesId})`.as(
          'plan_before',
        ),
        changeWaits:
          sql<boolean>`exists (select 1 from access_requests w where w.replaces_id = ${accessRequests.id}
          and w.state = 'pending')`
            .mapWith(Boolean)
            .as('change_waits'),
        note: accessRequests.note,
        rejectionReason: accessRequests.rejectionReason,
        planName: accessRequests.planName,
        ...termsIn(accessRequests),
        limitsId: sql<Id<'req'>>`coalesce(${accessRequests.limitsId}, ${accessRequests.id})`.as(
          'counted_under',
        ),
        createdAt: accessRequests.createdAt,
        decidedAt: accessRequests.decidedAt,
        catalogName: named(catalogs.name, 'catalog_name'),
        credentialIds: sql<
          Id<'crd'>[]
        >`(select json_group_array(credential_id) from credential_requests x where x.request_id = ${accessRequests.id})`
          .mapWith((value: string) => JSON.parse(value) as Id<'crd'>[])
          .as('credential_ids'),
      })
      .from(accessRequests)
      .innerJoin(catalogs, eq(catalogs.id, accessRequests.catalogId))
      .where(and(eq(accessRequests.appId, appId), seen))
      .orderBy(desc(accessRequests.createdAt), desc(accessRequests.id))
      .limit(maxRequests),
    db
      .select({
        requestId: accessRequestProducts.requestId,
        productId: named(products.id, 'product_id'),
        productName: named(products.name, 'product_name'),
        productSlug: named(products.slug, 'product_slug'),
        productState: products.state,
        apiName: namedOrNull(apis.name, 'api_name'),
        apiSlug: namedOrNull(apis.slug, 'api_slug'),
        served: servedColumn(),
        // An operation that can be called as it is, for the curl command.
        examplePath: sql<
          string | null
        >`(select path from api_operations where document_id = ${apis.documentId}
          and lower(method) = 'get' and instr(path, '{') = 0 order by position limit 1)`.as('example_path'),
      })
      .from(accessRequestProducts)
      .innerJoin(products, eq(products.id, accessRequestProducts.productId))
      .leftJoin(
        apis,
        and(
          eq(apis.productId, products.id),
          // Those that take what this request was given.
          sql`${apis.upstreamUrl} is not null and case (select credential_type from access_requests
            where id = ${accessRequestProducts.requestId})
            when 'api_key' then ${apis.acceptsApiKey} else ${apis.acceptsOauth} end = 1`,
        ),
      )
      .where(
        and(
          sql`${accessRequestProducts.requestId} in (select id from access_requests where app_id = ${appId})`,
          seen,
        ),
      )
      .orderBy(products.name, apis.position, apis.name),
    db
      .select({
        id: credentials.id,
        name: credentials.name,
        type: credentials.type,
        clientId: credentials.clientId,
        state: credentials.state,
        hint: credentials.hint,
        expiresAt: credentials.expiresAt,
        retiresAt: credentials.retiresAt,
        replacesId: credentials.replacesId,
        revokedAt: credentials.revokedAt,
        // Spelled out: drizzle leaves the table away where a query has only one.
        revokedByName: sql<
          string | null
        >`(select trim(u.first_name || ' ' || u.last_name) from users u where u.id = credentials.revoked_by_id)`.as(
          'revoked_by_name',
        ),
        lastUsedAt: credentials.lastUsedAt,
        lastUsedApi: sql<
          string | null
        >`(select a.name from apis a where a.id = credentials.last_used_api_id)`.as('last_used_api'),
        lastUsedCountry: credentials.lastUsedCountry,
        limits:
          sql<CredentialLimits | null>`(select json_object('ipRanges', json(l.ip_ranges), 'methods', json(l.methods),
            'paths', json(l.paths), 'notBefore', l.not_before, 'ownExpiresAt', l.own_expires_at)
            from credential_limits l where l.credential_id = credentials.id)`
            .mapWith((value: string) => JSON.parse(value) as CredentialLimits)
            .as('own_limits'),
        createdAt: credentials.createdAt,
        showOnce: credentials.showOnce,
        hasSecret: sql<boolean>`secret_cipher is not null`.mapWith(Boolean).as('has_secret'),
      })
      .from(credentials)
      .where(and(eq(credentials.appId, appId), seen))
      .orderBy(desc(credentials.createdAt), desc(credentials.id)),
    db
      .select({
        credentialId: usageHours.credentialId,
        limitsId: usageHours.limitsId,
        recent: since(starts.hour - hourMs).as('recent'),
        hour: since(starts.hour).as('this_hour'),
        day: since(starts.day).as('this_day'),
        week: since(starts.week).as('this_week'),
        month: since(starts.month).as('this_month'),
      })
      .from(usageHours)
      .where(
        and(
          eq(usageHours.appId, appId),
          gte(usageHours.hour, Math.min(starts.month, starts.week, starts.hour - hourMs)),
          seen,
        ),
      )
      .groupBy(usageHours.credentialId, usageHours.limitsId),
    db
      .select({
        id: events.id,
        type: events.type,
        actorLabel: events.actorLabel,
        // Of an edit the page says only that there was one.
        data: sql`case ${events.type} when 'app.changed' then '{}' else ${events.data} end`
          .mapWith(events.data)
          .as('event_data'),
        createdAt: events.createdAt,
      })
      .from(events)
      .where(
        and(
          eq(events.appId, appId),
          // What happened before the app came here is another organization's.
          actor.type === 'admin' ? undefined : eq(events.organizationId, actor.organizationId),
          seen,
        ),
      )
      // Events of one moment in the order in which they were written.
      .orderBy(desc(events.createdAt), sql`rowid desc`)
      .limit(maxEvents),
  ])
  const app = appRows[0]
  if (!app) throw new NotFoundError('app')

  const productsOf = grantedProducts(productRows)
  const replacedAt = (id: Id<'crd'>) =>
    credentialRows.find((other) => other.replacesId === id)?.createdAt ?? null
  const requests = requestRows.map((request) => ({
    ...request,
    products: productsOf.get(request.id) ?? [],
    // A quota counts what every key of the access did. What was counted before that was noted counted for a key's first.
    used: addedUp(
      usageRows.filter(({ limitsId, credentialId }) =>
        limitsId === null
          ? request.id === firstRequestOf(requestRows, credentialId)
          : limitsId === request.limitsId,
      ),
    ),
  }))
  return {
    app: { ...app, isOwn: app.ownerId === actor.userId, standstill: standstillOf(app) },
    canManage: canManageApp(actor, app),
    canTransfer: actor.type === 'developer' && canShareApp(actor, app),
    canSeeSecrets: canSeeSecrets(actor, app),
    requests: requests.filter((request) => request.state !== 'approved'),
    credentials: credentialRows.map((credential) => ({
      ...credential,
      state: credentialStateAt(credential, now),
      requests: requests.filter(
        (request) => request.state === 'approved' && request.credentialIds.includes(credential.id),
      ),
      usage: addedUp(usageRows.filter((row) => row.credentialId === credential.id)),
      /** Calls of `usage.recent` were made since then. */
      recentSince: starts.hour - hourMs,
      lastUsedCountry: countryName(credential.lastUsedCountry),
      /** When it was replaced by another key. */
      replacedAt: replacedAt(credential.id),
    })),
    endedKeys: endedKeys(credentialRows, now).map((key) => ({ ...key, replacedAt: replacedAt(key.id) })),
    activity: eventRows,
  }
}

type Calls = Record<'recent' | QuotaPeriod, number>

function addedUp(rows: readonly Calls[]): Calls {
  const sum = (period: keyof Calls) => rows.reduce((total, row) => total + row[period], 0)
  return { recent: sum('recent'), hour: sum('hour'), day: sum('day'), week: sum('week'), month: sum('month') }
}

/** The newest, as requests are listed. */
function firstRequestOf(
  requests: readonly { id: Id<'req'>; state: string; credentialIds: readonly Id<'crd'>[] }[],
  credentialId: Id<'crd'>,
): Id<'req'> | null {
  const first = requests.find(
    ({ state, credentialIds }) => state === 'approved' && credentialIds.includes(credentialId),
  )
  return first?.id ?? null
}
