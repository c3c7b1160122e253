// What can be found: an entry for each product, API, guide and operation of a current document, and the words of each.
// Triggers of the migration keep both tables in step with what they are made of; no command writes here.
import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { flag, ref } from '~db/columns'
import { apis, guides, products } from './catalog'

export const searchEntries = sqliteTable(
  'search_entries',
  {
    id: integer('id').primaryKey(),
    kind: text('kind', { enum: ['product', 'api', 'operation', 'guide'] }).notNull(),
    productId: ref('product_id', 'prd')
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    apiId: ref('api_id', 'api').references(() => apis.id, { onDelete: 'cascade' }),
    guideId: ref('guide_id', 'gde').references(() => guides.id, { onDelete: 'cascade' }),
    /** The operation's or guide's part of the address. */
    slug: text('slug').notNull().default(''),
    /** The operation's HTTP method. */
    method: text('method').notNull().default(''),
    title: text('title').notNull(),
    subtitle: text('subtitle').notNull().default(''),
    tags: text('tags').notNull().default(''),
    body: text('body').notNull().default(''),
    draft: flag('draft').notNull().default(false),
  },
  (table) => [
    index('search_entries_product').on(table.productId, table.kind),
    index('search_entries_api').on(table.apiId, table.kind),
    index('search_entries_guide').on(table.guideId),
    check('search_entries_kind_known', sql`${table.kind} in ('product', 'api', 'operation', 'guide')`),
  ],
)

/** A word of an entry. The weight tells where it stands: title 8, tags 5, subtitle 3, text 1. */
export const searchWords = sqliteTable(
  'search_words',
  {
    word: text('word').notNull(),
    entryId: integer('entry_id')
      .notNull()
      .references(() => searchEntries.id, { onDelete: 'cascade' }),
    weight: integer('weight').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.word, table.entryId] }),
    index('search_words_entry').on(table.entryId, table.word),
  ],
)
