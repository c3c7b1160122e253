// A client's whole way over HTTP: a token from the token endpoint, and calls with it.
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { forgetCredential, forgetOrganization } from '~/platform/gateway-cache'
import { handleGateway } from '~/platform/gateway-proxy'
import { paths } from '~/platform/paths'
import { organizations } from '~db/schema'
import { db } from '~test/support/context'
import {
  approvedRequest,
  type Client,
  changeApp,
  client,
  credential,
  tokenRequest,
} from '~test/support/credentials'
import { askWorker, origin } from '~test/support/portal'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 60_000 })

type TokenAnswer = { access_token: string; token_type: string; expires_in: number; scope: string }

async function tokenFor(of: Client, fields: Record<string, string> = {}): Promise<string> {
  const response = await askWorker(origin + paths.oauth.token, tokenRequest(of, fields))
  expect(response.status).toBe(200)
  return ((await response.json()) as TokenAnswer).access_token
}

function call(path: string, token: string, headers: Record<string, string> = {}): Promise<Response> {
  return askWorker(origin + path, { headers: { authorization: `Bearer ${token}`, ...headers } })
}

async function codeOf(response: Response): Promise<string> {
  return response.status === 200 ? 'passes' : ((await response.json()) as { code: string }).code
}

test('a client gets a token of ten minutes, and a call with it passes as the app, without the token', async () => {
  const it = await client({ terms: { planName: 'Free' } })
  const response = await askWorker(origin + paths.oauth.token, tokenRequest(it))
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('content-type')).toContain('application/json')
  const answer = (await response.json()) as TokenAnswer
  expect(answer).toMatchObject({ token_type: 'Bearer', expires_in: 600, scope: it.base.split('/')[2] })

  const called = await call(`${it.base}/things`, answer.access_token, { 'x-spare': answer.access_token })
  expect(called.status).toBe(200)
  const text = await called.text()
  expect(text).not.toContain(answer.access_token)
  expect(JSON.parse(text)).toMatchObject({
    path: '/v1/things',
    headers: { 'x-portico-app': it.appId, 'x-portico-plan': 'Free' },
  })
})

test('a token is taken where the API takes OAuth, a key where it takes keys, and neither in the place of the other', async () => {
  const it = await client({ only: true })
  const token = await tokenFor(it)
  const key = await credential({ owner: it.owner, productId: it.productId })
  expect(await codeOf(await call(`${it.base}/x`, token))).toBe('passes')
  expect(await codeOf(await call(`${it.base}/x`, key.key))).toBe('product_not_allowed')
  expect(await codeOf(await call(`${it.base}/x`, it.secret))).toBe('invalid_credential')
  const asKey = await askWorker(`${origin}${it.base}/x`, { headers: { 'x-api-key': token } })
  expect(await codeOf(asKey)).toBe('invalid_credential')
  const keysOnly = await credential()
  await approvedRequest({ ...it, productId: keysOnly.productId })
  forgetCredential(it.credentialId)
  const refused = await call(`${keysOnly.base}/x`, token)
  expect(refused.status).toBe(403)
  expect(await refused.json()).toMatchObject({
    code: 'product_not_allowed',
    detail: 'This API takes no access tokens. Use an API key.',
  })
})

test('what stops a client stops its tokens at once where it is done, in both directions', async () => {
  const it = await client()
  const token = await tokenFor(it)
  const passes = async () => codeOf(await call(`${it.base}/x`, token))
  expect(await passes()).toBe('passes')
  await changeApp(it.appId, { frozenAt: Date.now(), frozenBy: 'developer' })
  forgetCredential(it.credentialId)
  expect(await passes()).toBe('app_frozen')
  await changeApp(it.appId, { frozenAt: null, frozenBy: null })
  await db.update(organizations).set({ state: 'suspended' }).where(eq(organizations.id, it.organizationId))
  forgetOrganization(it.organizationId)
  expect(await passes()).toBe('organization_suspended')
  const refused = await askWorker(origin + paths.oauth.token, tokenRequest(it))
  expect(refused.status).toBe(400)
  expect(await refused.json()).toMatchObject({ error: 'unauthorized_client' })
})

test('clients of two catalogs call the products of their own catalog and not those of the other', async () => {
  const owner = await world.superAdmin()
  const [one, two] = [await client({ owner }), await client({ owner })]
  const [ofOne, ofTwo] = [await tokenFor(one), await tokenFor(two)]
  expect(await codeOf(await call(`${one.base}/x`, ofOne))).toBe('passes')
  expect(await codeOf(await call(`${two.base}/x`, ofTwo))).toBe('passes')
  expect(await codeOf(await call(`${two.base}/x`, ofOne))).toBe('product_not_allowed')
  expect(await codeOf(await call(`${one.base}/x`, ofTwo))).toBe('product_not_allowed')
})

test('a token with a scope opens that product only, and says which scope another one needs', async () => {
  const it = await client()
  const other = await client({ owner: it.owner })
  await approvedRequest({ ...it, productId: other.productId })
  const [slug = '', otherSlug = ''] = [it.base.split('/')[2], other.base.split('/')[2]]
  const token = await tokenFor(it, { scope: slug })
  expect(await codeOf(await call(`${it.base}/x`, token))).toBe('passes')
  const refused = await call(`${other.base}/x`, token)
  expect(refused.status).toBe(403)
  expect(refused.headers.get('www-authenticate')).toBe(
    `Bearer error="insufficient_scope", scope="${otherSlug}"`,
  )
  expect(await codeOf(refused)).toBe('product_not_allowed')
  expect(await codeOf(await call(`${other.base}/x`, await tokenFor(it)))).toBe('passes')
})

test('the limits of the access request hold for its tokens together, and a fresh token brings no fresh quota', async () => {
  const it = await client({ terms: { quotaLimit: 2, quotaPeriod: 'day' } })
  const [first, second] = [await tokenFor(it), await tokenFor(it)]
  expect(first).not.toBe(second)
  expect((await call(`${it.base}/x`, first)).status).toBe(200)
  expect((await call(`${it.base}/x`, second)).status).toBe(200)
  expect(await codeOf(await call(`${it.base}/x`, await tokenFor(it)))).toBe('quota_exceeded')
})

test('a warm call with a token asks neither D1 nor a Durable Object nor KV', async () => {
  const it = await client()
  const token = await tokenFor(it)
  expect((await call(`${it.base}/x`, token)).status).toBe(200)
  const asked = [
    vi.spyOn(env.DB, 'prepare'),
    vi.spyOn(env.DB, 'batch'),
    vi.spyOn(env.LIMITER, 'get'),
    vi.spyOn(env.TOKENS, 'get'),
  ]
  const request = new Request(`${origin}${it.base}/x`, { headers: { authorization: `Bearer ${token}` } })
  const response = await handleGateway(request, env, { waitUntil: () => {} })
  expect(response.status).toBe(200)
  for (const spy of asked) expect(spy).not.toHaveBeenCalled()
  vi.restoreAllMocks()
})
