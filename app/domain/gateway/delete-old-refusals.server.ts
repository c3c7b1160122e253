// Refused calls are kept for a week. The cron deletes what is older, some thousands at a time.
import { sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { keptForMs } from './refused-call'

const perRun = 20_000

export async function deleteOldRefusals({ db, now }: DomainContext<SystemActor>): Promise<void> {
  await db.run(
    sql`delete from refused_calls where rowid in (select rowid from refused_calls where at < ${now - keptForMs} order by at limit ${perRun})`,
  )
}
