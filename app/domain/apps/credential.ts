// A credential as people see it: what it is called, whether it works, and what stands for its hidden part.
import type { Id } from '~/domain/kernel/ids'

export const credentialTypes = ['api_key', 'oauth_client'] as const
export type CredentialType = (typeof credentialTypes)[number]

export const credentialTypeLabels: Record<CredentialType, string> = {
  api_key: 'API key',
  oauth_client: 'OAuth 2.0 client',
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
  apis: { name: string; slug: string; examplePath: string }[]
}

export function maskedKey(hint: string): string {
  return `prt_live_${'•'.repeat(12)}${hint}`
}
