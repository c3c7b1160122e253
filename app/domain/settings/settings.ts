// The settings as the rest of the house sees them.
import type { settings } from '~db/schema'

/** All but the text of the home page, which its own page reads. */
export type Settings = Omit<typeof settings.$inferSelect, 'homeMarkdown' | 'homeHtml' | 'homeVersion'>
