// What every list and page of products tells of a product's row and its tags, as columns.
import { type SQL, sql } from 'drizzle-orm'
import { products } from '~db/schema'

export const hasLogo = sql<boolean>`${products.logoContentType} is not null`.mapWith(Boolean).as('has_logo')

/** By name. */
export const tagList = jsonList(
  sql`(select json_group_array(tag) from (select t.tag from product_tags t where t.product_id = ${products}.id order by t.tag))`,
  'tag_list',
)

/** A column that is a JSON list of texts. */
export function jsonList(value: SQL, name: string) {
  return sql<string[]>`${value}`.mapWith((text: string) => JSON.parse(text) as string[]).as(name)
}
