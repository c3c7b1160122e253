// Moves one of several ordered things a place up or down. The list is numbered afresh in the same statement, so equal and
// missing numbers come right, and of two moves at once each works on what the other left.
import { type SQL, sql } from 'drizzle-orm'

type Direction = 'up' | 'down'

export type Ordered = {
  table: SQL
  /** The column that names a thing. */
  key: SQL
  /** Which rows belong to the list. */
  scope: SQL
  /** The order that is shown now. */
  order: SQL
}

/**
 * For `update … set position = moved.place from (this) moved where key = moved.item`: each thing of the list with its
 * new place. Read as a whole before the first row is written, because the update is in two steps.
 */
export function movedPlaces({ table, key, scope, order }: Ordered, item: string, direction: Direction): SQL {
  const ranked = sql`(select ${key} as item, row_number() over (order by ${order}) as place from ${table} where ${scope})`
  const step = direction === 'up' ? -1 : 1
  return sql`(select ranked.item as item, case
      when ranked.place = target.place then ranked.place + ${step}
      when ranked.place = target.place + ${step} then ranked.place - ${step}
      else ranked.place end as place
    from ${ranked} ranked cross join ${ranked} target where target.item = ${item}) moved`
}

/** The place after the last one of a list. */
export function lastPlace(table: SQL, scope: SQL): SQL {
  return sql`(select coalesce(max(position), 0) + 1 from ${table} where ${scope})`
}

/** The catalogs of a form's list of ids (JSON) that are still there, as the rest of a select. */
export function chosenCatalogs(chosen: string): SQL {
  return sql`from catalogs c where c.deleted_at is null and c.id in (select value from json_each(${chosen}))`
}
