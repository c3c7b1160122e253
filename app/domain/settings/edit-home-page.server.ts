// Changes the text of the home page. It is rendered and sanitized here, once.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { ok, type Result } from '~/domain/kernel/result'
import { settings } from '~db/schema'
import type { EditHomePageInput } from './home-page'
import { settingEvent } from './setting-event.server'

/** `changed` is false when this is the text already. */
export async function editHomePage(
  ctx: DomainContext<AdminActor>,
  { body }: EditHomePageInput,
): Promise<Result<{ changed: boolean }>> {
  const differs = sql`settings.home_markdown is not ${body}`
  const event = settingEvent(ctx, {
    label: 'Home page text',
    field: 'homePageText',
    value: body,
    before: sql`settings.home_markdown`,
    differs,
  })
  const [, changed] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(settings)
      .set({ homeMarkdown: body, homeHtml: ctx.markdown.render(body) })
      .where(and(eq(settings.id, 1), differs))
      .returning({ id: settings.id }),
  ])
  if (!changed[0]) return ok({ changed: false })
  ctx.announce(event.id)
  return ok({ changed: true })
}
