// Gives a product a logo, or takes it away (null). What the file is was told by its bytes (logo.ts).
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { beforeIn } from '~db/event-before'
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
      data: {
        name: product.name,
        change: logo ? 'a new logo' : 'no logo',
        logo: logo ? logoLabel(logo.contentType, logo.bytes.byteLength) : null,
      },
    },
    productExists(productId),
    {
      logo: beforeIn(sql`products`, productId).was(
        // Another picture of the same kind and size is another logo too.
        sql`case when logo_data is ${logo ? Uint8Array.from(logo.bytes).buffer : null} then ${logo ? logoLabel(logo.contentType, logo.bytes.byteLength) : null}
          when logo_data is not null then logo_content_type || printf(', %,d bytes', length(logo_data)) || case
            when length(logo_data) = ${logo?.bytes.byteLength ?? 0} then ' (another one)' else '' end end`,
      ),
    },
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

function logoLabel(contentType: string, size: number): string {
  return `${contentType}, ${new Intl.NumberFormat('en').format(size)} bytes`
}
