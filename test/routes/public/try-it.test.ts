// Try it: which keys are offered to whom, how one is handed out for a call, and what the page itself says and allows.
import { createExecutionContext, runDurableObjectAlarm, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { DeveloperActor } from '~/domain/kernel/actor'
import { flushUsage } from '~/platform/gateway-proxy'
import { paths } from '~/platform/paths'
import type { KeyOffer } from '~/ui/gateway/key-offer'
import worker from '~/worker'
import { accessRequests, apis, apps, credentials, events, organizations, usageHours } from '~db/schema'
import { db } from '~test/support/context'
import { documentedProduct } from '~test/support/documents'
import { origin, Portal, signedIn } from '~test/support/portal'
import { granted, offer, requested } from '~test/support/requests'
import * as world from '~test/support/world'

const keyPattern = /prt_live_[0-9A-Za-z]{38}/

async function withKey(owner: DeveloperActor, changes: Parameters<typeof world.app>[1] = {}) {
  const app = await world.app(owner, changes)
  const { of } = await granted(owner, { app: app.id })
  const [credential] = await db.select().from(credentials).where(eq(credentials.appId, app.id))
  if (!credential) throw new Error('no credential')
  return { of, app, credential, callTo: paths.dashboard.callWithCredential(app.id, credential.id) }
}

async function offered(portal: Portal, slug: string): Promise<KeyOffer> {
  const response = await portal.request(paths.productApiKeys(slug, 'main'))
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
  const text = await response.text()
  expect(text).not.toMatch(keyPattern)
  return JSON.parse(text) as KeyOffer
}

test('a developer is offered the keys that may call the product, by app, plan and mask, without a secret', async () => {
  const actor = await world.superAdmin()
  const { of, app, credential, callTo } = await withKey(actor)
  await granted(actor)
  const { keys, reader } = await offered(await signedIn(actor), of.product.slug)
  expect(reader).toBe('developer')
  expect(keys).toEqual([
    {
      id: credential.id,
      type: 'api_key',
      appName: app.name,
      planName: of.auto.name,
      masked: `prt_live_${'•'.repeat(12)}${credential.hint}`,
      canBeFetched: true,
      callTo,
    },
  ])
})

test('the key is handed out by a POST of its own, never stored, told as a reveal, and its call counts', async () => {
  const actor = await world.superAdmin()
  const { of, app, credential, callTo } = await withKey(actor)
  const portal = await signedIn(actor)
  const answer = await portal.post(callTo)
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
  const { secret } = (await answer.json()) as { secret: string }
  expect(secret.slice(-4)).toBe(credential.hint)
  const told = await db.select().from(events).where(eq(events.subjectId, credential.id))
  expect(told.filter((event) => event.type === 'credential.revealed')).toHaveLength(1)
  expect(JSON.stringify(told)).not.toContain(secret)

  const call = await new Portal().request(`/gateway/${of.product.slug}/main/x`, {
    headers: { authorization: `Bearer ${secret}` },
  })
  expect(call.status).toBe(200)
  await flushUsage(env)
  await runDurableObjectAlarm(env.LIMITER.get(env.LIMITER.idFromName(credential.id)))
  const usage = await db.select().from(usageHours).where(eq(usageHours.credentialId, credential.id))
  expect(usage).toMatchObject([{ appId: app.id, calls: 1, statusClass: 2 }])
})

test('another site cannot ask for a key, nor can a link', async () => {
  const actor = await world.superAdmin()
  const { credential, callTo } = await withKey(actor)
  const portal = await signedIn(actor)
  const foreign = { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' }
  for (const answer of [await portal.post(callTo, {}, foreign), await portal.request(callTo)]) {
    expect(answer.status).not.toBe(200)
    expect(await answer.text()).not.toMatch(keyPattern)
  }
  const told = await db.select().from(events).where(eq(events.subjectId, credential.id))
  expect(told.filter((event) => event.type === 'credential.revealed')).toEqual([])
})

test('visitors, admins and developers without access are offered no key, and told apart', async () => {
  const { product } = await offer()
  const none = { keys: [], hasPendingRequest: false, productName: product.name }
  expect(await offered(new Portal(), product.slug)).toMatchObject({ ...none, reader: 'visitor' })
  expect(await offered(await signedIn(await world.admin()), product.slug)).toMatchObject({
    ...none,
    reader: 'admin',
  })
  const actor = await world.superAdmin()
  const portal = await signedIn(actor)
  expect(await offered(portal, product.slug)).toMatchObject({ ...none, reader: 'developer' })
  const waiting = await requested(actor)
  expect(await offered(portal, waiting.of.product.slug)).toMatchObject({ keys: [], hasPendingRequest: true })
})

test('who sees an app is offered its keys: its team, its organization, and for a personal one its owner alone', async () => {
  const organization = await world.organization()
  const team = await world.team(organization.id)
  const inside = { organizationId: organization.id }
  const owner = await world.developer({ ...inside, teamIds: [team.id] })
  const readers = {
    owner,
    boss: await world.superAdmin(inside),
    mate: await world.developer({ ...inside, teamIds: [team.id] }),
    member: await world.developer(inside),
    stranger: await world.superAdmin(),
  }
  for (const [changes, expected] of [
    [{ visibility: 'organization' }, ['owner', 'boss', 'mate', 'member']],
    [{ visibility: 'team', teamId: team.id }, ['owner', 'boss', 'mate']],
    [{ visibility: 'personal' }, ['owner']],
  ] as const) {
    const { of, callTo } = await withKey(owner, changes)
    for (const [name, reader] of Object.entries(readers)) {
      const portal = await signedIn(reader)
      const may = (expected as readonly string[]).includes(name)
      const { keys } = await offered(portal, of.product.slug)
      expect(keys.length, `${name} is offered a ${changes.visibility} app’s key`).toBe(may ? 1 : 0)
      const answer = await portal.post(callTo)
      expect(answer.status, `${name} gets a ${changes.visibility} app’s key`).toBe(may ? 200 : 404)
      expect(keyPattern.test(await answer.text())).toBe(may)
    }
  }
})

test('keys that do not work are not offered: revoked, expired, replaced, of a stopped app, without approved access', async () => {
  const actor = await world.superAdmin()
  const portal = await signedIn(actor)
  const past = Date.now() - 1000
  const ends: ((it: Awaited<ReturnType<typeof withKey>>) => Promise<unknown>)[] = [
    ({ credential }) =>
      db.update(credentials).set({ state: 'revoked' }).where(eq(credentials.id, credential.id)),
    ({ credential }) =>
      db.update(credentials).set({ expiresAt: past }).where(eq(credentials.id, credential.id)),
    ({ credential }) =>
      db
        .update(credentials)
        .set({ state: 'retiring', retiresAt: past })
        .where(eq(credentials.id, credential.id)),
    ({ app }) => db.update(apps).set({ frozenAt: past }).where(eq(apps.id, app.id)),
    ({ app }) => db.update(accessRequests).set({ state: 'revoked' }).where(eq(accessRequests.appId, app.id)),
  ]
  for (const [at, end] of ends.entries()) {
    const it = await withKey(actor)
    expect((await offered(portal, it.of.product.slug)).keys).toHaveLength(1)
    await end(it)
    expect((await offered(portal, it.of.product.slug)).keys, `after end ${at}`).toEqual([])
    if (at < 3) expect((await portal.post(it.callTo)).status).toBe(409)
  }
  // The gateway tells why: the organization is suspended, its people still log in and read.
  const it = await withKey(actor)
  await db.update(organizations).set({ state: 'suspended' }).where(eq(organizations.id, actor.organizationId))
  expect((await offered(portal, it.of.product.slug)).keys).toHaveLength(1)
})

test('a key that is shown once only is offered for pasting, and asking for it does not spend it', async () => {
  const actor = await world.superAdmin()
  const { of, credential, callTo } = await withKey(actor)
  await db.update(credentials).set({ showOnce: true }).where(eq(credentials.id, credential.id))
  const portal = await signedIn(actor)
  expect((await offered(portal, of.product.slug)).keys).toMatchObject([{ canBeFetched: false }])
  const answer = await portal.post(callTo)
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([409, 'no-store'])
  expect(await answer.json()).toEqual({ problem: expect.stringContaining('Paste it') })
  const [row] = await db.select().from(credentials).where(eq(credentials.id, credential.id))
  expect(row?.secretCipher).toBe(credential.secretCipher)
})

test('an API that the reader does not see, or that takes no calls, has no keys to offer', async () => {
  const partner = await world.organization()
  const catalog = await world.catalog('custom', { organizationId: partner.id })
  const product = await world.product([catalog.id])
  const inside = await signedIn(await world.superAdmin({ organizationId: partner.id }))
  const outside = await signedIn(await world.superAdmin())
  const keysOf = (portal: Portal, api = 'main') =>
    portal.request(paths.productApiKeys(product.slug, api)).then(({ status }) => status)
  expect(await keysOf(inside)).toBe(200)
  expect(await keysOf(outside)).toBe(404)
  expect(await keysOf(new Portal())).toBe(404)
  expect(await keysOf(inside, 'other')).toBe(404)
  await db.update(apis).set({ upstreamUrl: null }).where(eq(apis.id, product.apiId))
  expect(await keysOf(inside)).toBe(404)
})

test('the page of an operation offers Try it when the API takes calls, without the reader’s keys in it', async () => {
  const catalog = await world.catalog()
  const callable = await documentedProduct([catalog.id], { name: `Callable ${catalog.id}` })
  const portal = await signedIn(await world.superAdmin())
  const page = await portal.get(paths.productOperation(callable.slug, 'main', 'get-pet'))
  expect(page.html).toContain('Try it needs JavaScript')
  expect(page.html).not.toMatch(keyPattern)
  await db.update(apis).set({ upstreamUrl: null }).where(eq(apis.productId, callable.productId))
  const read = await portal.get(paths.productOperation(callable.slug, 'main', 'get-pet'))
  expect(read.status).toBe(200)
  expect(read.html).not.toContain('Try it')
})

test('pages may talk to the portal, and to the gateway where it has a host of its own; to nobody else', async () => {
  const policyWith = async (gatewayOrigin: string) => {
    const ctx = createExecutionContext()
    const request = new Request(`${origin}/auth/login`) as Parameters<typeof worker.fetch>[0]
    const response = await worker.fetch(request, { ...env, GATEWAY_ORIGIN: gatewayOrigin }, ctx)
    await waitOnExecutionContext(ctx)
    await response.body?.cancel()
    return /connect-src ([^;]*)/.exec(response.headers.get('content-security-policy') ?? '')?.[1]
  }
  expect(await policyWith('')).toBe("'self'")
  expect(await policyWith(origin)).toBe("'self'")
  expect(await policyWith('https://gateway.test/')).toBe("'self' https://gateway.test")
  expect(await policyWith('not an address; script-src *')).toBe("'self'")
})
