// What Tyk is told of a key: its session object (Tyk Gateway API, "Keys"). It is made whole each time.
// Not told: `apply_policies`. Terms are those of the approved request, and a policy would overrule them.
import type { GrantedApi, GrantedKey } from './external-key'
import type { QuotaTerms } from './snapshot'

/** Tyk renews a quota this many seconds after its first call; months differ, and a key never gets more than its plan. */
const quotaSeconds: Record<QuotaTerms['period'], number> = {
  hour: 3600,
  day: 86_400,
  week: 7 * 86_400,
  month: 31 * 86_400,
}

/** -1 means unlimited, in each of these fields. */
function limitOf({ rate, quota }: Pick<GrantedApi, 'rate' | 'quota'>) {
  return {
    rate: rate ? rate.limit : -1,
    per: rate ? rate.periodSeconds : -1,
    quota_max: quota ? quota.limit : -1,
    quota_renewal_rate: quota ? quotaSeconds[quota.period] : -1,
    quota_remaining: quota ? quota.limit : -1,
    throttle_interval: -1,
    throttle_retry_limit: -1,
  }
}

export function tykSession(granted: GrantedKey, orgId: string) {
  const { credentialId, appId, expiresAt, methods, apis } = granted
  return {
    // Each API has limits of its own, below; these hold for none.
    ...limitOf({ rate: null, quota: null }),
    allowance: -1,
    // In whole seconds, never later than it ends here.
    expires: expiresAt === null ? -1 : Math.floor(expiresAt / 1000),
    is_inactive: false,
    org_id: orgId,
    alias: credentialId,
    meta_data: { portico_credential: credentialId, portico_app: appId },
    tags: ['portico'],
    apply_policies: [],
    access_rights: Object.fromEntries(
      apis.map((api) => [
        api.externalApiId,
        {
          api_id: api.externalApiId,
          api_name: api.name,
          versions: ['Default'],
          allowed_urls: methods ? [{ url: '.*', methods: [...methods] }] : [],
          limit: limitOf(api),
          allowance_scope: api.scope,
        },
      ]),
    ),
  }
}
