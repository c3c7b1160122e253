import { expect, test } from 'vitest'
import { parseGatewayAddress } from '~/domain/gateway/address'
import { decide } from '~/domain/gateway/decide'
import { problem } from '~/domain/gateway/problems'
import type { CredentialSnapshot, GatewayApi } from '~/domain/gateway/snapshot'
import { addCall, latencyClass, startTally } from '~/domain/gateway/usage'

const now = 1_800_000_000_000
const subscription = {
  requestId: 'req_1',
  limitsId: 'req_1',
  planName: 'Free',
  rate: null,
  quota: null,
} as const
const api: GatewayApi = {
  apiId: 'api_1',
  upstreamUrl: 'https://upstream.test/v1',
  acceptsApiKey: true,
  acceptsOauth: false,
  external: null,
}
const good: CredentialSnapshot = {
  credentialId: 'crd_1',
  type: 'api_key',
  clientId: null,
  state: 'active',
  expiresAt: null,
  retiresAt: null,
  limits: null,
  appId: 'app_1',
  appFrozen: false,
  organizationId: 'org_1',
  organizationActive: true,
  products: new Map([
    [
      'payments',
      {
        subscription,
        apis: new Map<string, GatewayApi>([
          ['main', api],
          ['docs', { ...api, upstreamUrl: null }],
          ['oauth', { ...api, acceptsApiKey: false }],
        ]),
      },
    ],
  ]),
}

function decided(
  changes: Partial<CredentialSnapshot> | null,
  path = '/gateway/payments/main/x',
  method = 'GET',
  ip: string | null = null,
) {
  const decision = decide(changes && { ...good, ...changes }, parseGatewayAddress(path), method, ip, now)
  return decision.ok ? 'passes' : decision.code
}

test.each([
  ['a good key', {}, 'passes'],
  ['a key that nobody has', null, 'invalid_credential'],
  ['the secret of an OAuth client', { type: 'oauth_client' }, 'invalid_credential'],
  ['a revoked key', { state: 'revoked' }, 'credential_revoked'],
  ['an expired key', { state: 'expired' }, 'credential_expired'],
  ['a key whose time ends now', { expiresAt: now }, 'credential_expired'],
  ['a key whose time ends soon', { expiresAt: now + 1 }, 'passes'],
  ['a retiring key within its overlap', { state: 'retiring', retiresAt: now + 1 }, 'passes'],
  ['a retiring key after its overlap', { state: 'retiring', retiresAt: now }, 'credential_revoked'],
  ['a retiring key without an overlap', { state: 'retiring', retiresAt: null }, 'credential_revoked'],
  ['a frozen app', { appFrozen: true }, 'app_frozen'],
  ['a suspended organization', { organizationActive: false }, 'organization_suspended'],
  ['a key without any product', { products: new Map() }, 'product_not_allowed'],
] as [string, Partial<CredentialSnapshot> | null, string][])('%s', (_name, changes, expected) => {
  expect(decided(changes)).toBe(expected)
})

test.each([
  ['/gateway/other/main', 'product_not_allowed'],
  ['/gateway/__proto__/main', 'product_not_allowed'],
  ['/gateway/PAYMENTS/main', 'product_not_allowed'],
  ['/gateway/payments/other', 'unknown_api'],
  ['/gateway/payments/constructor', 'unknown_api'],
  ['/gateway/payments/docs', 'unknown_api'],
  ['/gateway/payments/oauth', 'product_not_allowed'],
  ['/gateway/payments', 'unknown_api'],
  ['/', 'unknown_api'],
])('the address %s', (path, expected) => {
  expect(decided({}, path)).toBe(expected)
})

test('what the key is comes before whether it works, that before what it opens', () => {
  expect(decided(null, '/gateway/other/x', 'TRACE')).toBe('invalid_credential')
  expect(decided({ state: 'revoked', appFrozen: true, organizationActive: false }, '/gateway/other/x')).toBe(
    'credential_revoked',
  )
  expect(decided({ appFrozen: true, organizationActive: false }, '/gateway/other/x')).toBe('app_frozen')
  expect(decided({ organizationActive: false }, '/gateway/other/x')).toBe('organization_suspended')
  expect(decided({}, '/gateway/other/x', 'TRACE')).toBe('method_not_allowed')
})

test('a key that is used from a wrong place or too early learns nothing of what it opens; its plan is not asked', () => {
  const limits = { ipRanges: [], methods: ['GET'], paths: ['/x'], notBefore: now + 1 }
  const narrowed = (changes: Partial<typeof limits>) => ({ limits: { ...limits, notBefore: 0, ...changes } })
  expect(decided({ limits }, '/gateway/other/x', 'TRACE')).toBe('credential_not_yet_valid')
  expect(decided({ limits, state: 'revoked' })).toBe('credential_revoked')
  expect(decided(narrowed({}), '/gateway/other/x', 'TRACE', '203.0.113.1')).toBe('ip_not_allowed')
  const anywhere = { ...limits, notBefore: null, ipRanges: null }
  expect(decided({ limits: anywhere }, '/gateway/other/x', 'TRACE')).toBe('method_not_allowed')
  expect(decided({ limits: anywhere }, '/gateway/other/x', 'PUT')).toBe('method_not_allowed_by_key')
  expect(decided({ limits: anywhere }, '/gateway/other/main/y')).toBe('product_not_allowed')
  expect(decided({ limits: anywhere }, '/gateway/payments/main/y')).toBe('path_not_allowed_by_key')
  expect(decided({ limits: anywhere }, '/gateway/payments/main/x')).toBe('passes')
})

test('a problem has a type, title, status, advice and code', () => {
  expect(problem('rate_limited', 'r-1')).toEqual({
    type: 'urn:portico:problem:rate_limited',
    title: 'Rate limit reached',
    status: 429,
    detail: expect.stringContaining('Retry-After'),
    instance: 'urn:portico:request:r-1',
    code: 'rate_limited',
    requestId: 'r-1',
  })
})

test('calls add up by API, hour, status class and latency class', () => {
  const hour = Math.floor(now / 3_600_000) * 3_600_000
  const call = {
    apiId: 'api_1',
    limitsId: 'req_1',
    at: hour,
    status: 200,
    latencyMs: 10,
    country: 'NL',
  } as const
  const tally = startTally({ credentialId: 'crd_1', appId: 'app_1', organizationId: 'org_1' }, call)
  addCall(tally, { ...call, status: 204, latencyMs: 50 })
  addCall(tally, { ...call, status: 404 })
  addCall(tally, { ...call, at: hour + 3_600_000, apiId: 'api_2', country: 'DE' })
  expect(tally.rows).toMatchObject([
    { apiId: 'api_1', hour, statusClass: 2, calls: 2, under25Ms: 1, under100Ms: 1 },
    { apiId: 'api_1', hour, statusClass: 4, calls: 1 },
    { apiId: 'api_2', hour: hour + 3_600_000, statusClass: 2, calls: 1 },
  ])
  expect(tally.last).toEqual({ at: hour + 3_600_000, apiId: 'api_2', country: 'DE' })
  expect([24.9, 25, 49, 50, 249, 250, 999, 1000, 2500].map(latencyClass)).toEqual([
    'under25Ms',
    'under50Ms',
    'under50Ms',
    'under100Ms',
    'under250Ms',
    'under500Ms',
    'under1000Ms',
    'under2500Ms',
    'slower',
  ])
})
