// Changes one setting that has a page of its own: nothing is written unless it becomes another one, and its event says from
// what to what. Settings › General has a form of many (update-general-settings.server.ts).
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { settings } from '~db/schema'

type SettingChange = {
  label: string
  /** Its name in the event. */
  field: string
  value: string | null
  /** What it was, in SQL, of the row of the settings. */
  before: SQL
  /** Holds of the row of the settings while the setting is another one. */
  differs: SQL
  set: Partial<typeof settings.$inferInsert>
  /** What is stored beside it in the same batch, and may be written again when it is the same. */
  beside?: BatchItem<'sqlite'>[]
}

/** `changed` is false when it is so already. */
export async function changeSetting(
  ctx: DomainContext<AdminActor>,
  { label, field, value, before, differs, set, beside = [] }: SettingChange,
): Promise<Result<{ changed: boolean }>> {
  const event = recordEvent(
    ctx,
    {
      type: 'settings.changed',
      subjectType: 'settings',
      subjectId: 'general',
      data: { changed: [label], [field]: value },
    },
    sql`exists (select 1 from settings where settings.id = 1 and ${differs})`,
    { [field]: sql`(select ${before} from settings where settings.id = 1)` },
  )
  const [, changed] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(settings)
      .set(set)
      .where(and(eq(settings.id, 1), differs))
      .returning({ id: settings.id }),
    ...beside,
  ])
  if (!changed[0]) return ok({ changed: false })
  ctx.announce(event.id)
  return ok({ changed: true })
}
