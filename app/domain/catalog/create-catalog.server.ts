// Makes a catalog with its audience.

import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fieldError } from '~/domain/kernel/errors'
import { type Id, newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { violatesReference, violatesUnique } from '~/domain/kernel/unique'
import { recordEvent } from '~db/record-event'
import { catalogAudiences, catalogs } from '~db/schema'
import type { CreateCatalogInput } from './catalog'

/** Four columns a row, and D1 binds at most 100 values a statement. */
const membersPerStatement = 25

export async function createCatalog(
  ctx: DomainContext<AdminActor | SystemActor>,
  input: CreateCatalogInput,
): Promise<Result<{ catalogId: Id<'cat'> }>> {
  const catalogId = newId('cat', ctx.now)
  const event = recordEvent(ctx, {
    type: 'catalog.created',
    subjectType: 'catalog',
    subjectId: catalogId,
    data: { name: input.name, visibility: input.visibility },
  })
  const member = { catalogId, organizationId: null, teamId: null }
  const audience = [
    ...[...new Set(input.audience.organizationIds)].map((organizationId) => ({ ...member, organizationId })),
    ...[...new Set(input.audience.teamIds)].map((teamId) => ({ ...member, teamId })),
  ].map((row) => ({ id: newId('aud', ctx.now), ...row }))
  const { name, slug, visibility } = input
  try {
    await ctx.db.batch([
      ctx.db
        .insert(catalogs)
        .values({ id: catalogId, name, nameKey: nameKey(name), slug, visibility, createdAt: ctx.now }),
      ...Array.from({ length: Math.ceil(audience.length / membersPerStatement) }, (_, at) =>
        ctx.db
          .insert(catalogAudiences)
          .values(audience.slice(at * membersPerStatement, (at + 1) * membersPerStatement)),
      ),
      event.statement,
    ])
  } catch (error) {
    if (violatesUnique(error, 'catalogs.slug'))
      return fail(fieldError('slug', 'Another catalog has this slug. Choose a different one.'))
    if (violatesUnique(error, 'catalogs.name_key'))
      return fail(fieldError('name', 'Another catalog has this name. Choose a different one.'))
    if (violatesReference(error))
      return fail(
        fieldError('audience', 'One of these organizations or teams is gone. Choose the audience again.'),
      )
    throw error
  }
  ctx.announce(event.id)
  return ok({ catalogId })
}
