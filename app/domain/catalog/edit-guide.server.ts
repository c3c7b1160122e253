// Changes a guide. Its text is rendered and sanitized here, once.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fieldError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { violatesUnique } from '~/domain/kernel/unique'
import { beforeIn, longText } from '~db/event-before'
import { recordEvent } from '~db/record-event'
import { guides } from '~db/schema'
import { guideExists, noSuchGuide } from './find-guide.server'
import type { GuideFormInput } from './product'

export async function editGuide(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  guideId: Id<'gde'>,
  input: GuideFormInput,
): Promise<Result<{ title: string }>> {
  // The page shows the title itself.
  const body = input.body.replace(/^#\s[^\n]*\n/, '')
  const { was, wasLong } = beforeIn(sql`guides`, guideId)
  const event = recordEvent(
    ctx,
    {
      type: 'guide.changed',
      subjectType: 'guide',
      subjectId: guideId,
      data: { name: input.title, slug: input.slug, text: longText(body) },
    },
    guideExists(productId, guideId),
    { name: was(sql`title`), slug: was(sql`slug`), text: wasLong(sql`body_markdown`, body) },
  )
  try {
    const [, changed] = await ctx.db.batch([
      event.statement,
      ctx.db
        .update(guides)
        .set({
          slug: input.slug,
          title: input.title,
          bodyMarkdown: body,
          bodyHtml: ctx.markdown.render(body),
        })
        .where(and(eq(guides.id, guideId), guideExists(productId, guideId)))
        .returning({ id: guides.id }),
    ])
    if (!changed[0]) return fail(noSuchGuide)
  } catch (error) {
    if (!violatesUnique(error, 'guides.slug')) throw error
    return fail(fieldError('slug', 'Another guide of this product has this slug. Choose a different one.'))
  }
  ctx.announce(event.id)
  return ok({ title: input.title })
}
