// Changes the text of the home page. It is rendered and sanitized here, once.
import { sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Result } from '~/domain/kernel/result'
import { changeSetting } from './change-setting.server'
import type { EditHomePageInput } from './home-page'

/** `changed` is false when this is the text already. */
export async function editHomePage(
  ctx: DomainContext<AdminActor>,
  { body }: EditHomePageInput,
): Promise<Result<{ changed: boolean }>> {
  return changeSetting(ctx, {
    label: 'Home page text',
    field: 'homePageText',
    value: body,
    before: sql`settings.home_markdown`,
    differs: sql`settings.home_markdown is not ${body}`,
    set: { homeMarkdown: body, homeHtml: ctx.markdown.render(body) },
  })
}
