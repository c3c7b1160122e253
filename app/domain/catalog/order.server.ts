// Moves one of several ordered things a place up or down, and tells what the list was and will be. The list is numbered
// afresh in the same statement, so equal and missing numbers come right, and of two moves at once each works on what the
// other left.
import { type SQL, sql } from 'drizzle-orm'
import { fieldError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { namesInOrder } from '~db/event-before'

type Direction = 'up' | 'down'

export type Ordered = {
  table: SQL
  /** The column that names a thing. */
  key: SQL
  /** Which rows belong to the list. */
  scope: SQL
  /** The order that is shown now. */
  order: SQL
  /** The name of the thing that `item` is. */
  name: SQL
}

/** Each thing of the list, `item`, with its place in the order that is shown now. */
export function places({ table, key, scope, order }: Ordered): SQL {
  return sql`(select ${key} as item, row_number() over (order by ${order}) as place from ${table} where ${scope})`
}

/**
 * For `update … set position = moved.place from (this) moved where key = moved.item`: each thing of the list with its
 * new place. Read as a whole before the first row is written, because the update is in two steps.
 */
export function movedPlaces(list: Ordered, item: string, direction: Direction): SQL {
  const ranked = places(list)
  const step = direction === 'up' ? -1 : 1
  return sql`(select ranked.item as item, case
      when ranked.place = target.place then ranked.place + ${step}
      when ranked.place = target.place + ${step} then ranked.place - ${step}
      else ranked.place end as place
    from ${ranked} ranked cross join ${ranked} target where target.item = ${item}) moved`
}

/** For the event of a change: the names in the order of `rows`, which have `item` and `place`. */
export function namesIn({ name }: Ordered, rows: SQL): SQL {
  return namesInOrder(sql`(select ${name} as name, place from ${rows})`)
}

/** `before` and `after` of the event of a move, for `recordEvent`: the list under the name `field`, and the thing's place. */
export function moveTold(field: string, list: Ordered, item: string, direction: Direction) {
  const told = (rows: SQL) => ({
    [field]: namesIn(list, rows),
    // Counted anew: the first of a list that moves up gets a number before the first, and stays where it is.
    place: sql`(select nth from (select item, row_number() over (order by place) as nth from ${rows}) where item = ${item})`,
  })
  return [told(places(list)), told(movedPlaces(list, item, direction))] as const
}

/** The place after the last one of a list. */
export function lastPlace(table: SQL, scope: SQL): SQL {
  return sql`(select coalesce(max(position), 0) + 1 from ${table} where ${scope})`
}

/** The catalogs of a form's list of ids (JSON) that are still there, as the rest of a select. */
export function chosenCatalogs(chosen: string): SQL {
  return sql`from catalogs c where c.deleted_at is null and c.id in (select value from json_each(${chosen}))`
}

export const catalogsGone = fieldError(
  'catalogIds',
  'One of these catalogs is gone. Choose the catalogs again.',
)

/**
 * Rows of `catalog_plans` that offer the plan at the end of each of these catalogs. One that is gone names no row of
 * `catalogs`, which breaks the reference and undoes the whole batch.
 */
export function offeredIn(planId: Id<'pln'>, catalogIds: readonly Id<'cat'>[]): SQL {
  const chosen = JSON.stringify([...new Set(catalogIds)])
  return sql`select coalesce((select c.id from catalogs c where c.id = value and c.deleted_at is null), '') as catalog_id,
      ${planId} as plan_id, ${lastPlace(sql`catalog_plans`, sql`catalog_plans.catalog_id = value`)} as position
    from json_each(${chosen}) where exists (select 1 from plans where plans.id = ${planId})`
}
