// The credential that an approved request is given, and what is told of it.
import { type SQL, sql } from 'drizzle-orm'
import type { CredentialType } from '~/domain/apps/credential'
import { newClientId } from '~/domain/apps/credential-key'
import { newSealedKey, type SealedKey } from '~/domain/apps/credential-statements.server'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id, OrganizationId } from '~/domain/kernel/ids'
import { recordEvent } from '~db/record-event'
import { accessRequests, credentialRequests, credentials } from '~db/schema'

const dayMs = 86_400_000

type NewCredential = SealedKey & { name: string; clientId: string | null; showOnce: boolean }

/** With `showOnce`, the first reveal erases the sealed text. */
export async function newCredential(
  ctx: DomainContext,
  type: CredentialType,
  planName: string,
  showOnce: boolean,
): Promise<NewCredential> {
  const isClient = type === 'oauth_client'
  return {
    ...(await newSealedKey(ctx, type)),
    name: `${planName} ${isClient ? 'client' : 'key'}`,
    clientId: isClient ? newClientId() : null,
    showOnce,
  }
}

/** What is told of it once it is there. */
export function credentialIssued(
  ctx: DomainContext,
  { id, name, hint, clientId }: NewCredential,
  place: { organizationId: OrganizationId; appId: Id<'app'> },
  given: { appName: string; products: string[] },
) {
  const credentialType: CredentialType = clientId === null ? 'api_key' : 'oauth_client'
  return recordEvent(
    ctx,
    {
      type: 'credential.issued',
      subjectType: 'credential',
      subjectId: id,
      ...place,
      data: { credential: name, hint, credentialType, app: given.appName, products: given.products },
    },
    sql`exists (select 1 from credentials where id = ${id})`,
  )
}

/** For the batch that approves `requestId`: nothing is inserted unless `won` holds for that row of `access_requests`. */
export function insertCredential(
  ctx: DomainContext,
  credential: NewCredential,
  requestId: Id<'req'>,
  won: SQL,
) {
  const { id, name, clientId, secretHash, secretCipher, hint, showOnce } = credential
  return [
    ctx.db
      .insert(credentials)
      .select(
        sql`select ${id} as id, app_id as app_id, credential_type as type, 'active' as state, ${name} as name,
        ${clientId} as client_id,
        ${secretHash} as secret_hash, ${secretCipher} as secret_cipher, ${hint} as hint, null as replaces_id,
        case when key_lifetime_days is null then null else ${ctx.now} + key_lifetime_days * ${dayMs} end as expires_at,
        null as retires_at, null as revoked_at, null as revoked_by_id, null as decision_id, null as last_used_at,
        null as last_used_api_id, null as last_used_country, ${showOnce ? 1 : 0} as show_once, ${ctx.now} as created_at
        from ${accessRequests} where ${accessRequests.id} = ${requestId} and ${won}`,
      )
      .returning({ id: credentials.id }),
    ctx.db
      .insert(credentialRequests)
      .select(
        sql`select ${id} as credential_id, ${requestId} as request_id where exists (select 1 from credentials where id = ${id})`,
      ),
  ] as const
}
