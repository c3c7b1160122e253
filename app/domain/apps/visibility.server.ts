// The policy of apps as SQL conditions, so that a list, a page and a guarded command ask the database the same question.
// They read membership and role as they are now: what was loaded at the start of the request may be over.
import { and, eq, ne, or, type SQL, sql } from 'drizzle-orm'
import { stillMember } from '~/domain/accounts/visibility.server'
import type { AdminActor, DeveloperActor, SystemActor } from '~/domain/kernel/actor'
import type { TeamId } from '~/domain/kernel/ids'
import { apps } from '~db/schema'

/** Who reads and changes apps: developers their own and what is shared with them, admins every one. */
export type AppActor = DeveloperActor | AdminActor

/** `canSeeApp` (and `canManageApp`) for rows of `apps`. */
export function visibleApps(actor: AppActor | SystemActor): SQL {
  if (actor.type === 'admin' || actor.type === 'system') return sql`1`
  const own = eq(apps.ownerId, actor.userId)
  const isSuperAdmin = actor.orgRole === 'super_admin' && !actor.inDefaultOrganization
  const reach = actor.inDefaultOrganization ? own : isSuperAdmin ? undefined : or(own, sharedWith(actor))
  return and(eq(apps.organizationId, actor.organizationId), stillMember(actor), reach) ?? sql`0`
}

/** `canSeeSecrets` for rows of `apps`. */
export function appsWithOpenSecrets(actor: DeveloperActor): SQL {
  return (
    and(visibleApps(actor), or(eq(apps.ownerId, actor.userId), ne(apps.visibility, 'personal'))) ?? sql`0`
  )
}

/** `canShareApp` for rows of `apps`. */
export function sharingApps(actor: AppActor): SQL {
  if (actor.type === 'admin') {
    return sql`(${apps.visibility} <> 'personal'
      and exists (select 1 from organizations o where o.id = apps.organization_id and o.is_default = 0))`
  }
  if (actor.inDefaultOrganization) return sql`0`
  return sql`${and(
    visibleApps(actor),
    or(
      eq(apps.ownerId, actor.userId),
      actor.orgRole === 'super_admin' ? ne(apps.visibility, 'personal') : undefined,
    ),
  )}`
}

/**
 * A team that the actor may share an app with: one of their own; for super admins any of the organization. For admins any
 * of the app's organization, as a condition on rows of `apps`.
 */
export function shareableTeam(actor: AppActor, teamId: TeamId): SQL {
  if (actor.type === 'admin') {
    return sql`exists (select 1 from teams where teams.id = ${teamId} and teams.organization_id = apps.organization_id)`
  }
  return actor.orgRole === 'super_admin'
    ? sql`exists (select 1 from teams where teams.id = ${teamId} and teams.organization_id = ${actor.organizationId})`
    : sql`exists (select 1 from team_members where team_members.team_id = ${teamId}
        and team_members.user_id = ${actor.userId} and team_members.organization_id = ${actor.organizationId})`
}

/** Somebody of `users` can take over an app of `apps`: an active member of its organization who sees it and has it not yet. */
export const canOwnApp: SQL = sql`(users.organization_id = apps.organization_id and users.state = 'active'
  and users.id <> apps.owner_id and (users.org_role = 'super_admin' or apps.visibility = 'organization'
    or (apps.visibility = 'team' and exists (select 1 from team_members m where m.team_id = apps.team_id and m.user_id = users.id))))`

function sharedWith(actor: DeveloperActor): SQL | undefined {
  return or(
    eq(apps.visibility, 'organization'),
    and(
      eq(apps.visibility, 'team'),
      sql`exists (select 1 from team_members where team_members.team_id = ${apps.teamId} and team_members.user_id = ${actor.userId})`,
    ),
  )
}
