// Access tokens (RFC 9068): what stands in one, and which claims the gateway takes. A token names the credential that it
// was issued to, and nothing of what that may do: the gateway reads state, products and limits of the credential itself.
import { z } from 'zod'
import type { Id } from '~/domain/kernel/ids'

/** Short, because a token that leaked works until its end, unless its credential is revoked. */
export const accessTokenSeconds = 600
/** How far the clocks of two machines may be apart. */
const leewaySeconds = 30

/** What a client was given. `scope` is null where it asked for none: then a token opens all that its credential opens. */
export type TokenGrant = {
  clientId: string
  credentialId: Id<'crd'>
  scope: readonly string[] | null
  /** Seconds. */
  lifetime: number
}

export type TokenParties = { issuer: string; audience: string }

const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.string(),
  exp: z.int(),
  iat: z.int(),
  nbf: z.int().optional(),
  jti: z.string(),
  client_id: z.string(),
  credential_id: z.templateLiteral(['crd_', z.string()]),
  scope: z.string().optional(),
})

type Claims = z.output<typeof claimsSchema>

/** The issuer is the portal, the audience its gateway: both from configuration. */
export function tokenParties(of: { origin: string; gatewayOrigin: string }): TokenParties {
  return { issuer: of.origin, audience: `${of.gatewayOrigin}/gateway` }
}

export function claimsOf(grant: TokenGrant, parties: TokenParties, tokenId: string, now: number): Claims {
  const issuedAt = Math.floor(now / 1000)
  return {
    iss: parties.issuer,
    sub: grant.clientId,
    aud: parties.audience,
    exp: issuedAt + grant.lifetime,
    iat: issuedAt,
    jti: tokenId,
    client_id: grant.clientId,
    credential_id: grant.credentialId,
    ...(grant.scope ? { scope: grant.scope.join(' ') } : {}),
  }
}

/** What a verified token says. `endsAt` is in ms. */
export type AccessToken = { credentialId: Id<'crd'>; scope: ReadonlySet<string> | null; endsAt: number }

/** `expired`: it was this portal's, and good until then. */
export type TokenReading =
  | { ok: true; token: AccessToken }
  | { ok: false; expired: Pick<AccessToken, 'credentialId'> | null }

/** Reads the payload of a token whose signature was found good. Anything that this portal would not have written is refused. */
export function readClaims(payload: unknown, parties: TokenParties, now: number): TokenReading {
  const read = claimsSchema.safeParse(payload)
  if (!read.success) return { ok: false, expired: null }
  const { iss, sub, aud, exp, iat, nbf, client_id: clientId, credential_id: credentialId, scope } = read.data
  const isOurs = iss === parties.issuer && aud === parties.audience && sub === clientId
  const latestStart = now / 1000 + leewaySeconds
  const isTimely = iat <= latestStart && (nbf ?? iat) <= latestStart && exp - iat <= accessTokenSeconds
  if (!isOurs || !isTimely || exp <= iat) return { ok: false, expired: null }
  const endsAt = (exp + leewaySeconds) * 1000
  if (endsAt <= now) return { ok: false, expired: { credentialId: credentialId as Id<'crd'> } }
  return {
    ok: true,
    token: {
      credentialId: credentialId as Id<'crd'>,
      scope: scope === undefined ? null : new Set(scope.split(' ')),
      endsAt,
    },
  }
}
