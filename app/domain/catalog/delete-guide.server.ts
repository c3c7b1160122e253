// Deletes a guide.
import { and, eq } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { guides } from '~db/schema'
import { findGuide, guideExists, noSuchGuide } from './find-guide.server'

export async function deleteGuide(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  guideId: Id<'gde'>,
): Promise<Result<{ title: string }>> {
  const guide = await findGuide(ctx, productId, guideId)
  if (!guide) return fail(noSuchGuide)
  const event = recordEvent(
    ctx,
    { type: 'guide.deleted', subjectType: 'guide', subjectId: guideId, data: { name: guide.title } },
    guideExists(productId, guideId),
  )
  const [, deleted] = await ctx.db.batch([
    event.statement,
    ctx.db
      .delete(guides)
      .where(and(eq(guides.id, guideId), eq(guides.productId, productId)))
      .returning({ id: guides.id }),
  ])
  if (!deleted[0]) return fail(noSuchGuide)
  ctx.announce(event.id)
  return ok({ title: guide.title })
}
