// Which catalogs and products somebody may see, as conditions for any query. Lists, pages, downloads and the cart all
// use these two, so there is one place to get it wrong.
import { type SQL, sql } from 'drizzle-orm'
import type { Actor } from '~/domain/kernel/actor'
import { catalogAudiences, catalogProducts, catalogs, products } from '~db/schema'

const notDeleted = sql`${catalogs.deletedAt} is null`

/**
 * A condition on `catalogs`: public ones for anyone, private ones for who is signed in, custom ones for the
 * organizations and teams of their audience. Admins and the system see all.
 */
export function visibleCatalogs(actor: Actor): SQL {
  switch (actor.type) {
    case 'admin':
    case 'system':
      return notDeleted
    case 'visitor':
      return sql`(${catalogs.visibility} = 'public' and ${notDeleted})`
    case 'developer':
      return sql`(${notDeleted} and (${catalogs.visibility} in ('public', 'private') or exists (
        select 1 from ${catalogAudiences}
        where ${catalogAudiences.catalogId} = ${catalogs.id} and (
          ${catalogAudiences.organizationId} = ${actor.organizationId}
          or ${catalogAudiences.teamId} in (select value from json_each(${JSON.stringify(actor.teamIds)}))))))`
  }
}

/** A condition on `products`: published and in a catalog that the actor sees. Admins also see drafts. */
export function visibleProducts(actor: Actor): SQL {
  const kept = sql`${products.deletedAt} is null`
  if (actor.type === 'admin' || actor.type === 'system') return kept
  return sql`(${kept} and ${products.state} = 'published' and exists (
    select 1 from ${catalogProducts} inner join ${catalogs} on ${catalogs.id} = ${catalogProducts.catalogId}
    where ${catalogProducts.productId} = ${products.id} and ${visibleCatalogs(actor)}))`
}
