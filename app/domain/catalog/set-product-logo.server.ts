// Gives a product a logo, or takes it away (null). What the file is was told by its bytes (logo.ts).
import { and, eq, isNull } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { products } from '~db/schema'
import { findProduct, noSuchProduct, productExists } from './find-product.server'
import type { Logo } from './logo'

export async function setProductLogo(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  logo: Logo | null,
): Promise<Result<{ name: string }>> {
  const product = await findProduct(ctx, productId)
  if (!product) return fail(noSuchProduct)
  const event = recordEvent(
    ctx,
    {
      type: 'product.changed',
      subjectType: 'product',
      subjectId: productId,
      data: { name: product.name, change: logo ? 'a new logo' : 'no logo' },
    },
    productExists(productId),
  )
  const [, changed] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(products)
      .set({ logoContentType: logo?.contentType ?? null, logoData: logo?.bytes ?? null })
      .where(and(eq(products.id, productId), isNull(products.deletedAt)))
      .returning({ id: products.id }),
  ])
  if (!changed[0]) return fail(noSuchProduct)
  ctx.announce(event.id)
  return ok({ name: product.name })
}
