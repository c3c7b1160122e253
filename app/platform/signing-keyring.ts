// What this isolate knows of the keys that sign access tokens. A copy is used for a minute, so that a warm call asks
// nobody; a key that is deleted by hand is out of use everywhere after two. Private keys are opened when one first signs,
// and cannot be taken out of the runtime again.
import { createSigningKey } from '~/domain/gateway/create-signing-key.server'
import { listSigningKeys, type SigningKey } from '~/domain/gateway/queries-signing-keys.server'
import { signingParameters } from '~/domain/gateway/signing-key'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Database } from '~db/client'

export const knownForMs = 60_000
/** While one call asks again, the others go on with the old copy this long. */
const patienceMs = 60_000
/** A key that is not in the copy may be new. Strangers can make an isolate ask once in this time, no more often. */
const askAgainMs = 5000

export type PublicKey = Pick<SigningKey, 'id' | 'publicJwk' | 'signsFrom'>

export type SigningKeyring = {
  /** The key to check a token with, or null when none has this name. Rejects when the database cannot be asked. */
  keyToVerify(db: Database, kid: string): Promise<CryptoKey | null>
  /** The key to sign with at the context's time; makes the first one. */
  keyToSign(ctx: DomainContext<SystemActor>): Promise<{ kid: string; key: CryptoKey }>
  published(db: Database): Promise<PublicKey[]>
  /** What is asked next is asked of the database. */
  forget(): void
}

type Copy = {
  keys: SigningKey[]
  readAt: number
  verifying: Map<string, CryptoKey>
  signing: Map<string, CryptoKey>
}

export function createSigningKeyring(): SigningKeyring {
  let copy: Copy | null = null
  let askingSince = Number.NEGATIVE_INFINITY

  async function read(db: Database): Promise<Copy> {
    const readAt = Date.now()
    askingSince = readAt
    const keys = await listSigningKeys(db)
    const fresh: Copy = { keys, readAt, verifying: new Map(), signing: new Map() }
    for (const { id, publicJwk } of keys) {
      fresh.verifying.set(
        id,
        copy?.verifying.get(id) ??
          (await crypto.subtle.importKey('jwk', publicJwk, signingParameters, false, ['verify'])),
      )
      const signing = copy?.signing.get(id)
      if (signing) fresh.signing.set(id, signing)
    }
    if (!copy || copy.readAt <= readAt) copy = fresh
    return fresh
  }

  async function current(db: Database): Promise<Copy> {
    const now = Date.now()
    if (!copy) return read(db)
    const age = now - copy.readAt
    if (age < knownForMs) return copy
    const isAsked = now - askingSince < askAgainMs
    return isAsked && age < knownForMs + patienceMs ? copy : read(db)
  }

  return {
    async keyToVerify(db, kid) {
      const known = await current(db)
      const key = known.verifying.get(kid)
      if (key || Date.now() - known.readAt < askAgainMs || Date.now() - askingSince < askAgainMs)
        return key ?? null
      return (await read(db)).verifying.get(kid) ?? null
    },
    async keyToSign(ctx) {
      // The oldest where none has begun: it was made a moment ago, by a clock that is a little ahead.
      const usable = ({ keys }: Copy) => keys.find(({ signsFrom }) => signsFrom <= ctx.now) ?? keys.at(-1)
      let from = await current(ctx.db)
      if (!usable(from)) {
        await createSigningKey(ctx)
        from = await read(ctx.db)
      }
      const key = usable(from)
      if (!key) throw new Error('there is no key to sign access tokens with')
      const opened = from.signing.get(key.id) ?? (await openKey(ctx, key))
      from.signing.set(key.id, opened)
      return { kid: key.id, key: opened }
    },
    published: async (db) => (await current(db)).keys,
    forget() {
      copy = null
      askingSince = Number.NEGATIVE_INFINITY
    },
  }
}

async function openKey(ctx: DomainContext, { id, privateCipher }: SigningKey): Promise<CryptoKey> {
  const jwk = JSON.parse(await ctx.vault.open(privateCipher, id)) as JsonWebKey
  return crypto.subtle.importKey('jwk', jwk, signingParameters, false, ['sign'])
}

export const signingKeyring = createSigningKeyring()
