// Adds a guide to a product. Its text is rendered and sanitized here, once.
import { sql } from 'drizzle-orm'
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError } from '~/domain/kernel/errors'
import { type Id, newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { violatesUnique } from '~/domain/kernel/unique'
import { recordEvent } from '~db/record-event'
import { guides, products } from '~db/schema'
import { lastPlace } from './order.server'
import type { CreateGuideInput } from './product'

export async function createGuide(
  ctx: DomainContext<AdminActor | SystemActor>,
  productId: Id<'prd'>,
  input: CreateGuideInput,
): Promise<Result<{ guideId: Id<'gde'> }>> {
  const guideId = newId('gde', ctx.now)
  const event = recordEvent(
    ctx,
    { type: 'guide.created', subjectType: 'guide', subjectId: guideId, data: { name: input.title } },
    sql`exists (select 1 from guides where id = ${guideId})`,
  )
  // The page shows the title itself.
  const body = input.body.replace(/^#\s[^\n]*\n/, '')
  try {
    const [rows] = await ctx.db.batch([
      ctx.db
        .insert(guides)
        .select(
          sql`select ${guideId} as id, ${products.id} as product_id, ${input.slug} as slug, ${input.title} as title, ${body} as body_markdown,
            ${ctx.markdown.render(body)} as body_html, ${input.published ? 'published' : 'draft'} as state, ${input.position ?? lastPlace(sql`guides`, sql`product_id = ${productId}`)} as position,
            ${ctx.now} as created_at from ${products} where ${products.id} = ${productId} and ${products.deletedAt} is null`,
        )
        .returning({ id: guides.id }),
      event.statement,
    ])
    if (!rows[0]) return fail(domainError('not_found', 'This product does not exist.'))
  } catch (error) {
    if (violatesUnique(error, 'guides.slug'))
      return fail(fieldError('slug', 'Another guide of this product has this slug. Choose a different one.'))
    throw error
  }
  ctx.announce(event.id)
  return ok({ guideId })
}
