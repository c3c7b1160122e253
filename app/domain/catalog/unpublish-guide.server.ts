// Makes a guide a draft again, which only admins see. Of two admins at once one does it.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { guides } from '~db/schema'
import { findGuide, guideExists, noSuchGuide } from './find-guide.server'

export async function unpublishGuide(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  guideId: Id<'gde'>,
): Promise<Result<{ title: string }>> {
  const guide = await findGuide(ctx, productId, guideId)
  if (!guide) return fail(noSuchGuide)
  const event = recordEvent(
    ctx,
    { type: 'guide.unpublished', subjectType: 'guide', subjectId: guideId, data: { name: guide.title } },
    sql`${guideExists(productId, guideId)} and exists (select 1 from guides where guides.id = ${guideId} and guides.state = 'published')`,
  )
  const [, changed] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(guides)
      .set({ state: 'draft' })
      .where(and(eq(guides.id, guideId), eq(guides.state, 'published'), guideExists(productId, guideId)))
      .returning({ id: guides.id }),
  ])
  if (!changed[0]) return fail(domainError('already_decided', `${guide.title} is a draft already.`))
  ctx.announce(event.id)
  return ok({ title: guide.title })
}
