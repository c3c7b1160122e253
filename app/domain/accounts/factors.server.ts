// Which second factors an account has, as SQL conditions on a row of `users`, and whether it may lose the last one.
import { sql } from 'drizzle-orm'

export const hasAuthenticator = sql`exists (select 1 from two_factor_secrets f where f.user_id = users.id and f.confirmed_at is not null)`

export const hasPasskey = sql`exists (select 1 from passkeys k where k.user_id = users.id)`

/** The one meaning of "two-factor authentication is on". */
export const hasSecondFactor = sql`(${hasAuthenticator} or ${hasPasskey})`

/** Whether this account must have a second factor: an admin, where the settings say so. */
export const needsSecondFactor = sql`(users.role = 'admin' and exists (select 1 from settings s where s.require_admin_two_factor = 1))`

export const lastFactor =
  'Admins of this portal need two-factor authentication. Add another second factor first, then remove this one.'

/** The text that binds a sealed secret to its row of `two_factor_secrets`. */
export function sealedFor(userId: string): string {
  return `two_factor_secrets/${userId}`
}
