// A new API key, or the secret of an OAuth client. It is nowhere but in the vault's sealed text: the gateway and the token
// endpoint know its SHA-256, people see its last four characters. Made before a batch, because hashing and sealing are not SQL.
import type { DomainContext } from '~/domain/kernel/context'
import { type Id, newId } from '~/domain/kernel/ids'
import type { CredentialType } from './credential'
import { apiKeyHint, newApiKey, newClientSecret } from './credential-key'

export type SealedKey = { id: Id<'crd'>; secretHash: string; secretCipher: string; hint: string }

export async function newSealedKey(ctx: DomainContext, type: CredentialType): Promise<SealedKey> {
  const id = newId('crd', ctx.now)
  const key = type === 'api_key' ? newApiKey() : newClientSecret()
  return {
    id,
    secretHash: await ctx.tokens.hash(key),
    secretCipher: await ctx.vault.seal(key, id),
    hint: apiKeyHint(key),
  }
}
