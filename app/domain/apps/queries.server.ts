// Reads of apps and credentials, each in one trip. Which rows a viewer gets is the policy's decision, made in the query.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { type PageRequest, toPage } from '~/domain/kernel/page'
import { named, namedOrNull } from '~db/columns'
import { keyset } from '~db/keyset'
import { apps, credentialLimits, credentials, teams, users } from '~db/schema'
import { credentialStateAt } from './credential'
import { type AppActor, visibleApps } from './visibility.server'

/** Since when an app stands still, by itself or with all apps of its organization; null when it does not. */
export const frozenSince = sql<
  number | null
>`coalesce(${apps.frozenAt}, (select o.frozen_at from organizations o where o.id = ${apps.organizationId}))`.as(
  'frozen_since',
)

type RequestNames = {
  id: Id<'req'>
  names: { products: string[]; plan: string; catalog: string; requester: string | null }
}

/** A credential with the names that its events carry; null when it is not in `appId` or `access` does not let one see the app. */
export async function credentialFacts(
  ctx: DomainContext,
  access: SQL,
  appId: Id<'app'>,
  credentialId: Id<'crd'>,
) {
  const [row] = await ctx.db
    .select({
      name: credentials.name,
      hint: credentials.hint,
      state: credentials.state,
      type: credentials.type,
      clientId: credentials.clientId,
      expiresAt: credentials.expiresAt,
      retiresAt: credentials.retiresAt,
      lastUsedAt: credentials.lastUsedAt,
      secretCipher: credentials.secretCipher,
      showOnce: credentials.showOnce,
      limits: {
        ipRanges: credentialLimits.ipRanges,
        methods: credentialLimits.methods,
        paths: credentialLimits.paths,
        notBefore: credentialLimits.notBefore,
        ownExpiresAt: credentialLimits.ownExpiresAt,
        planExpiresAt: credentialLimits.planExpiresAt,
        version: credentialLimits.version,
      },
      appName: apps.name,
      organizationId: apps.organizationId,
      requests: sql<string>`(select json_group_array(json_object('id', r.id, 'plan', r.plan_name, 'catalog', c.name,
          'requester', trim(u.first_name || ' ' || u.last_name),
          'products', (select json_group_array(name) from (select p.name as name from access_request_products a
            join products p on p.id = a.product_id where a.request_id = r.id order by p.name))))
        from credential_requests x join access_requests r on r.id = x.request_id and r.state = 'approved'
        join catalogs c on c.id = r.catalog_id left join users u on u.id = r.requester_id
        where x.credential_id = ${credentials.id})`,
    })
    .from(credentials)
    .innerJoin(apps, eq(apps.id, credentials.appId))
    .leftJoin(credentialLimits, eq(credentialLimits.credentialId, credentials.id))
    .where(and(eq(credentials.id, credentialId), eq(apps.id, appId), access))
    .limit(1)
  if (!row) return null
  const requests: RequestNames[] = (
    JSON.parse(row.requests) as {
      id: Id<'req'>
      plan: string
      catalog: string
      requester: string | null
      products: string | string[]
    }[]
  ).map(({ id, products, ...names }) => ({ id, names: { ...names, products: asList(products) } }))
  return { ...row, requests, products: [...new Set(requests.flatMap((request) => request.names.products))] }
}

/** SQLite may hand a nested JSON array over as a text. */
function asList(value: string | string[]): string[] {
  return typeof value === 'string' ? (JSON.parse(value) as string[]) : value
}

/** What stands on the page that asks before a key is revealed or revoked; no secret. */
export async function findCredential(
  ctx: DomainContext<AppActor>,
  appId: Id<'app'>,
  credentialId: Id<'crd'>,
  access: SQL,
) {
  const found = await credentialFacts(ctx, access, appId, credentialId)
  if (!found) return null
  const { name, type, hint, appName, products, lastUsedAt, showOnce } = found
  return {
    id: credentialId,
    name,
    type,
    hint,
    state: credentialStateAt(found, ctx.now),
    appName,
    products,
    lastUsedAt,
    showOnce,
    hasSecret: found.secretCipher !== null,
  }
}

/** The apps that this developer sees, newest first. */
export async function listApps(ctx: DomainContext<DeveloperActor>, page: PageRequest) {
  const { after, order } = keyset(page, apps.createdAt, apps.id)
  const rows = await ctx.db
    .select({
      id: named(apps.id, 'app_id'),
      name: named(apps.name, 'app_name'),
      description: apps.description,
      visibility: apps.visibility,
      createdAt: named(apps.createdAt, 'app_created_at'),
      frozenAt: frozenSince,
      teamName: namedOrNull(teams.name, 'team_name'),
      ownerId: apps.ownerId,
      ownerName: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('owner_name'),
      workingKeys:
        sql<number>`(select count(*) from credentials c where c.app_id = ${apps.id} and c.state in ('active', 'retiring')
        and (c.expires_at is null or c.expires_at > ${ctx.now}) and (c.retires_at is null or c.retires_at > ${ctx.now}))`.as(
          'working_keys',
        ),
      pendingRequests:
        sql<number>`(select count(*) from access_requests r where r.app_id = ${apps.id} and r.state = 'pending')`.as(
          'pending_requests',
        ),
    })
    .from(apps)
    .innerJoin(users, eq(users.id, apps.ownerId))
    .leftJoin(teams, eq(teams.id, apps.teamId))
    .where(and(visibleApps(ctx.actor), after))
    .orderBy(...order)
    .limit(page.size + 1)
  return toPage(rows, page, (row) => ({ key: row.createdAt, id: row.id }))
}
