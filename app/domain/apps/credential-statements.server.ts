// A new API key. The key itself is nowhere but in the vault's sealed text: the gateway knows its SHA-256, people see its
// last four characters. Made before a batch, because hashing and sealing are not SQL.
import type { DomainContext } from '~/domain/kernel/context'
import { type Id, newId } from '~/domain/kernel/ids'
import { apiKeyHint, newApiKey } from './credential-key'

export type SealedKey = { id: Id<'crd'>; secretHash: string; secretCipher: string; hint: string }

export async function newSealedKey(ctx: DomainContext): Promise<SealedKey> {
  const id = newId('crd', ctx.now)
  const key = newApiKey()
  return {
    id,
    secretHash: await ctx.tokens.hash(key),
    secretCipher: await ctx.vault.seal(key, id),
    hint: apiKeyHint(key),
  }
}
