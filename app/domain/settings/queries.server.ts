// The portal's settings: one row, made by the first migration.
import { eq } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import type { Database } from '~db/client'
import { settings } from '~db/schema'
import type { Settings } from './settings'

/** For a batch with other reads. */
export function settingsQuery(db: Database) {
  return db.select().from(settings).where(eq(settings.id, 1)).limit(1)
}

export function settingsOf(rows: Settings[]): Settings {
  const row = rows[0]
  if (!row) throw new Error('The settings row is missing: apply the migrations')
  return row
}

export async function getSettings(ctx: Pick<DomainContext, 'db'>): Promise<Settings> {
  return settingsOf(await settingsQuery(ctx.db))
}
