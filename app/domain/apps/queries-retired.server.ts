// Old keys of rotations that are to end, and the access that they serve, with the names that events carry.
import { eq, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id, OrganizationId } from '~/domain/kernel/ids'
import { apps, credentials } from '~db/schema'

export type DueKey = Awaited<ReturnType<typeof listDueKeys>>[number]

/** `due` is a condition on rows of `credentials`. Those whose time came first come first. */
export function listDueKeys(ctx: DomainContext, due: SQL, limit: number) {
  return ctx.db
    .select({
      id: credentials.id,
      name: credentials.name,
      hint: credentials.hint,
      retiresAt: credentials.retiresAt,
      appId: credentials.appId,
      appName: apps.name,
      organizationId: apps.organizationId,
    })
    .from(credentials)
    .innerJoin(apps, eq(apps.id, credentials.appId))
    .where(due)
    .orderBy(credentials.retiresAt)
    .limit(limit)
}

type ServedRow = {
  id: Id<'req'>
  organizationId: OrganizationId
  appId: Id<'app'>
  app: string
  plan: string
  catalog: string
  requester: string | null
  products: string
}

/** The approved access that any of these keys serves. */
export async function findRequestsOf(ctx: DomainContext, keyIds: readonly Id<'crd'>[]) {
  const rows =
    await ctx.db.all<ServedRow>(sql`select distinct r.id as id, a.organization_id as organizationId, a.id as appId,
      a.name as app, r.plan_name as "plan", c.name as catalog, trim(u.first_name || ' ' || u.last_name) as requester,
      (select json_group_array(name) from (select p.name as name from access_request_products x
        join products p on p.id = x.product_id where x.request_id = r.id order by p.name)) as products
    from json_each(${JSON.stringify(keyIds)}) k join credential_requests q on q.credential_id = k.value
    join access_requests r on r.id = q.request_id and r.state = 'approved' join apps a on a.id = r.app_id
    join catalogs c on c.id = r.catalog_id left join users u on u.id = r.requester_id`)
  return rows.map(({ id, organizationId, appId, products, ...names }) => ({
    id,
    organizationId,
    appId,
    data: { ...names, products: JSON.parse(products) as string[] },
  }))
}
