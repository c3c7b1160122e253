// Changes the text of the home page. It is rendered and sanitized here, once. Who began with a text that is not in force any
// more is told, instead of undoing what somebody else has written meanwhile.
import { eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { fail, type Result } from '~/domain/kernel/result'
import { settings } from '~db/schema'
import { changeSetting } from './change-setting.server'
import type { EditHomePageInput } from './home-page'

const changedMeanwhile = domainError(
  'conflict',
  'Somebody else has changed this text meanwhile. Copy your text, load the page again, and put it in once more.',
)

/** `changed` is false when this is the text already. */
export async function editHomePage(
  ctx: DomainContext<AdminActor>,
  { body, version }: EditHomePageInput,
): Promise<Result<{ changed: boolean }>> {
  const result = await changeSetting(ctx, {
    label: 'Home page text',
    field: 'homePageText',
    value: body,
    before: sql`settings.home_markdown`,
    differs: sql`(settings.home_markdown is not ${body} and settings.home_version = ${version})`,
    set: { homeMarkdown: body, homeHtml: ctx.markdown.render(body), homeVersion: version + 1 },
  })
  if (!result.ok || result.value.changed) return result
  const [now] = await ctx.db.select({ text: settings.homeMarkdown }).from(settings).where(eq(settings.id, 1))
  return now?.text === body ? result : fail(changedMeanwhile)
}
