// What an access opens, by name: for a query over access requests.
import { sql } from 'drizzle-orm'
import { accessRequests } from '~db/schema'

export const productNames = sql<
  string[]
>`(select json_group_array(name) from (select p.name as name from access_request_products a
    join products p on p.id = a.product_id where a.request_id = ${accessRequests.id} order by p.name))`
  .mapWith((text: string) => JSON.parse(text) as string[])
  .as('product_names')
