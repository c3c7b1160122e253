// Where a page of a list begins and in which order it is read: by one column, and by the id where that is the same.
import { asc, desc, type SQL, sql } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import { decodeCursor, type PageRequest } from '~/domain/kernel/page'

/** Times are listed from the newest, names from A. */
type Begins = 'highest' | 'lowest'

export function keyset(
  request: PageRequest,
  by: AnySQLiteColumn | SQL,
  id: AnySQLiteColumn,
  begins: Begins = 'highest',
): { after: SQL | undefined; order: SQL[] } {
  const cursor = decodeCursor(request.cursor)
  const downwards = (begins === 'highest') === (request.direction === 'next')
  const place = sql`(${by}, ${id})`
  const last = cursor && sql`(${cursor.key}, ${cursor.id})`
  return {
    after: last ? (downwards ? sql`${place} < ${last}` : sql`${place} > ${last}`) : undefined,
    order: downwards ? [desc(by), desc(id)] : [asc(by), asc(id)],
  }
}
