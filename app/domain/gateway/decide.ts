// May this call pass, as far as the credential and the address say? First what the key is, then whether it works, then
// from where and how its owner lets it be used, then what it opens. The plan's limits come after.
// A product that the key does not open is answered in one way, whether it exists or not: a key is no means to find
// drafts or private products. `unknown_api` is only told inside a product that the key opens.
import { isInRange, parseIpAddress } from '~/domain/apps/ip-range'
import { matchesPath } from '~/domain/apps/path-pattern'
import type { GatewayAddress } from './address'
import type { ProblemCode } from './problems'
import type { CredentialSnapshot, GatewayApi, KeyLimits, Subscription } from './snapshot'

type Refusal = { ok: false; code: ProblemCode; detail?: string }
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
): Decision {
  // The secret of an OAuth client is for the token endpoint: it is no API key.
  if (snapshot?.type !== 'api_key') return refuse('invalid_credential')
  const stopped = whyStopped(snapshot, now)
  if (stopped) return stopped
  const { limits } = snapshot
  if (limits && !isPlaceAllowed(limits, ip)) return refuse('ip_not_allowed')
  if (!gatewayMethods.includes(method)) return refuse('method_not_allowed')
  if (limits?.methods && !limits.methods.includes(method)) return refuse('method_not_allowed_by_key')
  if (!address) return refuse('unknown_api')

  const product = snapshot.products.get(address.product)
  if (!product) return refuse('product_not_allowed')
  const api = product.apis.get(address.api)
  if (!api) return refuse('unknown_api')
  if (api.upstreamUrl === null)
    return refuse('unknown_api', 'This API has documentation only: it takes no calls.')
  if (!api.acceptsApiKey) {
    return refuse('product_not_allowed', 'This API takes no API keys. Use an OAuth access token.')
  }
  if (limits?.paths && !matchesPath(limits.paths, address.rest)) return refuse('path_not_allowed_by_key')
  return {
    ok: true,
    route: { apiId: api.apiId, upstreamUrl: api.upstreamUrl, subscription: product.subscription },
  }
}

function whyStopped(snapshot: CredentialSnapshot, now: number): Refusal | null {
  if (snapshot.state === 'revoked') return refuse('credential_revoked')
  if (snapshot.state === 'expired' || (snapshot.expiresAt !== null && snapshot.expiresAt <= now)) {
    return refuse('credential_expired')
  }
  if (snapshot.state === 'retiring' && (snapshot.retiresAt === null || snapshot.retiresAt <= now)) {
    return refuse('credential_revoked', 'This key was replaced by a new one. Use the new key of your app.')
  }
  if (snapshot.limits?.notBefore && now < snapshot.limits.notBefore) return refuse('credential_not_yet_valid')
  if (snapshot.appFrozen) return refuse('app_frozen')
  if (!snapshot.organizationActive) return refuse('organization_suspended')
  return null
}

function isPlaceAllowed({ ipRanges }: KeyLimits, ip: string | null): boolean {
  if (ipRanges === null) return true
  const address = ip === null ? null : parseIpAddress(ip)
  return address !== null && ipRanges.some((range) => isInRange(address, range))
}

function refuse(code: ProblemCode, detail?: string): Refusal {
  return detail === undefined ? { ok: false, code } : { ok: false, code, detail }
}
