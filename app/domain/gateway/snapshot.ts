// What the gateway knows of one credential: its state and, per product, the terms it was given and the APIs behind it.
// A snapshot holds no secret, and a decision about a call needs nothing else but the clock.

import type { IpRange } from '~/domain/apps/ip-range'
import type { QuotaPeriod } from '~/domain/catalog/quota-period'
import type { Id } from '~/domain/kernel/ids'

export type RateTerms = { limit: number; periodSeconds: number }
export type QuotaTerms = { limit: number; period: QuotaPeriod }

/** An approved access request with its terms. Calls are counted under `limitsId`, which a change of plan leaves as it is. */
export type Subscription = {
  requestId: Id<'req'>
  limitsId: Id<'req'>
  planName: string
  rate: RateTerms | null
  quota: QuotaTerms | null
}

export type GatewayApi = {
  apiId: Id<'api'>
  upstreamUrl: string | null
  acceptsApiKey: boolean
  acceptsOauth: boolean
  /** The external gateway that serves it instead of this one, and where. */
  external: { gatewayId: Id<'gwy'>; externalApiId: string; address: string } | null
}

/** `apis` by slug. */
export type GatewayProduct = { subscription: Subscription; apis: ReadonlyMap<string, GatewayApi> }

/** What people allow the credential within its plan. Null is no limit; an empty list would allow nothing. */
export type KeyLimits = {
  ipRanges: readonly IpRange[] | null
  methods: readonly string[] | null
  paths: readonly string[] | null
  notBefore: number | null
}

export type CredentialSnapshot = {
  credentialId: Id<'crd'>
  type: 'api_key' | 'oauth_client'
  clientId: string | null
  state: 'active' | 'retiring' | 'revoked' | 'expired'
  /** Moments in ms since 1970, or null. */
  expiresAt: number | null
  retiresAt: number | null
  limits: KeyLimits | null
  appId: Id<'app'>
  appFrozen: boolean
  organizationId: Id<'org'>
  organizationActive: boolean
  /** By slug; only what an approved request allows. */
  products: ReadonlyMap<string, GatewayProduct>
}
