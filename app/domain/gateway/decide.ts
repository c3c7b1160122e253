// May this call pass, as far as the credential and the address say? First what the key is, then whether it works, then
// from where and how its owner lets it be used, then what it opens. The plan's limits come after.
// A product that the key does not open is answered in one way, whether it exists or not: a key is no means to find
// drafts or private products. `unknown_api` is only told inside a product that the key opens.
// An access token stands for its client: the same rules, on the client's snapshot, narrowed to the token's scope.
import { isInRange, parseIpAddress } from '~/domain/apps/ip-range'
import { matchesPath } from '~/domain/apps/path-pattern'
import type { AccessToken } from './access-token'
import type { GatewayAddress } from './address'
import type { ProblemCode } from './problems'
import type { CredentialSnapshot, GatewayApi, KeyLimits, Subscription } from './snapshot'

/** `neededScope`: the token was issued for other products, and one with this scope would do. */
type Refusal = { ok: false; code: ProblemCode; detail?: string; neededScope?: string }
export type Route = { apiId: GatewayApi['apiId']; upstreamUrl: string; subscription: Subscription }
export type Decision = { ok: true; route: Route } | Refusal

/** The methods that the gateway passes on. CONNECT and TRACE would speak to the way itself, not to an API. */
export const gatewayMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

export function decide(
  snapshot: CredentialSnapshot | null,
  address: GatewayAddress | null,
  method: string,
  /** The client's address; null, where it is not known, is in no range. */
  ip: string | null,
  now: number,
  token: AccessToken | null = null,
): Decision {
  // The secret of an OAuth client is for the token endpoint: it is no API key.
  if (snapshot?.type !== (token ? 'oauth_client' : 'api_key')) {
    return refuse('invalid_credential', token ? 'This access token is not known.' : undefined)
  }
  const stopped = whyStopped(snapshot, now)
  if (stopped) return stopped
  const { limits } = snapshot
  if (limits && !isPlaceAllowed(limits, ip)) return refuse('ip_not_allowed')
  if (!gatewayMethods.includes(method)) return refuse('method_not_allowed')
  if (limits?.methods && !limits.methods.includes(method)) return refuse('method_not_allowed_by_key')
  if (!address) return refuse('unknown_api')

  const product = snapshot.products.get(address.product)
  if (!product) return refuse('product_not_allowed', token ? noSuchProduct : undefined)
  if (token?.scope && !token.scope.has(address.product)) {
    const detail = `This access token was issued for other products. Get one with the scope ${address.product}.`
    return { ...refuse('product_not_allowed', detail), neededScope: address.product }
  }
  const api = product.apis.get(address.api)
  if (!api) return refuse('unknown_api')
  if (api.upstreamUrl === null)
    return refuse('unknown_api', 'This API has documentation only: it takes no calls.')
  if (api.external) {
    return refuse('unknown_api', `Another gateway serves this API. Call it at ${api.external.address}.`)
  }
  if (token && !api.acceptsOauth) {
    return refuse('product_not_allowed', 'This API takes no access tokens. Use an API key.')
  }
  if (!token && !api.acceptsApiKey) {
    return refuse('product_not_allowed', 'This API takes no API keys. Use an OAuth access token.')
  }
  if (limits?.paths && !matchesPath(limits.paths, address.rest)) return refuse('path_not_allowed_by_key')
  return {
    ok: true,
    route: { apiId: api.apiId, upstreamUrl: api.upstreamUrl, subscription: product.subscription },
  }
}

const noSuchProduct =
  'The client of this token does not open a product at this address. Check the address, or request access to the product.'

type StopCode =
  | 'credential_revoked'
  | 'credential_expired'
  | 'credential_not_yet_valid'
  | 'app_frozen'
  | 'organization_suspended'

/** Why nothing that belongs to this credential passes at `now` (ms), or null. */
export function whyStopped(snapshot: CredentialSnapshot, now: number): (Refusal & { code: StopCode }) | null {
  const isClient = snapshot.type === 'oauth_client'
  if (snapshot.state === 'revoked') return stop('credential_revoked', isClient ? clientRevoked : undefined)
  if (snapshot.state === 'expired' || (snapshot.expiresAt !== null && snapshot.expiresAt <= now)) {
    return stop('credential_expired', isClient ? clientExpired : undefined)
  }
  if (snapshot.state === 'retiring' && (snapshot.retiresAt === null || snapshot.retiresAt <= now)) {
    return stop(
      'credential_revoked',
      isClient ? clientRevoked : 'This key was replaced by a new one. Use the new key of your app.',
    )
  }
  if (snapshot.limits?.notBefore && now < snapshot.limits.notBefore) return stop('credential_not_yet_valid')
  if (snapshot.appFrozen) return stop('app_frozen', isClient ? clientFrozen : undefined)
  if (!snapshot.organizationActive) return stop('organization_suspended')
  return null
}

const clientRevoked =
  'The secret for which this token was issued was revoked or replaced. Get a new token with the current secret, or request access again.'
const clientExpired =
  'The client of this token has expired. Rotate its secret on the page of your app, or request access again.'
const clientFrozen =
  'The app of this token is stopped for now. Its page in the developer portal says by whom; once it is unfrozen, the same client works again.'

function stop(code: StopCode, detail?: string): Refusal & { code: StopCode } {
  return detail === undefined ? { ok: false, code } : { ok: false, code, detail }
}

function isPlaceAllowed({ ipRanges }: KeyLimits, ip: string | null): boolean {
  if (ipRanges === null) return true
  const address = ip === null ? null : parseIpAddress(ip)
  return address !== null && ipRanges.some((range) => isInRange(address, range))
}

function refuse(code: ProblemCode, detail?: string): Refusal {
  return detail === undefined ? { ok: false, code } : { ok: false, code, detail }
}
