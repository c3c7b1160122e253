// Columns that many tables share. Times are milliseconds since 1970 (UTC); ids are prefixed and sort by time.
import { type GetColumnData, sql } from 'drizzle-orm'
import { type AnySQLiteColumn, customType, integer, text } from 'drizzle-orm/sqlite-core'
import type { Id, IdPrefix } from '~/domain/kernel/ids'

/** The primary key of a table whose ids look like `usr_01J…`. The prefix is a type only: ids come from `newId`. */
export function id<P extends IdPrefix>(_prefix: P) {
  return text('id').primaryKey().$type<Id<P>>()
}

/** A column that holds another table's prefixed id. */
export function ref<P extends IdPrefix>(name: string, _prefix: P) {
  return text(name).$type<Id<P>>()
}

/** A moment, in milliseconds since 1970 (UTC). */
export function moment(name: string) {
  return integer(name)
}

export function flag(name: string) {
  return integer(name, { mode: 'boolean' })
}

export function createdAt() {
  return moment('created_at').notNull()
}

/** Bytes. D1 takes an ArrayBuffer and answers a list of numbers. */
export const bytes = customType<{ data: Uint8Array; driverData: ArrayBuffer | number[] }>({
  dataType: () => 'blob',
  toDriver: (value) => Uint8Array.from(value).buffer,
  fromDriver: (value) => new Uint8Array(value),
})

/** Who decided a guarded transition, when, and the nonce by which its followers recognise this decision. */
export function decision() {
  return {
    decisionId: text('decision_id'),
    decidedById: text('decided_by_id').$type<Id<'usr'>>(),
    decidedAt: moment('decided_at'),
  }
}

/** What a plan limits. Access keeps it as it was on the day of the request. */
export function planTerms() {
  return {
    rateLimit: integer('rate_limit'),
    ratePeriodSeconds: integer('rate_period_seconds'),
    quotaLimit: integer('quota_limit'),
    quotaPeriod: text('quota_period', { enum: ['hour', 'day', 'week', 'month'] }),
    keyLifetimeDays: integer('key_lifetime_days'),
  }
}

/**
 * A column under another name. Inside `db.batch` D1 answers rows as objects, so two columns of one name in a join lose
 * one of them and shift the rest: every such column needs a name of its own.
 */
export function named<C extends AnySQLiteColumn>(column: C, name: string) {
  return sql<GetColumnData<C>>`${column}`.mapWith(column).as(name)
}

/** The same for the outer side of a left join, where there may be no row. */
export function namedOrNull<C extends AnySQLiteColumn>(column: C, name: string) {
  return sql<GetColumnData<C> | null>`${column}`.mapWith(column).as(name)
}
