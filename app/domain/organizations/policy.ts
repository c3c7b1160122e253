// What a developer may do with an organization. `visibility.server.ts` says the same as SQL, which the commands ask.
import type { Actor, DeveloperActor } from '~/domain/kernel/actor'

/** From the default organization, once, and while the setting allows it. */
export function canRequestOrganization(viewer: {
  actor: Actor
  settings: { organizationRegistrationEnabled: boolean }
  hasOrganizationRequest: boolean
}): boolean {
  const { actor, settings, hasOrganizationRequest } = viewer
  return (
    settings.organizationRegistrationEnabled &&
    actor.type === 'developer' &&
    actor.inDefaultOrganization &&
    !hasOrganizationRequest
  )
}

/** Invite, edit and remove members, and keep the teams: super admins of an active organization. */
export function canManageMembers(actor: DeveloperActor, organizationState: string): boolean {
  return actor.orgRole === 'super_admin' && !actor.inDefaultOrganization && organizationState === 'active'
}
