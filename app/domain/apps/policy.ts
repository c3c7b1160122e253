// Who may do what with an app. `visibility.server.ts` says the same as SQL; a test holds the two together.
import type { AdminActor, DeveloperActor } from '~/domain/kernel/actor'
import type { OrganizationId, TeamId, UserId } from '~/domain/kernel/ids'
import type { AppVisibility } from './app'

export type AppAccess = {
  organizationId: OrganizationId
  ownerId: UserId
  visibility: AppVisibility
  teamId: TeamId | null
}

/** One's own, and what is shared; super admins see every app of their organization. Strangers in the default organization share nothing. */
export function canSeeApp(actor: DeveloperActor | AdminActor, app: AppAccess): boolean {
  if (actor.type === 'admin') return true
  if (actor.organizationId !== app.organizationId) return false
  if (actor.userId === app.ownerId) return true
  if (actor.inDefaultOrganization) return false
  if (actor.orgRole === 'super_admin' || app.visibility === 'organization') return true
  return app.visibility === 'team' && app.teamId !== null && actor.teamIds.includes(app.teamId)
}

/** Edit, freeze and delete it, withdraw its requests, rotate and revoke its credentials. */
export function canManageApp(actor: DeveloperActor | AdminActor, app: AppAccess): boolean {
  return canSeeApp(actor, app)
}

/**
 * Decide who sees it, and whose it is: its owner, and super admins for what is shared already. A personal app is its
 * owner's to open. Admins decide about what is shared as well, but in the default organization nothing can be.
 */
export function canShareApp(actor: DeveloperActor | AdminActor, app: AppAccess): boolean {
  if (actor.type === 'admin') return app.visibility !== 'personal'
  if (actor.inDefaultOrganization || !canSeeApp(actor, app)) return false
  return actor.userId === app.ownerId || (actor.orgRole === 'super_admin' && app.visibility !== 'personal')
}

/** Its credentials in the clear, and asking for more of them. Never for admins, nor for somebody else's personal app. */
export function canSeeSecrets(actor: DeveloperActor | AdminActor, app: AppAccess): boolean {
  if (actor.type === 'admin') return false
  return canSeeApp(actor, app) && (actor.userId === app.ownerId || app.visibility !== 'personal')
}
