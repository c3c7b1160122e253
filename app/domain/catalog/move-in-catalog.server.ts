// Moves a product or a plan of a catalog one place up or down.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { catalogPlans, catalogProducts } from '~db/schema'
import type { MoveCatalogItemInput } from './catalog'
import { findCatalogItem, inCatalog, isProduct, itemList, listName } from './catalog-items.server'
import { catalogExists, findCatalog, noSuchCatalog } from './find-catalog.server'
import { movedPlaces, moveTold } from './order.server'

export async function moveInCatalog(
  ctx: DomainContext<AdminActor>,
  catalogId: Id<'cat'>,
  { item, direction }: MoveCatalogItemInput,
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
      data: { name: catalog.name, change: `moved ${name} ${direction}` },
    },
    sql`${catalogExists(catalogId)} and ${inCatalog(catalogId, item)}`,
    ...moveTold(listName(item), list, item, direction),
  )
  const place = sql`moved.place`
  const places = movedPlaces(list, item, direction)
  const [, moved] = await ctx.db.batch([
    event.statement,
    isProduct(item)
      ? ctx.db
          .update(catalogProducts)
          .set({ position: place })
          .from(places)
          .where(
            and(eq(catalogProducts.catalogId, catalogId), sql`${catalogProducts.productId} = moved.item`),
          )
          .returning({ id: catalogProducts.catalogId })
      : ctx.db
          .update(catalogPlans)
          .set({ position: place })
          .from(places)
          .where(and(eq(catalogPlans.catalogId, catalogId), sql`${catalogPlans.planId} = moved.item`))
          .returning({ id: catalogPlans.catalogId }),
  ])
  if (!moved[0]) return fail(domainError('already_decided', `${name} is not in ${catalog.name} (any more).`))
  ctx.announce(event.id)
  return ok({ name })
}
