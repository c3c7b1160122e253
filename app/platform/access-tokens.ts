// Signs access tokens, and checks them where they are presented. A token that was found good is remembered by its hash,
// so that a warm call costs no signature: what it may do is asked of its credential every time, and its key must be known.
import {
  type AccessToken,
  claimsOf,
  readClaims,
  type TokenGrant,
  type TokenParties,
  type TokenReading,
  tokenParties,
} from '~/domain/gateway/access-token'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Database } from '~db/client'
import { randomToken, sha256Hex } from './encoding'
import { createLru } from './gateway-lru'
import { signToken, tokenKeyId, verifiedPayload } from './jwt'
import { type SigningKeyring, signingKeyring } from './signing-keyring'

/** A few hundred bytes each. */
const knownTokens = 5000

export async function signAccessToken(
  ctx: DomainContext<SystemActor>,
  grant: TokenGrant,
  keyring: SigningKeyring = signingKeyring,
): Promise<string> {
  const { kid, key } = await keyring.keyToSign(ctx)
  return signToken(claimsOf(grant, tokenParties(ctx), randomToken(), ctx.now), key, kid)
}

export type TokenVerifier = {
  check(token: string, db: Database, parties: TokenParties): Promise<TokenReading>
}

export function createTokenVerifier(keyring: SigningKeyring = signingKeyring): TokenVerifier {
  const known = createLru<string, AccessToken>(knownTokens)

  return {
    async check(token, db, parties) {
      const kid = tokenKeyId(token)
      const key = kid === null ? null : await keyring.keyToVerify(db, kid)
      if (!key) return { ok: false, expired: null }
      const hash = await sha256Hex(token)
      const remembered = known.get(hash)
      if (remembered && remembered.endsAt > Date.now()) return { ok: true, token: remembered }
      const payload = await verifiedPayload(token, key)
      if (payload === null) return { ok: false, expired: null }
      const reading = readClaims(payload, parties, Date.now())
      if (reading.ok) known.set(hash, reading.token)
      return reading
    },
  }
}
