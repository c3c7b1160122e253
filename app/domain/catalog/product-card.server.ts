// A product as a card, as the viewer may see it: tags, and those of its catalogs that the viewer sees.
import { type SQL, sql } from 'drizzle-orm'
import type { Actor } from '~/domain/kernel/actor'
import { catalogProducts, catalogs, products } from '~db/schema'
import { hasLogo, jsonList, tagList } from './product-columns.server'
import { visibleCatalogs } from './visibility.server'

export type ProductCard = {
  slug: string
  name: string
  summary: string
  featured: boolean
  draft: boolean
  hasLogo: boolean
  tags: string[]
  catalogs: string[]
}

export type CardRow = ProductCard & { id: string; sortKey: string | number }

export function cardColumns(actor: Actor, sortKey: SQL<string | number>) {
  return {
    id: products.id,
    slug: products.slug,
    name: products.name,
    summary: products.summary,
    featured: products.featured,
    draft: sql<boolean>`${products.state} = 'draft'`.mapWith(Boolean).as('draft'),
    hasLogo,
    tags: tagList,
    catalogs: jsonList(
      sql`(select json_group_array(name) from (select ${catalogs.name} as name from ${catalogProducts}
        inner join ${catalogs} on ${catalogs.id} = ${catalogProducts.catalogId}
        where ${catalogProducts.productId} = ${products}.id and ${visibleCatalogs(actor)} order by ${catalogs.position}, ${catalogs.name}))`,
      'catalogs',
    ),
    sortKey: sortKey.as('sort_key'),
  }
}

export function toCard({ id: _id, sortKey: _sortKey, ...card }: CardRow): ProductCard {
  return card
}
