// Who acts. Commands demand the type that they need, so a call without its guard does not compile.
import type { Id, OrganizationId, TeamId, UserId } from './ids'

export type VisitorActor = { type: 'visitor' }

export type DeveloperActor = {
  type: 'developer'
  userId: UserId
  name: string
  email: string
  organizationId: OrganizationId
  orgRole: 'super_admin' | 'team_member'
  /** The teams of the actor, all in the actor's organization. */
  teamIds: TeamId[]
  inDefaultOrganization: boolean
  sessionId: Id<'ses'>
  /** When this session last showed a password or a second factor, in ms. */
  provenAt: number
}

export type SuperAdminActor = DeveloperActor & { orgRole: 'super_admin' }

export type AdminActor = {
  type: 'admin'
  userId: UserId
  name: string
  email: string
  sessionId: Id<'ses'>
  /** The token by which this admin acts over the API; left out in a session. */
  apiTokenId?: Id<'tok'>
}

/** Queue, cron and the seed. */
export type SystemActor = { type: 'system' }

/** Whoever has a session. */
export type UserActor = DeveloperActor | AdminActor

export type Actor = VisitorActor | DeveloperActor | AdminActor | SystemActor

/** How the actor is written into an event: id and a label that stays readable when the user is gone. */
export function actorLabel(actor: Actor): {
  actorType: Actor['type']
  actorId: string | null
  actorLabel: string
} {
  switch (actor.type) {
    case 'visitor':
      return { actorType: 'visitor', actorId: null, actorLabel: 'Visitor' }
    case 'system':
      return { actorType: 'system', actorId: null, actorLabel: 'Portico' }
    default:
      return { actorType: actor.type, actorId: actor.userId, actorLabel: actor.name }
  }
}
