// Why was I refused? A refused call is found by its request id by whoever may see the app, and by nobody else.
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { newApiKey } from '~/domain/apps/credential-key'
import { deleteOldRefusals } from '~/domain/gateway/delete-old-refusals.server'
import { recordRefusals } from '~/domain/gateway/record-refusals.server'
import {
  keptForMs,
  keptPath,
  type RefusedCall,
  standsFor,
  standsForAfter,
} from '~/domain/gateway/refused-call'
import { createTokenVerifier, signAccessToken } from '~/platform/access-tokens'
import { createCredentialCache } from '~/platform/gateway-cache'
import { createLeaseKeeper } from '~/platform/gateway-leases'
import { flushUsage, type GatewayMemory, handleGateway } from '~/platform/gateway-proxy'
import { createRefusalBooks } from '~/platform/gateway-refusals'
import { createUsageBooks } from '~/platform/gateway-usage'
import { paths } from '~/platform/paths'
import { apps, refusedCalls } from '~db/schema'
import { contextFor, db, system } from '~test/support/context'
import { changeCredential, client, credential } from '~test/support/credentials'
import { Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

type Issued = Awaited<ReturnType<typeof credential>>

function isolate() {
  const memory: GatewayMemory = {
    tokens: createTokenVerifier(),
    credentials: createCredentialCache(),
    leases: createLeaseKeeper(),
    usage: createUsageBooks(),
    refusals: createRefusalBooks(),
  }
  return {
    memory,
    call: (it: Pick<Issued, 'base'>, key: string | null, path: string, init: RequestInit = {}) =>
      handleGateway(
        new Request(`https://portal.test${it.base}${path}`, {
          ...init,
          headers: { ...(key === null ? {} : { 'x-api-key': key }), ...init.headers },
        }),
        env,
        { waitUntil: () => {} },
        { memory },
      ),
    flush: (bindings: Env = env) => flushUsage(bindings, memory),
  }
}

const objectOf = ({ credentialId }: Pick<Issued, 'credentialId'>) =>
  env.LIMITER.get(env.LIMITER.idFromName(credentialId))
const write = (it: Pick<Issued, 'credentialId'>) => runDurableObjectAlarm(objectOf(it))
const keptOf = (it: Issued) => db.select().from(refusedCalls).where(eq(refusedCalls.appId, it.appId))

async function refusedOnce(it: Issued, path = '/orders/7'): Promise<string> {
  const here = isolate()
  await changeCredential(it.credentialId, { state: 'revoked' })
  const answer = await here.call(it, it.key, path)
  const { requestId, code } = (await answer.json()) as { requestId: string; code: string }
  expect([code, answer.headers.get('x-request-id')]).toEqual(['credential_revoked', requestId])
  await here.flush()
  await write(it)
  return requestId
}

test('a refusal is kept with what was called, why, and nothing that could be secret', async () => {
  const it = await credential()
  const requestId = await refusedOnce(it, '/orders/7?token=very-secret&x=1')
  const [row] = await keptOf(it)
  expect(row).toMatchObject({
    requestId,
    appId: it.appId,
    credentialId: it.credentialId,
    organizationId: it.organizationId,
    method: 'GET',
    path: `${it.base}/orders/7`,
    code: 'credential_revoked',
    detail: null,
    standsFor: 1,
  })
  expect(JSON.stringify(row)).not.toContain('very-secret')
  expect(JSON.stringify(row)).not.toContain(it.key)
})

test('a call with an access token that has expired is found by the owner of its client', async () => {
  const it = await client()
  const grant = { clientId: it.clientId, credentialId: it.credentialId, scope: null, lifetime: 600 }
  const token = await signAccessToken({ ...contextFor(system), now: Date.now() - 3_600_000 }, grant)
  const here = isolate()
  const answer = await here.call(it, null, '/orders', {
    headers: { authorization: `Bearer ${token}` },
  })
  const { requestId, code, detail } = (await answer.json()) as Record<string, string>
  expect([answer.status, code]).toEqual([401, 'invalid_credential'])
  expect(detail).toContain('has expired')
  await here.flush()
  await write(it)
  const { html } = await (await signedIn(it.owner)).get(
    `${paths.dashboard.refusedCalls(it.appId)}?q=${requestId}`,
  )
  expect(html).toContain(`">${requestId}</span>`)
  expect(html).toContain('This access token has expired')
})

test('it is found by its owner, their super admin and an admin, and by nobody else', async () => {
  const organization = await world.organization()
  const [mine, other] = [await world.team(organization.id), await world.team(organization.id)]
  const member = (teamId: typeof mine.id) =>
    world.developer({ organizationId: organization.id, teamIds: [teamId] })
  const owner = await member(mine.id)
  const it = await credential({ owner })
  await db.update(apps).set({ visibility: 'team', teamId: mine.id }).where(eq(apps.id, it.appId))
  const requestId = await refusedOnce(it)
  const page = `${paths.dashboard.refusedCalls(it.appId)}?q=${requestId}`
  const read = async (portal: Portal, path: string) => {
    const { status, html } = await portal.get(path)
    return [status, html.includes(`">${requestId}</span>`)]
  }
  const superAdmin = await world.superAdmin({ organizationId: organization.id })
  for (const actor of [owner, superAdmin])
    expect(await read(await signedIn(actor), page)).toEqual([200, true])
  for (const actor of [await member(other.id), await world.superAdmin()])
    expect(await read(await signedIn(actor), page)).toEqual([404, false])
  // Their own app's page does not find it either.
  const stranger = await world.superAdmin()
  const theirs = await world.app(stranger)
  expect(
    await read(await signedIn(stranger), `${paths.dashboard.refusedCalls(theirs.id)}?q=${requestId}`),
  ).toEqual([200, false])
  expect((await new Portal().request(page)).status).toBe(303)
  const admin = await signedIn(await world.admin())
  for (const path of [paths.admin.refusedCalls, paths.admin.refusedCallsOf(it.appId)])
    expect(await read(admin, `${path}?q=${requestId}`)).toEqual([200, true])
  expect(await read(await signedIn(owner), `${paths.admin.refusedCalls}?q=${requestId}`)).toEqual([
    404,
    false,
  ])
})

test('what was refused before an app came to an organization stays with the one before', async () => {
  const it = await credential()
  await refusedOnce(it)
  const newOwner = await world.superAdmin()
  await db
    .update(apps)
    .set({ organizationId: newOwner.organizationId, ownerId: newOwner.userId })
    .where(eq(apps.id, it.appId))
  const { html } = await (await signedIn(newOwner)).get(paths.dashboard.refusedCalls(it.appId))
  expect(html).toContain('No call was refused in the last 7 days')
})

test('a key that nobody holds leaves nothing, and a call that passes reports no refusal', async () => {
  const it = await credential()
  const here = isolate()
  expect((await here.call(it, newApiKey(), '/x')).status).toBe(401)
  expect((await here.call(it, 'no key at all', '/x')).status).toBe(401)
  expect((await here.call(it, it.key, '/x')).status).toBe(200)
  const reported: RefusedCall[] = []
  await here.memory.refusals.flush(async (_, refusals) => void reported.push(...refusals))
  expect(reported).toEqual([])
})

test('the rate, the address, a narrower key and an API that fails are told with their own reasons', async () => {
  const it = await credential({ terms: { rateLimit: 2, ratePeriodSeconds: 3600 } })
  const here = isolate()
  await here.call(it, it.key, '/~status/200')
  await here.call(it, it.key, '/~hang-up').catch(() => null)
  await here.call(it, it.key, '/x')
  await here.call({ base: it.base.replace(/main$/, 'nothing') }, it.key, '/x')
  await here.call({ base: '/gateway/strangers/main' }, it.key, '/x', { method: 'DELETE' })
  await here.flush()
  await write(it)
  const codes = (await keptOf(it)).map(({ code }) => code)
  expect(codes).toEqual(expect.arrayContaining(['rate_limited', 'unknown_api', 'product_not_allowed']))
  const { html } = await (await signedIn(it.owner)).get(
    `${paths.dashboard.refusedCalls(it.appId)}?code=rate_limited`,
  )
  expect(html).toContain('Wait as long as Retry-After says.')
  expect(html).not.toContain('This key does not open a product')
})

test('up to a thousand in an hour all are kept, then ever fewer, each saying for how many it stands', () => {
  const weights = Array.from({ length: 100_000 }, (_, at) => standsFor(at + 1))
  expect(weights.slice(0, 1000).every((weight) => weight === 1)).toBe(true)
  expect(weights.filter((weight) => weight > 0)).toHaveLength(1000 + 900 + 900)
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(100_000)
  // Weighted ones that arrive from many isolates add up the same way.
  let [count, kept, said] = [0, 0, 0]
  for (const weight of weights.filter((one) => one > 0)) {
    const stands = standsForAfter(count, weight)
    count += weight
    kept += Number(stands > 0)
    said += stands
  }
  expect([count, said]).toEqual([100_000, 100_000])
  expect(kept).toBeLessThanOrEqual(2800)
})

test('a flood is sampled in the isolate and over isolates, and asks the object once in a while', async () => {
  const it = await credential({ terms: { rateLimit: 1, ratePeriodSeconds: 3600 } })
  const isolates = [isolate(), isolate()]
  for (const here of isolates)
    await Promise.all(Array.from({ length: 1500 }, () => here.call(it, it.key, '/x')))
  let asked = 0
  for (const here of isolates) {
    await here.memory.refusals.flush(async (owner, refusals) => {
      asked += 1
      await runInDurableObject(objectOf(it), (object) =>
        (object as unknown as { refused(...args: unknown[]): Promise<void> }).refused(owner, refusals),
      )
    })
  }
  // On a slow machine an isolate has reported by its clock before.
  expect(asked).toBeLessThanOrEqual(2)
  while (await write(it));
  const rows = await keptOf(it)
  const total = rows.reduce((sum, row) => sum + row.standsFor, 0)
  expect(rows.length).toBeLessThan(1250)
  expect(Math.abs(total - 2999)).toBeLessThanOrEqual(60)
}, 60_000)

test('when D1 fails refusals wait, and are written once', async () => {
  const it = await credential()
  await changeCredential(it.credentialId, { state: 'revoked' })
  const here = isolate()
  await here.call(it, it.key, '/x')
  await here.flush()
  await runInDurableObject(objectOf(it), async (object, state) => {
    const real = (object as unknown as { env: Env }).env
    Object.assign(object, { env: { ...real, DB: null } })
    await (object as unknown as { alarm(): Promise<void> }).alarm()
    Object.assign(object, { env: real })
    expect(await state.storage.getAlarm()).not.toBeNull()
  })
  expect(await keptOf(it)).toEqual([])
  await write(it)
  const rows = await keptOf(it)
  expect(rows).toHaveLength(1)
  await recordRefusals(db, rows as never)
  expect(await keptOf(it)).toHaveLength(1)
})

test('after a week a refusal is not shown, and the cron deletes it', async () => {
  const it = await credential()
  const requestId = await refusedOnce(it)
  await db
    .update(refusedCalls)
    .set({ at: Date.now() - keptForMs - 1 })
    .where(eq(refusedCalls.appId, it.appId))
  const { html } = await (await signedIn(await world.admin())).get(
    `${paths.admin.refusedCalls}?q=${requestId}`,
  )
  expect(html).toContain('No such call')
  await deleteOldRefusals(contextFor(system))
  expect(await keptOf(it)).toEqual([])
})

test('admins find the calls of all apps that were refused for one reason, a page at a time', async () => {
  const [one, other] = [await credential(), await credential()]
  const rows = [one, other].flatMap((it, of) =>
    Array.from({ length: 30 }, (_, at) => ({
      requestId: `all-${String(at).padStart(2, '0')}-${it.appId.slice(-6)}`,
      appId: it.appId,
      organizationId: it.organizationId,
      credentialId: it.credentialId,
      at: Date.now() - at * 1000 - of,
      method: 'GET',
      path: '/gateway/a/b/c',
      code: at % 10 === 0 ? ('product_not_allowed' as const) : ('upstream_timeout' as const),
      detail: null,
      standsFor: 1,
    })),
  )
  await recordRefusals(db, rows)
  const admin = await signedIn(await world.admin())
  const idsIn = (html: string) => [...html.matchAll(/">(all-\d\d-\w+)<\/span>/g)].map(([, id]) => id ?? '')
  const few = (await admin.get(`${paths.admin.refusedCalls}?code=product_not_allowed`)).html
  const expected = rows.filter(({ code }) => code === 'product_not_allowed').map(({ requestId }) => requestId)
  expect(
    idsIn(few)
      .filter((id) => expected.includes(id))
      .sort(),
  ).toEqual(expected.sort())
  expect(idsIn(few).filter((id) => !expected.includes(id))).toEqual([])
  const many = (await admin.get(`${paths.admin.refusedCalls}?code=upstream_timeout`)).html
  expect(many).toMatch(
    /href="[^"]*code=upstream_timeout&amp;after=|href="[^"]*after=[^"]*&amp;code=upstream_timeout/,
  )
  // A reason that is not known narrows nothing; a request id is found within the reason alone.
  const both = `${paths.admin.refusedCalls}?code=upstream_timeout&q=${expected[0]}`
  expect((await admin.get(both)).html).toContain('No such call')
  expect((await admin.get(`${paths.admin.refusedCalls}?code=nonsense`)).status).toBe(200)
})

test('pages of refused calls are cut by cursor, and each is read along an index', async () => {
  const it = await credential()
  const rows = Array.from({ length: 130 }, (_, at) => ({
    requestId: `page-${String(at).padStart(3, '0')}-${it.appId.slice(-6)}`,
    appId: it.appId,
    organizationId: it.organizationId,
    credentialId: it.credentialId,
    at: Date.now() - at * 1000,
    method: 'GET',
    path: '/gateway/a/b/c',
    code: 'rate_limited' as const,
    detail: null,
    standsFor: 1,
  }))
  await recordRefusals(db, rows)
  const portal = await signedIn(it.owner)
  let path: string | undefined = `${paths.dashboard.refusedCalls(it.appId)}?code=rate_limited`
  const seen: string[] = []
  while (path) {
    const { html } = await portal.get(path)
    seen.push(...[...html.matchAll(/">(page-\d+)[^<]*<\/span>/g)].map(([, id]) => id ?? ''))
    path = /<a[^>]*rel="next"[^>]*href="([^"]+)"|<a[^>]*href="([^"]+)"[^>]*rel="next"/
      .exec(html)
      ?.slice(1)
      .find(Boolean)
      ?.replaceAll('&amp;', '&')
  }
  expect(seen).toEqual(rows.map(({ requestId }) => requestId.slice(0, 8)))
  for (const [which, index] of [
    ["app_id = 'a' and code = 'c'", 'refused_calls_app_code'],
    ["code = 'c'", 'refused_calls_code'],
  ]) {
    const plan = await env.DB.prepare(
      `explain query plan select * from refused_calls where ${which} and at >= 1 order by at desc, request_id desc limit 51`,
    ).all<{ detail: string }>()
    expect(plan.results.map(({ detail }) => detail).join()).toMatch(new RegExp(`${index} (?!.*TEMP)`))
  }
})

test.each([
  ['/gateway/a/b/things/7', '/gateway/a/b/things/7'],
  ['/gateway/a/b/keys/prt_live_abc/x', '/gateway/a/b/…'],
  ['/gateway/a/b/%70rt_live_abc', '/gateway/a/b/…'],
  ['/gateway/a/b/%2570rt_secret_abc', '/gateway/a/b/…'],
  ['/gateway/a/b/eyJhbGciOiJFUzI1NiJ9.eyJ', '/gateway/a/b/…'],
  ['/gateway/prt_live_abc/b/x', '…'],
])('of the path %s this is kept: %s', (path, kept) => {
  expect(keptPath(path)).toBe(kept)
  expect(keptPath(`${path}${'x'.repeat(900)}`).length).toBeLessThanOrEqual(301)
})
