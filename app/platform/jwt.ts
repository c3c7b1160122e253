// Signed tokens (RFC 7519, RFC 8725): one algorithm, one type, a key that is known by its `kid`. Wraps the library, which
// throws on malformed input, takes a fourth part and checks no claim: here everything but a good token is null.
import { decodeBase64urlIgnorePadding } from '@oslojs/encoding'
import { sign, verify } from '@tsndr/cloudflare-worker-jwt'
import { z } from 'zod'
import { signingAlgorithm } from '~/domain/gateway/signing-key'

/** RFC 9068 §2.1: no other kind of token is taken for an access token. */
const tokenType = 'at+jwt'

/** Nothing else: `jku`, `x5u`, `jwk` and `crit` would let a token say how it is to be checked. */
const headerSchema = z.strictObject({
  alg: z.literal(signingAlgorithm),
  typ: z.literal(tokenType),
  kid: z.string().max(64),
})

export function signToken(payload: Record<string, unknown>, key: CryptoKey, kid: string): Promise<string> {
  return sign(payload, key, { algorithm: signingAlgorithm, header: { typ: tokenType, kid } })
}

/** Which key it says to be signed with, once its header is found to be one of ours; else null. */
export function tokenKeyId(token: string): string | null {
  const header = headerSchema.safeParse(jsonOf(token.split('.')[0] ?? ''))
  return header.success ? header.data.kid : null
}

/** The payload of a token whose signature is good, or null. Times and parties are the caller's to check. */
export async function verifiedPayload(token: string, key: CryptoKey): Promise<unknown> {
  if (token.split('.').length !== 3 || tokenKeyId(token) === null) return null
  try {
    // The library looks at `exp` loosely; the claims are read strictly afterwards.
    const options = { algorithm: signingAlgorithm, clockTolerance: Number.POSITIVE_INFINITY }
    return (await verify(token, key, options))?.payload ?? null
  } catch {
    return null
  }
}

function jsonOf(part: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(decodeBase64urlIgnorePadding(part)))
  } catch {
    return null
  }
}
