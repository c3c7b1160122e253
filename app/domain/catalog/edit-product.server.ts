// Changes what a product says of itself and where it is offered. Its slug is part of the gateway's addresses: while somebody
// has access it stays.
import { and, eq, isNull, sql } from 'drizzle-orm'
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
import { chosenCatalogs, lastPlace } from './order.server'
import type { ProductFormInput } from './product'

const slugInUse = fieldError(
  'slug',
  'Somebody has access to this product, and its slug is in the addresses that they call. It cannot be changed.',
  'in_use',
)

export async function editProduct(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  input: ProductFormInput,
): Promise<Result<{ name: string }>> {
  const product = await findProduct(ctx, productId)
  if (!product) return fail(noSuchProduct)
  const { name, slug, summary, description, tags, featured } = input
  if (slug !== product.slug && product.live) return fail(slugInUse)
  const chosen = JSON.stringify([...new Set(input.catalogIds)])
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
      or exists (select 1 from products where products.id = ${productId} and products.slug = ${slug}))`,
    {
      name: was(sql`name`),
      slug: was(sql`slug`),
      summary: was(sql`summary`),
      description: wasLong(sql`description_markdown`, description),
      featured: wasFlag(sql`featured`),
      tags: listOf(sql`tag`, sql`from product_tags where product_id = ${productId}`),
      catalogs: listOf(
        sql`c.name`,
        sql`from catalogs c join catalog_products o on o.catalog_id = c.id
          where c.deleted_at is null and o.product_id = ${productId}`,
      ),
    },
    { catalogs: listOf(sql`c.name`, chosenCatalogs(chosen)) },
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
            won,
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
      return fail(
        now.live ? slugInUse : domainError('conflict', 'Somebody changed this product. Load it again.'),
      )
    }
  } catch (error) {
    if (!violatesUnique(error, 'products.slug')) throw error
    return fail(fieldError('slug', 'Another product has this slug. Choose a different one.'))
  }
  ctx.announce(event.id)
  return ok({ name })
}
