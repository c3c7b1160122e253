// Standing in an organization as SQL conditions: they read membership and role as they are now, because what was loaded
// at the start of the request may be over.
import { type SQL, sql } from 'drizzle-orm'
import type { AdminActor, DeveloperActor, SuperAdminActor, SystemActor } from '~/domain/kernel/actor'
import type { OrganizationId, UserId } from '~/domain/kernel/ids'

/** The actor is still active, in this organization, in this role. */
export function stillMember(actor: DeveloperActor): SQL {
  return sql`exists (select 1 from users where users.id = ${actor.userId} and users.state = 'active'
    and users.organization_id = ${actor.organizationId} and users.org_role = ${actor.orgRole})`
}

/** The actor still manages the members: a super admin of an active organization that is not the default one. */
export function managesMembers(actor: SuperAdminActor): SQL {
  return sql`(${stillMember(actor)} and exists (select 1 from organizations where organizations.id = ${actor.organizationId}
    and organizations.state = 'active' and organizations.is_default = 0))`
}

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
