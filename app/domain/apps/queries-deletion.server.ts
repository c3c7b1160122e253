// What is said before an app is deleted: which credentials and products stop, and which requests are withdrawn.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { apps, users } from '~db/schema'
import { type AppActor, visibleApps } from './visibility.server'

/** How many credentials of a row of `apps` work at this moment. */
export function workingKeys(ctx: DomainContext): SQL<number> {
  return sql<number>`(select count(*) from credentials c where c.app_id = ${apps.id} and c.state in ('active', 'retiring')
    and (c.expires_at is null or c.expires_at > ${ctx.now}) and (c.retires_at is null or c.retires_at > ${ctx.now}))`
}

type PendingRequest = { id: Id<'req'>; plan: string; catalog: string; requester: string; products: string[] }

const productsOf = (requests: SQL) => sql`(select json_group_array(name) from (select distinct p.name as name
  from access_request_products a join products p on p.id = a.product_id where a.request_id in ${requests} order by p.name))`

/** Null for an app that the actor may not see. */
export async function findAppDeletion(ctx: DomainContext<AppActor>, appId: Id<'app'>) {
  const approved = sql`(select r.id from access_requests r where r.app_id = ${appId} and r.state = 'approved')`
  const [row] = await ctx.db
    .select({
      name: apps.name,
      organizationId: apps.organizationId,
      ownerId: apps.ownerId,
      ownerName: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
      keys: workingKeys(ctx),
      products: sql<string[]>`${productsOf(approved)}`.mapWith(
        (text: string) => JSON.parse(text) as string[],
      ),
      lastUsedAt: sql<
        number | null
      >`(select max(c.last_used_at) from credentials c where c.app_id = ${appId})`,
      pending: sql<
        PendingRequest[]
      >`(select json_group_array(json_object('id', r.id, 'plan', r.plan_name, 'catalog', c.name,
          'requester', trim(u.first_name || ' ' || u.last_name), 'products', json(${productsOf(sql`(r.id)`)})))
        from access_requests r join catalogs c on c.id = r.catalog_id left join users u on u.id = r.requester_id
        where r.app_id = ${appId} and r.state = 'pending')`.mapWith(
        (text: string) => JSON.parse(text) as PendingRequest[],
      ),
    })
    .from(apps)
    .innerJoin(users, eq(users.id, apps.ownerId))
    .where(and(eq(apps.id, appId), visibleApps(ctx.actor)))
  return row ? { id: appId, ...row } : null
}
