// Which APIs take which kind of credential, as SQL: what a submission, a grant and a cart ask of a product.
import { type SQL, sql } from 'drizzle-orm'
import type { CredentialType } from '~/domain/apps/credential'

/** A condition on `apis`. */
export function acceptsType(type: CredentialType): SQL {
  return type === 'api_key' ? sql`apis.accepts_api_key = 1` : sql`apis.accepts_oauth = 1`
}
