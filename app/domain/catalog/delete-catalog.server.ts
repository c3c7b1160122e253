// Deletes a catalog: nobody sees it or requests through it any more, and carts that hold its products say so. Its row stays,
// because requests that were made through it name it, and approved access goes on under the terms it was given.
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { catalogAudiences, catalogPlans, catalogProducts, catalogs, events } from '~db/schema'
import { catalogExists, findCatalog, noSuchCatalog } from './find-catalog.server'

export async function deleteCatalog(
  ctx: DomainContext<AdminActor>,
  catalogId: Id<'cat'>,
): Promise<Result<{ name: string }>> {
  const catalog = await findCatalog(ctx, catalogId)
  if (!catalog) return fail(noSuchCatalog)
  const event = recordEvent(
    ctx,
    { type: 'catalog.deleted', subjectType: 'catalog', subjectId: catalogId, data: { name: catalog.name } },
    catalogExists(catalogId),
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  const [, deleted] = await ctx.db.batch([
    event.statement,
    // The name and the slug are free for another catalog.
    ctx.db
      .update(catalogs)
      .set({ deletedAt: ctx.now, nameKey: sql`${catalogs.id}`, slug: sql`${catalogs.id}` })
      .where(and(eq(catalogs.id, catalogId), isNull(catalogs.deletedAt), won))
      .returning({ id: catalogs.id }),
    ctx.db.delete(catalogProducts).where(and(eq(catalogProducts.catalogId, catalogId), won)),
    ctx.db.delete(catalogPlans).where(and(eq(catalogPlans.catalogId, catalogId), won)),
    ctx.db.delete(catalogAudiences).where(and(eq(catalogAudiences.catalogId, catalogId), won)),
  ])
  if (!deleted[0]) return fail(noSuchCatalog)
  ctx.announce(event.id)
  return ok({ name: catalog.name })
}
