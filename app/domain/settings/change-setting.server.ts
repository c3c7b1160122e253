// The event of one setting that has a page of its own: it is written only when the setting becomes another, and says from
// what to what. Settings › General has a form of many (update-general-settings.server.ts).
import { type SQL, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { recordEvent } from '~db/record-event'

type SettingChange = {
  label: string
  /** Its name in the event. */
  field: string
  value: string | null
  /** What it was, in SQL, of the row of the settings. */
  before: SQL
  /** Holds of the row of the settings while the setting is another one. */
  differs: SQL
}

/** Goes before the change in the batch. */
export function settingEvent(ctx: DomainContext<AdminActor>, change: SettingChange) {
  const { label, field, value, before, differs } = change
  return recordEvent(
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
}
