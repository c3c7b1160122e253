// What an external gateway should know of a key at this moment, worked out of the same snapshot that the built-in gateway
// decides by. What a gateway cannot check is never let through by it: such a key is not there at all.
import type { Id } from '~/domain/kernel/ids'
import { whyStopped } from './decide'
import type { CredentialSnapshot, QuotaTerms, RateTerms } from './snapshot'

export type GrantedApi = {
  externalApiId: string
  name: string
  /** APIs of one scope share their counters: the limits of a plan hold for all of them together. */
  scope: string
  rate: RateTerms | null
  quota: QuotaTerms | null
}

export type GrantedKey = {
  credentialId: Id<'crd'>
  appId: Id<'app'>
  /** A moment in ms since 1970, or null. */
  expiresAt: number | null
  /** Null: any. */
  methods: readonly string[] | null
  apis: readonly GrantedApi[]
}

export type WantedKey =
  | { present: true; granted: GrantedKey }
  /** `over`: it will not come back. `until`: the moment from which it may be there. */
  | { present: false; over: boolean; reason: string; until: number | null }

const absent = (reason: string, more: { over?: boolean; until?: number } = {}): WantedKey => ({
  present: false,
  over: more.over ?? false,
  reason,
  until: more.until ?? null,
})

export function wantedKey(snapshot: CredentialSnapshot | null, gatewayId: Id<'gwy'>, now: number): WantedKey {
  if (!snapshot) return absent('The key is gone.', { over: true })
  if (snapshot.type !== 'api_key') return absent('This gateway takes API keys only.', { over: true })
  const apis = apisAt(snapshot, gatewayId)
  if (apis.length === 0) return absent('The key opens no API of this gateway.', { over: true })
  const stopped = whyStopped(snapshot, now)
  if (stopped?.code === 'credential_not_yet_valid') {
    return absent('The key does not work yet.', { until: snapshot.limits?.notBefore ?? now })
  }
  if (stopped) return absent(stoppedWords[stopped.code], { over: endings.includes(stopped.code) })
  if (snapshot.limits?.ipRanges || snapshot.limits?.paths) {
    return absent('The key is limited to IP addresses or paths, which this gateway cannot check for it.')
  }
  const ends = [snapshot.expiresAt, snapshot.state === 'retiring' ? snapshot.retiresAt : null]
  const earliest = Math.min(...ends.filter((end) => end !== null))
  return {
    present: true,
    granted: {
      credentialId: snapshot.credentialId,
      appId: snapshot.appId,
      expiresAt: Number.isFinite(earliest) ? earliest : null,
      methods: snapshot.limits?.methods ?? null,
      apis,
    },
  }
}

const endings: string[] = ['credential_revoked', 'credential_expired']

const stoppedWords = {
  credential_revoked: 'The key was revoked or replaced.',
  credential_expired: 'The key has expired.',
  app_frozen: 'The app is frozen.',
  organization_suspended: 'The organization is suspended.',
}

function apisAt(snapshot: CredentialSnapshot, gatewayId: Id<'gwy'>): GrantedApi[] {
  return [...snapshot.products].flatMap(([product, { subscription, apis }]) =>
    [...apis].flatMap(([slug, { external, acceptsApiKey, upstreamUrl }]) =>
      external?.gatewayId === gatewayId && acceptsApiKey && upstreamUrl !== null
        ? [
            {
              externalApiId: external.externalApiId,
              name: `${product}/${slug}`,
              scope: subscription.limitsId,
              rate: subscription.rate,
              quota: subscription.quota,
            },
          ]
        : [],
    ),
  )
}
