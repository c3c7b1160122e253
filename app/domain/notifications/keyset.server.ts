// Where a page of a list begins and in which order it is read, for a table that is listed by time and id.
import { asc, desc, type SQL, sql } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import { decodeCursor, type PageRequest } from '~/domain/kernel/page'

export function keyset(
  request: PageRequest,
  at: AnySQLiteColumn,
  id: AnySQLiteColumn,
): { after: SQL | undefined; order: SQL[] } {
  const cursor = decodeCursor(request.cursor)
  const forward = request.direction === 'next'
  const place = sql`(${at}, ${id})`
  const after = forward
    ? sql`${place} < (${cursor?.key}, ${cursor?.id})`
    : sql`${place} > (${cursor?.key}, ${cursor?.id})`
  return { after: cursor ? after : undefined, order: forward ? [desc(at), desc(id)] : [asc(at), asc(id)] }
}
