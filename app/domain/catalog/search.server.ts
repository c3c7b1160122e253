// Full-text search over products, APIs, operations and guides, as parts of queries. Visibility is asked in the same
// query, so that what is hidden is neither found nor counted. The texts typed are bound as values: none is syntax.
import { type SQL, sql } from 'drizzle-orm'
import type { Actor } from '~/domain/kernel/actor'
import { apiOperations, apis, products, searchEntries, searchWords } from '~db/schema'
import { mayPreview } from './product-head.server'
import { wordsOf } from './search'
import { visibleProducts } from './visibility.server'

/** What one search reads at most: words with the same beginning, and entries that the viewer sees. */
const maxWordsRead = 10_000
const maxEntries = 1000

/** The whole word counts double. One letter alone would be the beginning of everything, so it is a whole word. */
function matches(word: string): SQL {
  return word.length === 1
    ? sql`${searchWords.word} = ${word}`
    : sql`${searchWords.word} >= ${word} and ${searchWords.word} < ${`${word}\u{10ffff}`}`
}

function scoreOf(word: string): SQL {
  return sql`max(${searchWords.weight} * (1 + (${searchWords.word} = ${word})))`
}

function scoreInEntry(word: string): SQL {
  return sql`(select ${scoreOf(word)} from ${searchWords} where ${searchWords.entryId} = ${searchEntries.id} and ${matches(word)})`
}

/** Entries that hold every word: a table expression of `entry_id`, `product_id`, `kind` and `score`. */
export function foundEntries(actor: Actor, text: string): SQL {
  const [first, ...others] = wordsOf(text)
  if (first === undefined)
    return sql`(select null as entry_id, null as product_id, null as kind, null as score where 0)`
  const scores = others.map((word) => sql` + ${scoreInEntry(word)}`)
  // The sum is null, and the entry left out, when one of the words is missing.
  return sql`(select * from (
    select ${searchEntries.id} as entry_id, ${searchEntries.productId} as product_id, ${searchEntries.kind} as kind,
      found.score${sql.join(scores)} + (${searchEntries.kind} = 'product') * 4 + (${searchEntries.kind} = 'api') * 2 as score
    from (select ${searchWords.entryId} as entry_id, ${scoreOf(first)} as score
      from (select * from ${searchWords} where ${matches(first)} limit ${maxWordsRead}) as ${searchWords}
      group by ${searchWords.entryId}) as found
    inner join ${searchEntries} on ${searchEntries.id} = found.entry_id
    inner join ${products} on ${products.id} = ${searchEntries.productId}
    where ${visibleProducts(actor)} and (${searchEntries.draft} = 0 or ${mayPreview(actor) ? 1 : 0}))
    where score is not null limit ${maxEntries})`
}

/** A condition on `api_operations`: those of `api` (an id) that hold every word. */
export function foundOperations(api: SQL, text: string): SQL {
  const words = wordsOf(text)
  if (words.length === 0) return sql`0`
  const held = words.map((word) => sql` and ${scoreInEntry(word)} is not null`)
  return sql`${apiOperations.slug} in (select ${searchEntries.slug} from ${searchEntries}
    where ${searchEntries.apiId} = ${api} and ${searchEntries.kind} = 'operation'${sql.join(held)})`
}

/** The columns of a `SearchHit`, from `search_entries` with its product and, where it has one, its API. */
export const hitColumns = {
  kind: searchEntries.kind,
  productId: sql<`prd_${string}`>`${products.id}`.as('product_id'),
  productSlug: sql<string>`${products.slug}`.as('product_slug'),
  productName: sql<string>`${products.name}`.as('product_name'),
  apiSlug: sql<string | null>`${apis.slug}`.as('api_slug'),
  documented: sql<boolean>`${apis.documentId} is not null`.mapWith(Boolean).as('documented'),
  slug: sql<string>`${searchEntries.slug}`.as('entry_slug'),
  method: searchEntries.method,
  title: searchEntries.title,
  subtitle: searchEntries.subtitle,
}
