// The database handle. One `batch` is one transaction and one trip; D1 has no interactive transactions.
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1'
import * as schema from './schema'

export type Database = DrizzleD1Database<typeof schema>

export function createDatabase(binding: D1Database): Database {
  return drizzle(binding, { schema })
}
