// The rows of a new user. Every way into the portal (registration, an admin, set-up, the demo) inserts through here, so
// that each new developer is in the default team of their organization, and one address is one account.
import { type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import type { UserId } from '~/domain/kernel/ids'
import { emailKey } from '~/domain/kernel/text'
import { teamMembers, users } from '~db/schema'
import type { OrgRole, UserState } from './account'

export type NewUser = {
  id: UserId
  email: string
  firstName: string
  lastName: string
  state: UserState
  passwordHash: string | null
  mustChangePassword: boolean
  emailVerifiedAt: number | null
  /** Null for an admin. */
  place: { organizationId: SQL; orgRole: OrgRole } | null
}

/** Inserts nothing when the address has an account already or `when` does not hold. The returned rows are the answer. */
export function insertUser(ctx: DomainContext, user: NewUser, when: SQL = sql`1`) {
  const key = emailKey(user.email)
  return ctx.db
    .insert(users)
    .select(
      sql`select ${user.id} as id, ${user.email.trim()} as email, ${key} as email_key, ${user.firstName} as first_name,
        ${user.lastName} as last_name, ${user.place ? 'developer' : 'admin'} as role, ${user.state} as state, null as state_reason,
        ${user.place?.organizationId ?? sql`null`} as organization_id, ${user.place?.orgRole ?? null} as org_role,
        ${user.passwordHash} as password_hash, ${user.passwordHash === null ? null : ctx.now} as password_changed_at,
        ${user.mustChangePassword ? 1 : 0} as must_change_password, 0 as reset_version, null as reset_requested_at,
        ${user.emailVerifiedAt} as email_verified_at, null as last_login_at, 1 as notify_requests, 1 as notify_expiry,
        null as decision_id, null as decided_by_id, null as decided_at, ${ctx.now} as created_at,
        null as notifications_seen_at,
        1 as notify_users, 1 as notify_access, 1 as notify_organizations, 0 as notify_daily,
        '[]' as daily_mails
        where not exists (select 1 from users where email_key = ${key}) and (${when})`,
    )
    .returning({ id: users.id })
}

/** Puts a developer that this batch inserted into the default team, and into the teams for which `more` holds (`t.id`). */
export function insertTeamMemberships(ctx: DomainContext, userId: UserId, more: SQL = sql`0`) {
  return ctx.db.insert(teamMembers).select(
    sql`select t.id as team_id, u.id as user_id, u.organization_id as organization_id, ${ctx.now} as created_at
      from users u join teams t on t.organization_id = u.organization_id
      where u.id = ${userId} and (t.is_default = 1 or ${more})`,
  )
}

/** True once the batch has inserted this user. */
export function userInserted(userId: UserId): SQL {
  return sql`exists (select 1 from users where id = ${userId})`
}
