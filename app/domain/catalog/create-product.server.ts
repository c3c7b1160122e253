// Makes a product as a draft. Its description is rendered and sanitized here, once.
import { type SQL, sql } from 'drizzle-orm'
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fieldError } from '~/domain/kernel/errors'
import { type Id, newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { violatesReference, violatesUnique } from '~/domain/kernel/unique'
import { recordEvent } from '~db/record-event'
import { catalogProducts, products, productTags } from '~db/schema'
import { catalogsGone } from './order.server'
import type { CreateProductInput } from './product'

export async function createProduct(
  ctx: DomainContext<AdminActor | SystemActor>,
  input: CreateProductInput,
): Promise<Result<{ productId: Id<'prd'> }>> {
  const productId = newId('prd', ctx.now)
  const event = recordEvent(ctx, {
    type: 'product.created',
    subjectType: 'product',
    subjectId: productId,
    data: { name: input.name },
  })
  try {
    await ctx.db.batch([
      ctx.db.insert(products).values({
        id: productId,
        name: input.name,
        slug: input.slug,
        summary: input.summary,
        descriptionMarkdown: input.description,
        descriptionHtml: ctx.markdown.render(input.description),
        logoContentType: input.logo?.contentType ?? null,
        logoData: input.logo?.bytes ?? null,
        featured: input.featured,
        state: 'draft',
        createdAt: ctx.now,
      }),
      ...[...new Set(input.tags)].map((tag) => ctx.db.insert(productTags).values({ productId, tag })),
      ...[...new Set(input.catalogIds)].map((catalogId) =>
        ctx.db.insert(catalogProducts).values({ catalogId: thatIsThere(catalogId), productId }),
      ),
      event.statement,
    ])
  } catch (error) {
    if (violatesUnique(error, 'products.slug'))
      return fail(fieldError('slug', 'Another product has this slug. Choose a different one.'))
    if (violatesReference(error)) return fail(catalogsGone)
    throw error
  }
  ctx.announce(event.id)
  return ok({ productId })
}

/** The row of a deleted catalog stays: the reference to it has to break as that to one that never was. */
function thatIsThere(catalogId: Id<'cat'>): SQL {
  return sql`coalesce((select id from catalogs where id = ${catalogId} and deleted_at is null), '')`
}
