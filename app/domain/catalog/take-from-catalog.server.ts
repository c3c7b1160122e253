// Takes a product or a plan out of a catalog. Carts that hold it say so; access that was given goes on.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { catalogPlans, catalogProducts } from '~db/schema'
import type { CatalogItemInput } from './catalog'
import { findCatalogItem, inCatalog, isProduct, itemList, listName } from './catalog-items.server'
import { catalogExists, findCatalog, noSuchCatalog } from './find-catalog.server'
import { namesIn, places } from './order.server'

export async function takeFromCatalog(
  ctx: DomainContext<AdminActor>,
  catalogId: Id<'cat'>,
  { item }: CatalogItemInput,
): Promise<Result<{ name: string }>> {
  const [catalog, found] = await Promise.all([findCatalog(ctx, catalogId), findCatalogItem(ctx, item)])
  if (!catalog) return fail(noSuchCatalog)
  const name = found?.name ?? 'It'
  const list = itemList(catalogId, item)
  const event = recordEvent(
    ctx,
    {
      type: 'catalog.changed',
      subjectType: 'catalog',
      subjectId: catalogId,
      data: { name: catalog.name, change: `removed ${name}` },
    },
    sql`${catalogExists(catalogId)} and ${inCatalog(catalogId, item)}`,
    { [listName(item)]: namesIn(list, places(list)) },
    { [listName(item)]: namesIn(list, sql`(select item, place from ${places(list)} where item <> ${item})`) },
  )
  const [, removed] = await ctx.db.batch([
    event.statement,
    isProduct(item)
      ? ctx.db
          .delete(catalogProducts)
          .where(and(eq(catalogProducts.catalogId, catalogId), eq(catalogProducts.productId, item)))
          .returning({ id: catalogProducts.catalogId })
      : ctx.db
          .delete(catalogPlans)
          .where(and(eq(catalogPlans.catalogId, catalogId), eq(catalogPlans.planId, item)))
          .returning({ id: catalogPlans.catalogId }),
  ])
  if (!removed[0])
    return fail(domainError('already_decided', `${name} is not in ${catalog.name} (any more).`))
  ctx.announce(event.id)
  return ok({ name })
}
