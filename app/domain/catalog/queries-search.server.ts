// The best of what a viewer finds, whatever it is: for the command palette.
import { desc, eq, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { apis, products, searchEntries } from '~db/schema'
import { foundEntries, hitColumns } from './search.server'

/** A statement for a batch: `SearchHit`s, the best first. */
export function searchStatement({ db, actor }: DomainContext, text: string, limit: number) {
  return db
    .select(hitColumns)
    .from(sql`${foundEntries(actor, text)} as hits`)
    .innerJoin(searchEntries, sql`${searchEntries.id} = hits.entry_id`)
    .innerJoin(products, eq(products.id, searchEntries.productId))
    .leftJoin(apis, eq(apis.id, searchEntries.apiId))
    .orderBy(desc(sql`hits.score`), searchEntries.title, searchEntries.id)
    .limit(limit)
}
