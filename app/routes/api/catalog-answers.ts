// What the API answers about a catalog, and what becomes of a command's result.
import { z } from 'zod'
import { catalogVisibilities } from '~/domain/catalog/catalog'
import { type CatalogRow, getCatalogFacts } from '~/domain/catalog/queries-catalogs.server'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import { type Id, idSchema } from '~/domain/kernel/ids'
import { ok, type Result } from '~/domain/kernel/result'
import { time, timeSchema } from './lists'

export const listedCatalog = z.strictObject({
  id: idSchema('cat'),
  name: z.string(),
  slug: z.string(),
  visibility: z
    .enum(catalogVisibilities)
    .describe('`public`: anyone sees it. `private`: whoever is logged in. `custom`: its audience.'),
  products: z.int(),
  plans: z.int(),
  audience: z.int().describe('Organizations and teams; they count while the catalog is `custom`.'),
  created_at: timeSchema,
})
const catalog = listedCatalog.extend({
  approved_requests: z.int().describe('Made through this catalog.'),
  pending_requests: z.int(),
  carts: z.int().describe('That hold products of this catalog.'),
})
export const catalogAnswer = { name: 'Catalog', schema: catalog }

/** Throws NotFoundError. */
export async function oneCatalog(
  ctx: DomainContext<AdminActor>,
  catalogId: Id<'cat'>,
): Promise<z.output<typeof catalog>> {
  const facts = await getCatalogFacts(ctx, catalogId)
  return {
    ...toListedCatalog(facts),
    approved_requests: facts.approved,
    pending_requests: facts.pending,
    carts: facts.carts,
  }
}

export async function changedCatalog(
  ctx: DomainContext<AdminActor>,
  catalogId: Id<'cat'>,
  result: Result<unknown>,
) {
  return result.ok ? ok(await oneCatalog(ctx, catalogId)) : result
}

/** For an address that names something in a catalog: where that is not (any more), there is nothing at the address. */
export function foundInCatalog<T>(result: Result<T>): Result<T> {
  if (!result.ok && result.error.code === 'already_decided') throw new NotFoundError(result.error.message)
  return result
}

export function toListedCatalog(row: CatalogRow): z.output<typeof listedCatalog> {
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    visibility: row.visibility,
    products: row.products,
    plans: row.plans,
    audience: row.audience,
    created_at: time(row.createdAt),
  }
}
