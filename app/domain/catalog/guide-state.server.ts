// Makes a draft of a guide public, or a public one a draft again. Of two admins at once one does it.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { guides } from '~db/schema'
import { findGuide, guideExists, noSuchGuide } from './find-guide.server'

type Change = {
  type: 'guide.published' | 'guide.unpublished'
  from: 'draft' | 'published'
  to: 'draft' | 'published'
  /** What it is when somebody else was first. */
  already: string
}

export async function changeGuideState(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  guideId: Id<'gde'>,
  { type, from, to, already }: Change,
): Promise<Result<{ title: string }>> {
  const guide = await findGuide(ctx, productId, guideId)
  if (!guide) return fail(noSuchGuide)
  const event = recordEvent(
    ctx,
    { type, subjectType: 'guide', subjectId: guideId, data: { name: guide.title } },
    sql`${guideExists(productId, guideId)} and exists (select 1 from guides where guides.id = ${guideId} and guides.state = ${from})`,
  )
  const [, changed] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(guides)
      .set({ state: to })
      .where(and(eq(guides.id, guideId), eq(guides.state, from), guideExists(productId, guideId)))
      .returning({ id: guides.id }),
  ])
  if (!changed[0]) return fail(domainError('already_decided', `${guide.title} is ${already} already.`))
  ctx.announce(event.id)
  return ok({ title: guide.title })
}
