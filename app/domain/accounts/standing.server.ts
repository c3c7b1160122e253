// Whom the portal cannot lose, as SQL conditions on a row of `users`: the last active admin, and the last super admin of
// an organization that has other members. Both hold against two requests at once, because the change itself asks.
import { sql } from 'drizzle-orm'

export const leavesAnAdmin = sql`(users.role <> 'admin' or users.state <> 'active' or exists (select 1 from users peer
  where peer.role = 'admin' and peer.state = 'active' and peer.id <> users.id))`

export const leavesASuperAdmin = sql`(users.role = 'admin' or users.state <> 'active' or users.org_role <> 'super_admin'
  or exists (select 1 from users peer where peer.organization_id = users.organization_id and peer.id <> users.id
    and peer.state = 'active' and peer.org_role = 'super_admin')
  or not exists (select 1 from users peer where peer.organization_id = users.organization_id and peer.id <> users.id)
  or exists (select 1 from organizations o where o.id = users.organization_id and o.is_default = 1))`

export const lastAdmin = 'This is the last active admin. Invite another admin first.'
/** The same of somebody by name, where several people are decided about. */
export function isLastSuperAdmin(name: string): string {
  return lastSuperAdmin.replace('This', name)
}

export const lastSuperAdmin =
  'This is the last super admin of an organization that has other members. Make somebody else a super admin first.'
