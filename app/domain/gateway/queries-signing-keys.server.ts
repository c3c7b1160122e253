// The keys that sign access tokens, as whoever signs or checks one needs them. There are one or two of them.
import { desc } from 'drizzle-orm'
import type { Database } from '~db/client'
import { signingKeys } from '~db/schema'

/** Newest first. `privateCipher` is the vault's sealed text. */
export function listSigningKeys(db: Database) {
  return db
    .select({
      id: signingKeys.id,
      publicJwk: signingKeys.publicJwk,
      privateCipher: signingKeys.privateCipher,
      signsFrom: signingKeys.signsFrom,
    })
    .from(signingKeys)
    .orderBy(desc(signingKeys.signsFrom), desc(signingKeys.id))
}

export type SigningKey = Awaited<ReturnType<typeof listSigningKeys>>[number]
