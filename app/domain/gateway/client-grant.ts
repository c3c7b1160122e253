// What a client that has shown its secret is granted: a token for all that it may call, or for the part that it asks for.
// Scopes are the slugs of products.
import { accessTokenSeconds, type TokenGrant } from './access-token'
import { whyStopped } from './decide'
import type { CredentialSnapshot } from './snapshot'
import type { OAuthError, TokenRequest } from './token-request'

export type ClientGrant =
  | { ok: true; grant: TokenGrant; scope: string[] }
  | ({ ok: false; isUnknown?: boolean } & OAuthError)

/** `snapshot` is that of the credential with this secret. One answer for a wrong ID and a wrong secret. */
export function clientGrant(
  snapshot: CredentialSnapshot | null,
  { clientId, scope }: Pick<TokenRequest, 'clientId' | 'scope'>,
  now: number,
): ClientGrant {
  if (snapshot?.type !== 'oauth_client' || snapshot.clientId !== clientId) {
    const description = 'The client ID or the secret is wrong.'
    return { ok: false, isUnknown: true, error: 'invalid_client', description }
  }
  const stopped = whyStopped(snapshot, now)
  if (stopped) {
    const isResting = stopped.code !== 'credential_revoked' && stopped.code !== 'credential_expired'
    return {
      ok: false,
      error: isResting ? 'unauthorized_client' : 'invalid_client',
      description: stopDescriptions[stopped.code],
    }
  }
  const open = openProducts(snapshot)
  // One answer for a product that exists and one that does not.
  if (scope?.some((name) => !open.includes(name))) {
    const description =
      'This client has no access to a product of this scope. Scopes are the slugs of its products.'
    return { ok: false, error: 'invalid_scope', description }
  }
  return { ok: true, grant: grantOf(snapshot, clientId, scope, now), scope: scope ?? open }
}

/** A token never outlives its secret, as far as that end is known. */
export function grantOf(
  {
    credentialId,
    expiresAt,
    retiresAt,
  }: Pick<CredentialSnapshot, 'credentialId' | 'expiresAt' | 'retiresAt'>,
  clientId: string,
  scope: readonly string[] | null,
  now: number,
): TokenGrant {
  const ends = Math.min(expiresAt ?? Number.POSITIVE_INFINITY, retiresAt ?? Number.POSITIVE_INFINITY)
  const lifetime = Math.max(1, Math.min(accessTokenSeconds, Math.ceil((ends - now) / 1000)))
  return { clientId, credentialId, scope, lifetime }
}

const stopDescriptions = {
  credential_revoked: 'This secret was revoked or replaced. Use the current secret of the client.',
  credential_expired: 'This client has expired. Rotate its secret on the page of the app.',
  credential_not_yet_valid:
    'This client works from a later moment on, which its limits in the developer portal tell.',
  app_frozen: 'The app of this client is stopped for now. Its page in the developer portal says by whom.',
  organization_suspended:
    'The organization of this client is suspended. Ask the administrators of the portal.',
}

function openProducts({ products }: CredentialSnapshot): string[] {
  return [...products]
    .filter(([, { apis }]) => [...apis.values()].some((api) => api.acceptsOauth && api.upstreamUrl !== null))
    .map(([slug]) => slug)
    .sort()
}
