// Moves a guide of a product one place up or down.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { guides } from '~db/schema'
import { findGuide, guideExists, noSuchGuide } from './find-guide.server'
import { movedPlaces, moveTold } from './order.server'
import type { MoveInput } from './product'

export async function moveGuide(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  guideId: Id<'gde'>,
  { direction }: MoveInput,
): Promise<Result<{ title: string }>> {
  const guide = await findGuide(ctx, productId, guideId)
  if (!guide) return fail(noSuchGuide)
  const list = {
    table: sql`guides`,
    key: sql`guides.id`,
    scope: sql`guides.product_id = ${productId}`,
    order: sql`guides.position, guides.title, guides.id`,
    name: sql`(select guides.title from guides where guides.id = item)`,
  }
  const event = recordEvent(
    ctx,
    {
      type: 'guide.changed',
      subjectType: 'guide',
      subjectId: guideId,
      data: { name: guide.title, change: `moved ${direction}` },
    },
    guideExists(productId, guideId),
    ...moveTold('guides', list, guideId, direction),
  )
  const [, moved] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(guides)
      .set({ position: sql`moved.place` })
      .from(movedPlaces(list, guideId, direction))
      .where(and(eq(guides.productId, productId), sql`${guides.id} = moved.item`))
      .returning({ id: guides.id }),
  ])
  if (!moved[0]) return fail(noSuchGuide)
  ctx.announce(event.id)
  return ok({ title: guide.title })
}
