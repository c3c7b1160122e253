// Who may change an organization, and whom it cannot lose, as SQL conditions: they read what holds at that moment.
import { type SQL, sql } from 'drizzle-orm'
import { managesMembers } from '~/domain/accounts/visibility.server'
import type { AdminActor, SuperAdminActor, SystemActor } from '~/domain/kernel/actor'
import type { OrganizationId, UserId } from '~/domain/kernel/ids'

/** Somebody else is an active super admin: `userId` can stop being one. */
export function hasOtherSuperAdmin(organizationId: OrganizationId, userId: UserId): SQL {
  return sql`exists (select 1 from users peer where peer.organization_id = ${organizationId} and peer.id <> ${userId}
    and peer.state = 'active' and peer.org_role = 'super_admin')`
}

/** Who changes an organization and its teams: its super admins, and admins everywhere. */
export type Manager = SuperAdminActor | AdminActor

/** A super admin's organization is that of the session, whatever was asked for; others reach all. */
export function managedOrganization(actor: Manager | SystemActor, asked: OrganizationId): OrganizationId {
  return actor.type === 'developer' ? actor.organizationId : asked
}

/** The actor still manages, for rows of `teams`. */
export function managedTeams(actor: Manager): SQL {
  return actor.type === 'developer'
    ? sql`(teams.organization_id = ${actor.organizationId} and ${managesMembers(actor)})`
    : sql`1`
}

/** The actor still manages an organization that they were let into by `managedOrganization`. */
export function stillManages(actor: Manager | SystemActor): SQL {
  return actor.type === 'developer' ? managesMembers(actor) : sql`1`
}

/** Nobody else belongs to the organization, and nobody is invited. */
export function isAlone(organizationId: OrganizationId, userId: UserId): SQL {
  return sql`(not exists (select 1 from users peer where peer.organization_id = ${organizationId} and peer.id <> ${userId})
    and not exists (select 1 from held_invitations h where h.organization_id = ${organizationId}))`
}

/** The id of who takes over the apps of somebody who leaves: the super admin, or else the member, of longest standing; or null. */
export function heirOf(organizationId: OrganizationId, userId: UserId): SQL {
  return sql`(select heir.id from users heir where heir.state = 'active' and heir.organization_id = ${organizationId}
    and heir.id <> ${userId} order by heir.org_role = 'super_admin' desc, heir.created_at, heir.id limit 1)`
}
