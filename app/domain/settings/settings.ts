// The settings as the rest of the house sees them.
import type { settings } from '~db/schema'

export type Settings = typeof settings.$inferSelect
