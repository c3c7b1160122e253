// A credential as people see it: what it is called, whether it works, and what stands for its hidden part.
import type { Id } from '~/domain/kernel/ids'

export const credentialTypes = ['api_key', 'oauth_client'] as const
export type CredentialType = (typeof credentialTypes)[number]

export const credentialTypeLabels: Record<CredentialType, string> = {
  api_key: 'API key',
  oauth_client: 'OAuth 2.0 client',
}

/** Inside a sentence. */
export const credentialTypePlurals: Record<CredentialType, string> = {
  api_key: 'API keys',
  oauth_client: 'OAuth clients',
}

/** Inside a sentence: what one revokes, and the hidden part, which one reveals and rotates. */
export const credentialWords: Record<CredentialType, { whole: string; secret: string }> = {
  api_key: { whole: 'key', secret: 'key' },
  oauth_client: { whole: 'client', secret: 'secret' },
}

/** A credential in one line, with the end of its hidden part. */
export function credentialLine({
  name,
  type,
  hint,
}: {
  name: string
  type: CredentialType
  hint: string
}): string {
  return `${name}, ${type === 'api_key' ? '' : 'secret '}ending in ${hint}`
}

/** Inside a sentence: what a revocation ends. A client goes with its secrets; an old secret goes alone. */
export function revokedWord({ type, state }: { type: CredentialType; state: CredentialState }): string {
  return type === 'oauth_client' && state === 'retiring' ? 'secret' : credentialWords[type].whole
}

/** What stands before a call that one copies, until one has put in one's own. */
export const bearerPlaceholders: Record<CredentialType, string> = {
  api_key: 'YOUR_API_KEY',
  oauth_client: 'YOUR_ACCESS_TOKEN',
}

/** How a credential is sent: an external gateway may read it in a header of its own, where it stands alone. */
export function credentialHeader(
  credential: string,
  header = 'Authorization',
): [name: string, value: string] {
  return header.toLowerCase() === 'authorization' ? [header, `Bearer ${credential}`] : [header, credential]
}

export type CredentialState = 'active' | 'retiring' | 'revoked' | 'expired'

export const credentialStateLabels: Record<CredentialState, string> = {
  active: 'Active',
  retiring: 'Retiring',
  revoked: 'Revoked',
  expired: 'Expired',
}

type Lifetime = { state: CredentialState; expiresAt: number | null; retiresAt: number | null }

/** The state at `now` (ms): the clock ends a credential even before anything has written so. */
export function credentialStateAt(credential: Lifetime, now: number): CredentialState {
  if (credential.state === 'revoked' || credential.state === 'expired') return credential.state
  if (credential.expiresAt !== null && credential.expiresAt <= now) return 'expired'
  if (credential.retiresAt !== null && credential.retiresAt <= now) return 'revoked'
  return credential.state
}

/** A product that an access request asks for, with the APIs that can be called; `examplePath` needs no parameters. */
export type GrantedProduct = {
  id: Id<'prd'>
  name: string
  slug: string
  isPublished: boolean
  apis: {
    name: string
    slug: string
    examplePath: string
    /** By an external gateway instead of the built-in one. */
    served: { address: string; header: string } | null
  }[]
}

export function maskedKey(hint: string, type: CredentialType = 'api_key'): string {
  return `${type === 'api_key' ? 'prt_live_' : 'prt_secret_'}${'•'.repeat(12)}${hint}`
}
