// Changes the text of the home page. It is rendered and sanitized here, once. Who began with a text that is not in force any
// more is told, instead of undoing what somebody else has written meanwhile.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { settings } from '~db/schema'
import type { EditHomePageInput } from './home-page'
import { settingEvent } from './setting-event.server'

const changedMeanwhile = domainError(
  'conflict',
  'Somebody else has changed this text meanwhile. Copy your text, load the page again, and put it in once more.',
)

/** `changed` is false when this is the text already. */
export async function editHomePage(
  ctx: DomainContext<AdminActor>,
  { body, version }: EditHomePageInput,
): Promise<Result<{ changed: boolean }>> {
  const differs = sql`(settings.home_markdown is not ${body} and settings.home_version = ${version})`
  const event = settingEvent(ctx, {
    label: 'Home page text',
    field: 'homePageText',
    value: body,
    before: sql`settings.home_markdown`,
    differs,
  })
  const [, changed, now] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(settings)
      .set({
        homeMarkdown: body,
        homeHtml: ctx.markdown.render(body),
        homeVersion: version + 1,
      })
      .where(and(eq(settings.id, 1), differs))
      .returning({ id: settings.id }),
    ctx.db.select({ text: settings.homeMarkdown }).from(settings).where(eq(settings.id, 1)),
  ])
  if (!changed[0]) return now[0]?.text === body ? ok({ changed: false }) : fail(changedMeanwhile)
  ctx.announce(event.id)
  return ok({ changed: true })
}
