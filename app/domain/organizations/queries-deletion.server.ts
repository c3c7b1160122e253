// What goes with an organization, said before it is deleted.
import { eq, type SQL, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { OrganizationId } from '~/domain/kernel/ids'
import { organizationSizes, organizations } from '~db/schema'
import type { OrganizationDeletionPreview } from './deletion-preview'

/** As many catalogs as are named. */
const named = 20

/** Throws NotFoundError. */
export async function getOrganizationDeletion(
  ctx: DomainContext<AdminActor>,
  organizationId: OrganizationId,
): Promise<OrganizationDeletionPreview> {
  const count = (of: SQL) => sql<number>`(select count(*) from ${of})`
  const [row] = await ctx.db
    .select({
      name: organizations.name,
      state: organizations.state,
      frozenAt: organizations.frozenAt,
      isDefault: organizations.isDefault,
      members: organizationSizes.members,
      teams: organizationSizes.teams,
      apps: organizationSizes.apps,
      workingKeys:
        count(sql`credentials c join apps a on a.id = c.app_id where a.organization_id = ${organizationId}
        and c.state in ('active', 'retiring') and (c.expires_at is null or c.expires_at > ${ctx.now})`),
      appsThatStop:
        count(sql`apps a join users u on u.id = a.owner_id where a.organization_id = ${organizationId}
        and a.visibility <> 'personal' and u.state <> 'active'`),
      openRequests: count(
        sql`access_requests r where r.organization_id = ${organizationId} and r.state = 'pending'`,
      ),
      openInvitations: count(
        sql`invitations i where i.organization_id = ${organizationId} and i.state = 'open'`,
      ),
      inviteCodes: count(sql`invite_codes i where i.organization_id = ${organizationId}`),
      catalogs: sql<
        string[]
      >`(select json_group_array(name) from (select distinct c.name as name from catalog_audiences a
        join catalogs c on c.id = a.catalog_id where a.organization_id = ${organizationId}
        or a.team_id in (select t.id from teams t where t.organization_id = ${organizationId}) order by c.name limit ${named}))`.mapWith(
        (value: string) => JSON.parse(value) as string[],
      ),
    })
    .from(organizations)
    .innerJoin(organizationSizes, eq(organizationSizes.organizationId, organizations.id))
    .where(eq(organizations.id, organizationId))
  if (!row) throw new NotFoundError(`organization ${organizationId}`)
  const { state, frozenAt, isDefault, ...preview } = row
  return {
    ...preview,
    isStopped: state === 'suspended' || frozenAt !== null,
    blockedBy: isDefault ? 'default' : state === 'pending' ? 'pending' : null,
  }
}
