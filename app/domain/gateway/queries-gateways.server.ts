// What admins read of external gateways. Their secrets are not among it.
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { named } from '~db/columns'
import { keyset } from '~db/keyset'
import { apiGateways, apis, gateways, products } from '~db/schema'

type Reader = Pick<DomainContext, 'db'>

const columns = {
  id: gateways.id,
  name: gateways.name,
  nameKey: gateways.nameKey,
  kind: gateways.kind,
  baseUrl: gateways.baseUrl,
  publicUrl: gateways.publicUrl,
  externalOrgId: gateways.externalOrgId,
  headerName: gateways.headerName,
  createdAt: gateways.createdAt,
  apiCount: sql<number>`(select count(*) from api_gateways b where b.gateway_id = gateways.id)`.as(
    'api_count',
  ),
  /** Keys that it may hold. */
  keyCount:
    sql<number>`(select count(*) from gateway_keys k where k.gateway_id = gateways.id and k.state <> 'absent')`.as(
      'key_count',
    ),
}

export type GatewayRow = NonNullable<Awaited<ReturnType<typeof findGateway>>>

export async function findGateway({ db }: Reader, gatewayId: Id<'gwy'>) {
  const [row] = await db.select(columns).from(gateways).where(eq(gateways.id, gatewayId)).limit(1)
  return row ?? null
}

export async function listGateways(
  { db }: DomainContext<AdminActor>,
  page: PageRequest,
): Promise<Page<GatewayRow>> {
  const { after, order } = keyset(page, gateways.nameKey, gateways.id, 'lowest')
  const rows = await db
    .select(columns)
    .from(gateways)
    .where(after)
    .orderBy(...order)
    .limit(page.size + 1)
  return toPage(rows, page, (row) => ({ key: row.nameKey, id: row.id }))
}

/** As many APIs as the page of a gateway lists. */
const maxApis = 100

/** A gateway, the APIs that it serves, and what was told to it. Throws NotFoundError. */
export async function getGateway({ db }: DomainContext<AdminActor>, gatewayId: Id<'gwy'>) {
  const [rows, served, counts] = await db.batch([
    db.select(columns).from(gateways).where(eq(gateways.id, gatewayId)).limit(1),
    db
      .select({
        apiId: named(apis.id, 'api_id'),
        name: named(apis.name, 'api_name'),
        productId: named(products.id, 'product_id'),
        productName: named(products.name, 'product_name'),
        externalApiId: apiGateways.externalApiId,
        listenPath: apiGateways.listenPath,
      })
      .from(apiGateways)
      .innerJoin(apis, eq(apis.id, apiGateways.apiId))
      .innerJoin(products, eq(products.id, apis.productId))
      .where(eq(apiGateways.gatewayId, gatewayId))
      .orderBy(asc(products.name), asc(apis.name))
      .limit(maxApis),
    db
      .select({
        present: sql<number>`coalesce(sum(k.state = 'present'), 0)`.as('present_keys'),
        unsure: sql<number>`coalesce(sum(k.state = 'unsure'), 0)`.as('unsure_keys'),
        toldAt: sql<number | null>`max(k.told_at)`.as('told_at'),
      })
      .from(sql`gateway_keys k`)
      .where(sql`k.gateway_id = ${gatewayId}`),
  ])
  const gateway = rows[0]
  if (!gateway) throw new NotFoundError(`gateway ${gatewayId}`)
  return { ...gateway, apis: served, keys: counts[0] ?? { present: 0, unsure: 0, toldAt: null } }
}

/**
 * An API, the gateways that can be chosen for it, and the one that serves it; null is the built-in one. Throws NotFoundError.
 */
export async function getApiGateway(
  { db }: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  apiId: Id<'api'>,
) {
  const [rows, choices, chosen] = await db.batch([
    db
      .select({
        id: named(apis.id, 'api_id'),
        name: named(apis.name, 'api_name'),
        slug: named(apis.slug, 'api_slug'),
        productName: named(products.name, 'product_name'),
        apps: sql<number>`(select count(distinct p.app_id) from access_request_products p
          where p.product_id = ${productId} and p.live = 1)`.as('app_count'),
      })
      .from(apis)
      .innerJoin(products, eq(products.id, apis.productId))
      .where(and(eq(apis.id, apiId), eq(apis.productId, productId), isNull(products.deletedAt))),
    db
      .select({ id: gateways.id, name: gateways.name, kind: gateways.kind })
      .from(gateways)
      .orderBy(asc(gateways.nameKey))
      .limit(maxApis),
    db.select().from(apiGateways).where(eq(apiGateways.apiId, apiId)).limit(1),
  ])
  const api = rows[0]
  if (!api) throw new NotFoundError(`api ${apiId}`)
  return { ...api, productId, choices, chosen: chosen[0] ?? null }
}
