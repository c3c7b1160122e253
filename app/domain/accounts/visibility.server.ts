// Standing of the actor as SQL conditions: they read membership and role as they are now, because what was loaded at the
// start of the request may be over.
import { type SQL, sql } from 'drizzle-orm'
import type { DeveloperActor, SuperAdminActor } from '~/domain/kernel/actor'

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
