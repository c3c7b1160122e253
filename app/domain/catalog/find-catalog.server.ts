// The catalog that a command is about, as it is called now: its event tells the name.
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { catalogs } from '~db/schema'

export const noSuchCatalog: DomainError = domainError('not_found', 'This catalog does not exist (any more).')

/** Whether the catalog is there, for the guard of a write. */
export function catalogExists(catalogId: Id<'cat'>): SQL {
  return sql`exists (select 1 from catalogs where catalogs.id = ${catalogId} and catalogs.deleted_at is null)`
}

export async function findCatalog(ctx: DomainContext, catalogId: Id<'cat'>) {
  const [found] = await ctx.db
    .select({ name: catalogs.name, slug: catalogs.slug })
    .from(catalogs)
    .where(and(eq(catalogs.id, catalogId), isNull(catalogs.deletedAt)))
  return found ?? null
}
