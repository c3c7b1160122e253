// Puts a product or a plan into a catalog, at its end.
import { sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { catalogPlans, catalogProducts, events } from '~db/schema'
import type { CatalogItemInput } from './catalog'
import { findCatalogItem, inCatalog, isProduct, itemList, listName } from './catalog-items.server'
import { catalogExists, findCatalog, noSuchCatalog } from './find-catalog.server'
import { lastPlace, namesIn, places } from './order.server'

export async function offerInCatalog(
  ctx: DomainContext<AdminActor>,
  catalogId: Id<'cat'>,
  { item }: CatalogItemInput,
): Promise<Result<{ name: string }>> {
  const [catalog, found] = await Promise.all([findCatalog(ctx, catalogId), findCatalogItem(ctx, item)])
  if (!catalog) return fail(noSuchCatalog)
  if (!found) return fail(domainError('conflict', 'This product or plan is gone. Choose again.'))
  const list = itemList(catalogId, item)
  const now = places(list)
  const event = recordEvent(
    ctx,
    {
      type: 'catalog.changed',
      subjectType: 'catalog',
      subjectId: catalogId,
      data: { name: catalog.name, change: `added ${found.name}` },
    },
    sql`${catalogExists(catalogId)} and ${found.exists} and not ${inCatalog(catalogId, item)}`,
    { [listName(item)]: namesIn(list, now) },
    {
      [listName(item)]: namesIn(
        list,
        sql`(select item, place from ${now} union all select ${item}, (select count(*) + 1 from ${now}))`,
      ),
    },
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  const place = lastPlace(list.table, list.scope)
  const [, added] = await ctx.db.batch([
    event.statement,
    isProduct(item)
      ? ctx.db
          .insert(catalogProducts)
          .select(
            sql`select ${catalogId} as catalog_id, ${item} as product_id,
              ${place} as position where ${won}`,
          )
          .returning({ id: catalogProducts.catalogId })
      : ctx.db
          .insert(catalogPlans)
          .select(
            sql`select ${catalogId} as catalog_id, ${item} as plan_id,
              ${place} as position where ${won}`,
          )
          .returning({ id: catalogPlans.catalogId }),
  ])
  if (!added[0]) return fail(domainError('already_decided', `${found.name} is in ${catalog.name} already.`))
  ctx.announce(event.id)
  return ok({ name: found.name })
}
