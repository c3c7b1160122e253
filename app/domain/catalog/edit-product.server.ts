// Changes what a product says of itself and where it is offered. Its slug is part of the gateway's addresses: while somebody
// has access it stays.
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { violatesUnique } from '~/domain/kernel/unique'
import { beforeIn, listOf, longText } from '~db/event-before'
import { recordEvent } from '~db/record-event'
import { catalogProducts, events, products, productTags } from '~db/schema'
import { findProduct, hasLiveAccess, noSuchProduct, productExists } from './find-product.server'
import { catalogsGone, chosenCatalogs, lastPlace } from './order.server'
import type { EditProductInput } from './product'

const slugInUse = fieldError(
  'slug',
  'Somebody has access to this product, and its slug is in the addresses that they call. It cannot be changed.',
  'in_use',
)

export async function editProduct(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  input: EditProductInput,
): Promise<Result<{ name: string }>> {
  const product = await findProduct(ctx, productId)
  if (!product) return fail(noSuchProduct)
  const { name, slug, summary, description, tags, featured } = input
  if (slug !== product.slug && product.live) return fail(slugInUse)
  const catalogIds = input.catalogIds && [...new Set(input.catalogIds)]
  const chosen = JSON.stringify(catalogIds ?? [])
  const { was, wasFlag, wasLong } = beforeIn(sql`products`, productId)
  const event = recordEvent(
    ctx,
    {
      type: 'product.changed',
      subjectType: 'product',
      subjectId: productId,
      data: {
        name,
        slug,
        summary,
        description: longText(description),
        featured,
        tags: [...new Set(tags)].toSorted(),
      },
    },
    sql`${productExists(productId)} and (not ${hasLiveAccess(productId)}
      or exists (select 1 from products where products.id = ${productId} and products.slug = ${slug}))
      and ${allThere(chosen)}`,
    {
      name: was(sql`name`),
      slug: was(sql`slug`),
      summary: was(sql`summary`),
      description: wasLong(sql`description_markdown`, description),
      featured: wasFlag(sql`featured`),
      tags: listOf(sql`tag`, sql`from product_tags where product_id = ${productId}`),
      ...(catalogIds ? { catalogs: catalogsOf(productId) } : {}),
    },
    catalogIds ? { catalogs: listOf(sql`c.name`, chosenCatalogs(chosen)) } : {},
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  try {
    const [, changed] = await ctx.db.batch([
      event.statement,
      ctx.db
        .update(products)
        .set({
          name,
          slug,
          summary,
          featured,
          descriptionMarkdown: description,
          descriptionHtml: ctx.markdown.render(description),
        })
        .where(and(eq(products.id, productId), isNull(products.deletedAt), won))
        .returning({ id: products.id }),
      ctx.db.delete(productTags).where(and(eq(productTags.productId, productId), won)),
      ctx.db
        .insert(productTags)
        .select(
          sql`select ${productId} as product_id, value as tag from json_each(${JSON.stringify(tags)}) where ${won}`,
        ),
      ctx.db
        .delete(catalogProducts)
        .where(
          and(
            eq(catalogProducts.productId, productId),
            sql`${catalogProducts.catalogId} not in (select value from json_each(${chosen}))`,
            catalogIds ? won : sql`0`,
          ),
        ),
      ctx.db
        .insert(catalogProducts)
        .select(
          sql`select catalogs.id as catalog_id, ${productId} as product_id,
            ${lastPlace(sql`catalog_products`, sql`catalog_products.catalog_id = catalogs.id`)} as position
            from catalogs where catalogs.deleted_at is null and catalogs.id in (select value from json_each(${chosen})) and ${won}`,
        )
        .onConflictDoNothing(),
    ])
    if (!changed[0]) {
      const now = await findProduct(ctx, productId)
      if (!now) return fail(noSuchProduct)
      if (now.live && now.slug !== slug) return fail(slugInUse)
      const [there] = await ctx.db.select({ all: allThere(chosen).as('all_there') }).from(sql`(select 1)`)
      if (!there?.all) return fail(catalogsGone)
      return fail(domainError('conflict', 'Somebody changed this product. Load it again.'))
    }
  } catch (error) {
    if (!violatesUnique(error, 'products.slug')) throw error
    return fail(fieldError('slug', 'Another product has this slug. Choose a different one.'))
  }
  ctx.announce(event.id)
  return ok({ name })
}

function allThere(chosen: string): SQL<number> {
  return sql<number>`((select count(*) ${chosenCatalogs(chosen)}) = json_array_length(${chosen}))`
}

/** For the event: the names of the catalogs that hold the product. */
function catalogsOf(productId: Id<'prd'>): SQL {
  return listOf(
    sql`c.name`,
    sql`from catalogs c join catalog_products o on o.catalog_id = c.id
      where c.deleted_at is null and o.product_id = ${productId}`,
  )
}
