// Statements that take a developer from one organization into another, for the batch of the command that decides it.
// One is only in the default team there, until somebody says more. Events and calls stay where they happened.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import type { UserId } from '~/domain/kernel/ids'
import { accessRequests, apps, credentials, teamMembers, users } from '~db/schema'

export const defaultOrganizationId: SQL = sql`(select d.id from organizations d where d.is_default = 1)`

/** `to` is an organization's id as SQL. `won` must not ask where the developer is: the statements change that. */
export function moveStatements(
  ctx: DomainContext,
  move: { userId: UserId; to: SQL; orgRole: 'super_admin' | 'team_member' },
  won: SQL,
) {
  const { userId, to, orgRole } = move
  return [
    // First: a membership names user and organization together, so it cannot outlive the move.
    ctx.db.delete(teamMembers).where(and(eq(teamMembers.userId, userId), won)),
    ctx.db
      .update(users)
      .set({ organizationId: sql`${to}`, orgRole })
      .where(and(eq(users.id, userId), won)),
    ctx.db.insert(teamMembers).select(
      sql`select t.id as team_id, ${userId} as user_id, t.organization_id as organization_id, ${ctx.now} as created_at
        from teams t where t.organization_id = ${to} and t.is_default = 1 and ${won}`,
    ),
  ] as const
}

/**
 * Set on rows of `apps` that leave their organization: what its suspension or its freeze stops stays stopped where they go.
 * A suspension was the portal's decision, so only admins unfreeze what it left behind.
 */
export function stillStopped(ctx: DomainContext) {
  const from = (stopped: SQL) =>
    sql`exists (select 1 from organizations o where o.id = ${apps.organizationId} and ${stopped})`
  const suspended = from(sql`o.state = 'suspended'`)
  const frozen = from(sql`o.frozen_at is not null`)
  return {
    frozenAt: sql`case when ${suspended} or ${frozen} then coalesce(${apps.frozenAt}, ${ctx.now})
      else ${apps.frozenAt} end`,
    frozenBy: sql`case when ${suspended} then 'admin' when ${frozen} then coalesce(${apps.frozenBy}, 'developer')
      else ${apps.frozenBy} end`,
  }
}

/** The developer's apps come along with their access, and are personal until they are shared anew. The last statement answers their keys. */
export function bringAppsStatements(ctx: DomainContext, move: { userId: UserId; to: SQL }, won: SQL) {
  const { userId, to } = move
  return [
    ctx.db
      .update(accessRequests)
      .set({ organizationId: sql`${to}` })
      .where(
        sql`${accessRequests.appId} in (select a.id from apps a where a.owner_id = ${userId}) and ${won}`,
      ),
    ctx.db
      .update(apps)
      .set({ organizationId: sql`${to}`, visibility: 'personal', teamId: null, ...stillStopped(ctx) })
      .where(and(eq(apps.ownerId, userId), won)),
    ctx.db
      .select({ id: credentials.id })
      .from(credentials)
      .where(sql`${credentials.appId} in (select a.id from apps a where a.owner_id = ${userId}) and ${won}`),
  ] as const
}
