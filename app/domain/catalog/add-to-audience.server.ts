// Lets an organization or a team see a custom catalog.
import { sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { type Id, newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { catalogAudiences } from '~db/schema'
import type { AudienceInput } from './catalog'
import { audienceOf, findAudienceMember } from './find-audience-member.server'
import { catalogExists, findCatalog, noSuchCatalog } from './find-catalog.server'

const memberGone = domainError('conflict', 'This organization or team is gone. Choose again.')

export async function addToAudience(
  ctx: DomainContext<AdminActor>,
  catalogId: Id<'cat'>,
  { member }: AudienceInput,
): Promise<Result<{ name: string }>> {
  const [catalog, found] = await Promise.all([findCatalog(ctx, catalogId), findAudienceMember(ctx, member)])
  if (!catalog) return fail(noSuchCatalog)
  if (!found) return fail(memberGone)
  const id = newId('aud', ctx.now)
  const isTeam = member.startsWith('team_')
  const event = recordEvent(
    ctx,
    {
      type: 'catalog.changed',
      subjectType: 'catalog',
      subjectId: catalogId,
      data: { name: catalog.name, change: `now for ${found.label}` },
    },
    sql`exists (select 1 from catalog_audiences where catalog_audiences.id = ${id})`,
    // The event comes after the insert: the new row is the difference.
    { audience: audienceOf(catalogId, sql`seen.id <> ${id}`) },
    { audience: audienceOf(catalogId, sql`1`) },
  )
  const [added, , there] = await ctx.db.batch([
    ctx.db
      .insert(catalogAudiences)
      .select(
        sql`select ${id} as id, ${catalogId} as catalog_id, ${isTeam ? null : member} as organization_id, ${isTeam ? member : null} as team_id
          where ${catalogExists(catalogId)} and ${found.exists}`,
      )
      .onConflictDoNothing()
      .returning({ id: catalogAudiences.id }),
    event.statement,
    ctx.db
      .select({ id: catalogAudiences.id })
      .from(catalogAudiences)
      .where(
        sql`${catalogAudiences.catalogId} = ${catalogId}
          and coalesce(${catalogAudiences.teamId}, ${catalogAudiences.organizationId}) = ${member}`,
      ),
  ])
  if (!there[0]) return fail(memberGone)
  if (added[0]) ctx.announce(event.id)
  return ok({ name: found.label })
}
