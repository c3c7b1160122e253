// Tokens that the gateway must not take (RFC 8725): another algorithm, none, another key, another kind, and every part that
// was touched. Each is a copy of a good token with one thing changed.
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { listSigningKeys } from '~/domain/gateway/queries-signing-keys.server'
import { signingParameters } from '~/domain/gateway/signing-key'
import { signAccessToken } from '~/platform/access-tokens'
import { handleGateway } from '~/platform/gateway-proxy'
import { paths } from '~/platform/paths'
import { contextFor, db } from '~test/support/context'
import { client } from '~test/support/credentials'
import { forged, macBy, newKeyPair, part, partsOf, signedBy } from '~test/support/forged-tokens'
import { askWorker, origin } from '~test/support/portal'

type Jwks = { keys: (JsonWebKey & { kid: string })[] }

let base: string
let good: string
let jwk: Jwks['keys'][number]

const system = contextFor({ type: 'system' })

beforeAll(async () => {
  const it = await client()
  base = it.base
  const grant = { clientId: it.clientId, credentialId: it.credentialId, scope: null, lifetime: 600 }
  good = await signAccessToken({ ...system, now: Date.now() }, grant)
  const jwks = (await (await askWorker(origin + paths.oauth.keys)).json()) as Jwks
  const [first] = jwks.keys
  if (!first) throw new Error('no key')
  jwk = first
})

afterEach(() => vi.restoreAllMocks())

async function outcome(token: string): Promise<string> {
  const response = await askWorker(`${origin}${base}/x`, { headers: { authorization: `Bearer ${token}` } })
  if (response.status === 200) return 'passes'
  expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
  return `${response.status} ${((await response.json()) as { code: string }).code}`
}

const refused = '401 invalid_credential'

test('the token that all others are copies of passes', async () => {
  expect(await outcome(good)).toBe('passes')
  expect(partsOf(good).header).toEqual({ typ: 'at+jwt', kid: jwk.kid, alg: 'ES256' })
})

test('a token without a signature, whatever its header says, is refused', async () => {
  const { header, payload } = partsOf(good)
  for (const alg of ['none', 'None', 'NONE', 'nOnE', '']) {
    const unsigned = `${part({ ...header, alg })}.${part(payload)}`
    for (const token of [`${unsigned}.`, unsigned, `${unsigned}.${good.split('.')[2]}`])
      expect(await outcome(token), alg).toBe(refused)
  }
  const [head, body] = good.split('.')
  expect(await outcome(`${head}.${body}.`)).toBe(refused)
})

test('a MAC under the public key, in every form that it is published in, is refused', async () => {
  const { header, payload } = partsOf(good)
  for (const secret of [JSON.stringify(jwk), String(jwk.x), `${jwk.x}${jwk.y}`, jwk.kid]) {
    const token = await forged({ ...header, alg: 'HS256' }, payload, await macBy(secret))
    expect(await outcome(token)).toBe(refused)
    const claimed = await forged(header, payload, await macBy(secret))
    expect(await outcome(claimed)).toBe(refused)
  }
})

test('another key is refused under the known name, and no header can bring one along', async () => {
  const { header, payload } = partsOf(good)
  const pair = await newKeyPair()
  const own = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const outbound = vi.spyOn(globalThis, 'fetch')
  for (const more of [
    {},
    { jwk: own },
    { jku: 'https://evil.test/jwks.json' },
    { x5u: 'https://evil.test/cert.pem' },
    { x5c: ['MIIB'] },
    { kid: 'unknown' },
    { kid: '../../dev/null' },
    { kid: "' or '1'='1" },
    { kid: undefined },
    { kid: ['sgk'] },
    { crit: ['exp'] },
    { b64: false, crit: ['b64'] },
  ])
    expect(await outcome(await forged({ ...header, ...more }, payload, signedBy(pair.privateKey)))).toBe(
      refused,
    )
  expect(outbound).not.toHaveBeenCalled()
})

test('another algorithm or another kind of token is refused even where the signature holds', async () => {
  const { header, payload } = partsOf(good)
  const sign = signedBy(await ownKey())
  expect(await outcome(await forged(header, payload, sign))).toBe('passes')
  for (const changed of [
    { alg: 'ES384' },
    { alg: 'RS256' },
    { alg: 'es256' },
    { alg: undefined },
    { typ: 'JWT' },
    { typ: 'id_token+jwt' },
    { typ: undefined },
    { cty: 'JWT' },
    { jku: 'https://evil.test/jwks.json' },
    { crit: ['exp'] },
  ])
    expect(
      await outcome(await forged({ ...header, ...changed }, payload, sign)),
      JSON.stringify(changed),
    ).toBe(refused)
})

/** The portal's own signing key, as only whoever holds the vault's key can get it. */
async function ownKey(): Promise<CryptoKey> {
  const key = (await listSigningKeys(db)).find(({ id }) => id === jwk.kid)
  const opened = await system.vault.open(key?.privateCipher ?? '', key?.id ?? '')
  return crypto.subtle.importKey('jwk', JSON.parse(opened) as JsonWebKey, signingParameters, false, ['sign'])
}

test('a token of which any part was touched is refused', async () => {
  const [head = '', body = '', signature = ''] = good.split('.')
  const { payload } = partsOf(good)
  const flip = (text: string) => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`
  for (const token of [
    `${flip(head)}.${body}.${signature}`,
    `${head}.${flip(body)}.${signature}`,
    `${head}.${body}.${flip(signature)}`,
    `${head}.${part({ ...payload, credential_id: 'crd_other' })}.${signature}`,
    `${head}.${part({ ...payload, exp: 9_999_999_999 })}.${signature}`,
    `${good}.${signature}`,
    `${good}=`,
    `${head}..${signature}`,
    `.${body}.${signature}`,
    `${head}.${body}`,
    `${head}.${body}.${'A'.repeat(86)}`,
    `${part('[]')}.${body}.${signature}`,
    `${part('{')}.${body}.${signature}`,
    `${'_'.repeat(40)}.${body}.${signature}`,
    `${'a'.repeat(9000)}.${body}.${signature}`,
  ])
    expect(await outcome(token), token.slice(0, 60)).toBe(refused)
})

test('a token of another issuer or for another audience is refused though this portal signed it', async () => {
  const { payload } = partsOf(good)
  const grant = {
    clientId: String(payload['client_id']),
    credentialId: String(payload['credential_id']) as `crd_${string}`,
    scope: null,
    lifetime: 600,
  }
  const now = Date.now()
  expect(await outcome(await signAccessToken({ ...system, now }, grant))).toBe('passes')
  const elsewhere = { ...system, now, origin: 'https://evil.test' }
  expect(await outcome(await signAccessToken(elsewhere, grant))).toBe(refused)
  const forOthers = { ...system, now, gatewayOrigin: 'https://api.evil.test' }
  expect(await outcome(await signAccessToken(forOthers, grant))).toBe(refused)
  const early = { ...system, now: now + 60_000 }
  expect(await outcome(await signAccessToken(early, grant))).toBe(refused)
})

test('a token whose time is over is refused, and says to get a new one', async () => {
  const { payload } = partsOf(good)
  const grant = {
    clientId: String(payload['client_id']),
    credentialId: String(payload['credential_id']) as `crd_${string}`,
    scope: null,
    lifetime: 600,
  }
  const old = await signAccessToken({ ...system, now: Date.now() - 631_000 }, grant)
  const response = await askWorker(`${origin}${base}/x`, { headers: { authorization: `Bearer ${old}` } })
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
  expect(await response.json()).toMatchObject({
    code: 'invalid_credential',
    detail: expect.stringMatching(/expired.*new one/),
  })
})

test('a flood of tokens under unknown names asks the database at most once in a while', async () => {
  const { header, payload } = partsOf(good)
  const pair = await newKeyPair()
  const asked = vi.spyOn(env.DB, 'prepare')
  for (let n = 0; n < 30; n += 1) {
    const token = await forged({ ...header, kid: `sgk_${n}` }, payload, signedBy(pair.privateKey))
    const request = new Request(`${origin}${base}/x`, { headers: { authorization: `Bearer ${token}` } })
    expect((await handleGateway(request, env, { waitUntil: () => {} })).status).toBe(401)
  }
  expect(asked.mock.calls.length).toBeLessThanOrEqual(1)
})
