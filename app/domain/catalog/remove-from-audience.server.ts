// Takes an organization or a team out of the audience of a catalog. Access that its people were given goes on.
import { and, eq, or, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { catalogAudiences } from '~db/schema'
import type { AudienceInput } from './catalog'
import { audienceOf, findAudienceMember } from './find-audience-member.server'
import { findCatalog, noSuchCatalog } from './find-catalog.server'

export async function removeFromAudience(
  ctx: DomainContext<AdminActor>,
  catalogId: Id<'cat'>,
  { member }: AudienceInput,
): Promise<Result<{ name: string }>> {
  const [catalog, found] = await Promise.all([findCatalog(ctx, catalogId), findAudienceMember(ctx, member)])
  if (!catalog) return fail(noSuchCatalog)
  const label = found?.label ?? 'an organization that is gone'
  const event = recordEvent(
    ctx,
    {
      type: 'catalog.changed',
      subjectType: 'catalog',
      subjectId: catalogId,
      data: { name: catalog.name, change: `no longer for ${label}` },
    },
    sql`exists (select 1 from catalog_audiences where catalog_audiences.catalog_id = ${catalogId}
      and (catalog_audiences.organization_id = ${member} or catalog_audiences.team_id = ${member}))`,
    { audience: audienceOf(catalogId, sql`1`) },
    { audience: audienceOf(catalogId, sql`coalesce(seen.organization_id, seen.team_id) <> ${member}`) },
  )
  const [, removed] = await ctx.db.batch([
    event.statement,
    ctx.db
      .delete(catalogAudiences)
      .where(
        and(
          eq(catalogAudiences.catalogId, catalogId),
          or(
            sql`${catalogAudiences.organizationId} = ${member}`,
            sql`${catalogAudiences.teamId} = ${member}`,
          ),
        ),
      )
      .returning({ id: catalogAudiences.id }),
  ])
  if (!removed[0])
    return fail(domainError('already_decided', 'It is not in the audience of this catalog (any more).'))
  ctx.announce(event.id)
  return ok({ name: label })
}
