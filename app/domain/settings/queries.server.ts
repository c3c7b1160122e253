// The portal's settings: one row, made by the first migration.
import { eq, getTableColumns } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Database } from '~db/client'
import { portalLogos, settings } from '~db/schema'
import type { Settings } from './settings'

/** Every page reads the settings; one page has the text. */
const { homeMarkdown: _text, homeHtml: _html, homeVersion: _version, ...columns } = getTableColumns(settings)

/** For a batch with other reads. */
export function settingsQuery(db: Database) {
  return db.select(columns).from(settings).where(eq(settings.id, 1)).limit(1)
}

export function settingsOf(rows: Settings[]): Settings {
  const row = rows[0]
  if (!row) throw new Error('The settings row is missing: apply the migrations')
  return row
}

export async function getSettings(ctx: Pick<DomainContext, 'db'>): Promise<Settings> {
  return settingsOf(await settingsQuery(ctx.db))
}

/** The text of the home page, for a batch with what else the page shows. */
export function homeTextQuery(db: Database) {
  return db
    .select({ homeMarkdown: settings.homeMarkdown, homeHtml: settings.homeHtml })
    .from(settings)
    .where(eq(settings.id, 1))
    .limit(1)
}

/** The text as it is edited, and how often it was changed. */
export async function getHomeText({ db }: Pick<DomainContext, 'db'>) {
  const [row] = await db
    .select({ text: settings.homeMarkdown, version: settings.homeVersion })
    .from(settings)
    .where(eq(settings.id, 1))
    .limit(1)
  return row ?? { text: '', version: 0 }
}

/** The logo in force, whichever it is. @throws NotFoundError when the portal has none. */
export async function getPortalLogo({ db }: Pick<DomainContext, 'db'>) {
  const [row] = await db.select().from(portalLogos).where(eq(portalLogos.id, 1)).limit(1)
  if (!row) throw new NotFoundError()
  return { file: row.file, contentType: row.contentType, bytes: row.data }
}
