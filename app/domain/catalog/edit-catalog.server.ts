// Changes a catalog's name, slug and visibility. Who may see it acts on the very next page: nothing is kept anywhere.
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fieldError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { violatesUnique } from '~/domain/kernel/unique'
import { beforeIn } from '~db/event-before'
import { recordEvent } from '~db/record-event'
import { catalogs } from '~db/schema'
import type { EditCatalogInput } from './catalog'
import { catalogExists, noSuchCatalog } from './find-catalog.server'

export async function editCatalog(
  ctx: DomainContext<AdminActor>,
  catalogId: Id<'cat'>,
  input: EditCatalogInput,
): Promise<Result<{ name: string }>> {
  const { name, slug, visibility } = input
  const { was } = beforeIn(sql`catalogs`, catalogId)
  const event = recordEvent(
    ctx,
    {
      type: 'catalog.changed',
      subjectType: 'catalog',
      subjectId: catalogId,
      data: { name, slug, visibility },
    },
    catalogExists(catalogId),
    { name: was(sql`name`), slug: was(sql`slug`), visibility: was(sql`visibility`) },
  )
  try {
    const [, changed] = await ctx.db.batch([
      event.statement,
      ctx.db
        .update(catalogs)
        .set({ name, nameKey: nameKey(name), slug, visibility })
        .where(and(eq(catalogs.id, catalogId), isNull(catalogs.deletedAt)))
        .returning({ id: catalogs.id }),
    ])
    if (!changed[0]) return fail(noSuchCatalog)
  } catch (error) {
    if (violatesUnique(error, 'catalogs.slug'))
      return fail(fieldError('slug', 'Another catalog has this slug. Choose a different one.'))
    if (violatesUnique(error, 'catalogs.name_key'))
      return fail(fieldError('name', 'Another catalog has this name. Choose a different one.'))
    throw error
  }
  ctx.announce(event.id)
  return ok({ name })
}
