// The contract of the Tyk adapter, by documented behaviour only: against the stand-in, or against the Tyk Gateway that
// TYK_GATEWAY_URL and TYK_GATEWAY_SECRET name (docs/gateways.md). Faults are asked of the stand-in alone.
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { newApiKey } from '~/domain/apps/credential-key'
import type { GrantedKey } from '~/domain/gateway/external-key'
import { tykAdapter } from '~/platform/gateway-tyk'
import { tykFault, tykSecret, tykState } from '~test/support/external-gateways'

const real = env as unknown as Record<string, string | undefined>
const isReal = Boolean(real['TYK_GATEWAY_SECRET'])
const contractHost = isReal ? 'real.tyk.test' : 'contract.tyk.test'
const place = {
  baseUrl: `https://${contractHost}`,
  secret: real['TYK_GATEWAY_SECRET'] || tykSecret,
  externalOrgId: real['TYK_GATEWAY_ORG_ID'] || 'default',
}
const apiId = real['TYK_GATEWAY_API_ID'] || 'portico-contract-test'
const tyk = tykAdapter()

function granted(changes: Partial<GrantedKey> = {}): GrantedKey {
  return {
    credentialId: 'crd_contract',
    appId: 'app_contract',
    expiresAt: null,
    methods: null,
    apis: [
      {
        externalApiId: apiId,
        name: 'contract/main',
        scope: 'req_contract',
        rate: { limit: 5, periodSeconds: 10 },
        quota: { limit: 1000, period: 'day' },
      },
    ],
    ...changes,
  }
}

type KeptSession = {
  expires: number
  access_rights: Record<string, { allowance_scope: string; limit: Record<string, number> }>
}

async function kept(key: string): Promise<{ status: number; session: KeptSession }> {
  const address = `${place.baseUrl}/tyk/keys/${key}?org_id=${place.externalOrgId}`
  const answer = await fetch(address, { headers: { 'x-tyk-authorization': place.secret } })
  return { status: answer.status, session: (await answer.json()) as KeptSession }
}

test('a gateway that answers and takes the secret is well, and another secret is said to be refused', async () => {
  expect(await tyk.health(place)).toMatchObject({ ok: true })
  expect(await tyk.health({ ...place, secret: 'another' })).toMatchObject({
    ok: false,
    message: 'Tyk refused the secret (403).',
  })
  expect(await tyk.provision({ ...place, secret: 'another' }, newApiKey(), granted())).toMatchObject({
    outcome: 'permanent',
  })
})

test('a key is created under its own name with the limits of its plan, changed and deleted', async () => {
  const key = newApiKey()
  const expiresAt = Date.now() + 86_400_000
  expect(await tyk.changePlan(place, key, granted())).toEqual({ outcome: 'missing' })
  expect(await tyk.provision(place, key, granted())).toEqual({ outcome: 'ok' })
  const first = await kept(key)
  expect(first.status).toBe(200)
  expect(first.session.access_rights[apiId]).toMatchObject({
    allowance_scope: 'req_contract',
    limit: { rate: 5, per: 10, quota_max: 1000, quota_renewal_rate: 86_400 },
  })

  const [api] = granted().apis
  if (!api) throw new Error('no API')
  const larger = granted({
    expiresAt,
    apis: [{ ...api, rate: { limit: 50, periodSeconds: 1 }, quota: null }],
  })
  expect(await tyk.changePlan(place, key, larger)).toEqual({ outcome: 'ok' })
  const second = await kept(key)
  expect(second.session.access_rights[apiId]?.limit).toMatchObject({ rate: 50, per: 1, quota_max: -1 })
  expect(second.session.expires).toBe(Math.floor(expiresAt / 1000))

  expect(await tyk.revoke(place, key)).toEqual({ outcome: 'ok' })
  expect((await kept(key)).status).toBe(404)
  expect(await tyk.revoke(place, key)).toEqual({ outcome: 'missing' })
})

test('telling a key twice ends in one key', async () => {
  const key = newApiKey()
  expect(await tyk.provision(place, key, granted())).toEqual({ outcome: 'ok' })
  expect(await tyk.provision(place, key, granted())).toEqual({ outcome: 'ok' })
  expect(await tyk.changePlan(place, key, granted())).toEqual({ outcome: 'ok' })
  expect(await tyk.revoke(place, key)).toEqual({ outcome: 'ok' })
  expect((await kept(key)).status).toBe(404)
})

test('a change keeps what was used of the quota', async () => {
  const host = 'quota.tyk.test'
  const own = { ...place, baseUrl: `https://${host}`, secret: tykSecret }
  const key = newApiKey()
  await tyk.provision(own, key, granted())
  await tyk.changePlan(own, key, granted())
  expect((await tykState(host)).resets).toBe(1)
})

test('what may pass later is told apart from what would be the same tomorrow', async () => {
  const host = 'faults.tyk.test'
  const own = { ...place, baseUrl: `https://${host}`, secret: tykSecret }
  const cases: [Parameters<typeof tykFault>[1], string, string][] = [
    [{ status: 500 }, 'retryable', 'Tyk answered 500.'],
    [{ status: 503, body: 'key prt_live_x' }, 'retryable', 'Tyk answered 503.'],
    [{ status: 429 }, 'retryable', 'Tyk answered 429.'],
    [{ hang: true }, 'retryable', 'Tyk did not answer in time.'],
    [{ status: 400 }, 'permanent', 'Tyk answered 400.'],
    [{ status: 403 }, 'permanent', 'Tyk refused the secret (403).'],
    [{ status: 200, body: '<h1>Welcome</h1>' }, 'permanent', 'What answers there is not Tyk.'],
    [{ status: 200, body: 'null' }, 'permanent', 'What answers there is not Tyk.'],
    [{ status: 404, body: 'Not found' }, 'permanent', 'Tyk’s API is not at this address (404).'],
    [
      { status: 302, location: 'https://elsewhere.tyk.test/' },
      'permanent',
      'The address sends on to another one, which is not followed.',
    ],
  ]
  for (const [fault, outcome, reason] of cases) {
    const adapter = tykAdapter({ timeoutMs: fault.hang ? 200 : 10_000 })
    for (const call of [
      () => adapter.provision(own, 'prt_live_x', granted()),
      () => adapter.changePlan(own, 'prt_live_x', granted()),
      () => adapter.revoke(own, 'prt_live_x'),
    ]) {
      await tykFault(host, fault)
      expect(await call()).toEqual({ outcome, reason })
    }
  }
  expect((await tykState('elsewhere.tyk.test')).calls).toEqual([])
})

test('a gateway that is not there, not Tyk, or not well is said so', async () => {
  const host = 'unwell.tyk.test'
  const own = { ...place, baseUrl: `https://${host}`, secret: tykSecret }
  await tykFault(host, { hang: true })
  expect(await tykAdapter({ timeoutMs: 200 }).health(own)).toMatchObject({
    ok: false,
    message: 'Tyk did not answer in time.',
  })
  const adapter = tykAdapter({ timeoutMs: 10_000 })
  await tykFault(host, { status: 200, body: '<h1>Welcome</h1>' })
  expect(await adapter.health(own)).toMatchObject({ ok: false })
  await tykFault(host, { status: 503, body: '{"status":"fail","version":"v5.8.0"}' })
  expect(await adapter.health(own)).toMatchObject({ ok: false, version: 'v5.8.0' })
  expect(await adapter.health(own)).toEqual({
    ok: true,
    message: 'Tyk answers and takes the secret.',
    version: 'v5.8.0',
  })
})
