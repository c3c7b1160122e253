// The catalogs that a form lists to tick.
import { and, asc, isNull, type SQL, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { catalogs } from '~db/schema'

/** As many as a form lists that begins with none ticked. */
const mostChoices = 100

/** The first catalogs that there are, and all that are `ticked`: saving the form would untick what it does not show. */
export function catalogChoices({ db }: DomainContext, ticked: SQL) {
  return db
    .select({
      id: catalogs.id,
      name: catalogs.name,
      visibility: catalogs.visibility,
      ticked: sql<boolean>`${ticked}`.mapWith(Boolean).as('is_ticked'),
    })
    .from(catalogs)
    .where(
      and(
        isNull(catalogs.deletedAt),
        sql`(${ticked} or ${catalogs.id} in (select first.id from catalogs first where first.deleted_at is null
          order by first.position, first.name limit ${mostChoices}))`,
      ),
    )
    .orderBy(asc(catalogs.position), asc(catalogs.name))
}

export async function listCatalogChoices(ctx: DomainContext<AdminActor>) {
  return catalogChoices(ctx, sql`0`)
}
