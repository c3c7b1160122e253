// The care of keys on the pages of an app, and at the gateway.
import { SELF } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { flushUsage } from '~/platform/gateway-proxy'
import { paths } from '~/platform/paths'
import { credentials, organizations } from '~db/schema'
import { db } from '~test/support/context'
import { changeApp, changeCredential, credential } from '~test/support/credentials'
import { type Portal, signedIn } from '~test/support/portal'
import { granted } from '~test/support/requests'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

const { dashboard, admin } = paths

async function trips(portal: Portal, path: string) {
  const { html, status, response } = await portal.get(path)
  expect(status, path).toBe(200)
  expect(response.headers.get('server-timing'), path).toMatch(/"[12] trips"/)
  // React splits texts by comments.
  return html.replaceAll('<!-- -->', '')
}

function call(path: string, key: string, headers: Record<string, string> = {}) {
  return SELF.fetch(`https://portal.test${path}`, { headers: { authorization: `Bearer ${key}`, ...headers } })
}

test('limits are set by a form that keeps what was typed and marks each bad line; the gateway follows at once', async () => {
  const it = await credential()
  const portal = await signedIn(it.owner)
  const limitsPath = dashboard.limitCredential(it.appId, it.credentialId)
  expect(await trips(portal, dashboard.app(it.appId))).toContain(`href="${limitsPath}"`)
  expect(await trips(portal, limitsPath)).toContain('value="Key for tests"')
  expect((await call(`${it.base}/pets/1`, it.key)).status).toBe(200)
  const typed = { version: '0', name: 'CI', ipRanges: '203.0.113.0/24\n10.0.0.5/8', methods: 'GET' }
  const refused = await portal.post(limitsPath, typed)
  expect(refused.status).toBe(422)
  const again = await refused.text()
  for (const part of ['Line 2:', '10.0.0.0/8', 'value="CI"', '203.0.113.0/24\n10.0.0.5/8'])
    expect(again).toContain(part)
  expect(again).toMatch(/<input[^>]*value="GET"[^>]*checked=""|<input[^>]*checked=""[^>]*value="GET"/)
  const saved = await portal.post(limitsPath, {
    ...typed,
    ipRanges: '203.0.113.0/24\n::1',
    paths: '/pets/*\n/status',
  })
  expect(saved.headers.get('location')).toBe(dashboard.app(it.appId))
  const inside = { 'cf-connecting-ip': '203.0.113.9' }
  expect((await call(`${it.base}/pets/1`, it.key, inside)).status).toBe(200)
  for (const [path, headers, code] of [
    ['/pets/1', {}, 'ip_not_allowed'],
    ['/pets/1', { 'cf-connecting-ip': '203.0.114.9' }, 'ip_not_allowed'],
    ['/pets/1', { 'x-forwarded-for': '203.0.113.9' }, 'ip_not_allowed'],
    ['/admin', inside, 'path_not_allowed_by_key'],
    ['/pets%2f..%2fadmin', inside, 'path_not_allowed_by_key'],
  ] as const) {
    const answer = await call(`${it.base}${path}`, it.key, headers)
    expect([answer.status, ((await answer.json()) as { code: string }).code], path).toEqual([403, code])
  }
  const page = await trips(portal, dashboard.app(it.appId))
  for (const part of ['CI', '203.0.113.0/24', '/status', 'changed the limits of the key ending in'])
    expect(page).toContain(part)
  expect(await trips(portal, dashboard.activity)).toContain('allowed methods from any to GET')
  // The page was opened before: what it showed is not what holds.
  const stale = await portal.post(limitsPath, { version: '0', name: 'CI' })
  expect(stale.status).toBe(409)
  expect(await stale.text()).toContain('Somebody changed these limits')
})

test('an admin limits a key too; a key that was replaced shows why its limits stay', async () => {
  const it = await credential()
  const portal = await signedIn(await world.admin())
  const limitsPath = admin.limitCredential(it.appId, it.credentialId)
  expect(await trips(portal, admin.app(it.appId))).toContain(`href="${limitsPath}"`)
  await portal.post(limitsPath, { version: '0', name: 'Narrow', methods: 'GET' })
  expect(portal.notice()).toContain('Limits saved')
  await portal.post(admin.rotateCredential(it.appId, it.credentialId), { overlap: 'day' })
  expect(await trips(portal, limitsPath)).toContain('cannot be changed')
})

test('a call is on the card of its key: when, for which API and from where; before that it says “Never used”', async () => {
  const it = await credential()
  const portal = await signedIn(it.owner)
  const asAdmin = await signedIn(await world.admin())
  for (const [who, path] of [
    [portal, dashboard.app(it.appId)],
    [asAdmin, admin.app(it.appId)],
  ] as const)
    expect(await trips(who, path)).toContain('Never used')
  await call(`${it.base}/pets/1`, it.key)
  await flushUsage(env)
  await vi.waitFor(
    async () => {
      const [row] = await db.select().from(credentials).where(eq(credentials.id, it.credentialId))
      expect(row).toMatchObject({ lastUsedApiId: it.apiId, lastUsedAt: expect.any(Number) })
    },
    { timeout: 20_000, interval: 200 },
  )
  await changeCredential(it.credentialId, { lastUsedCountry: 'NL' })
  for (const [who, path] of [
    [portal, dashboard.app(it.appId)],
    [asAdmin, admin.app(it.appId)],
  ] as const) {
    const html = await trips(who, path)
    expect(html).toMatch(/just now|minute/)
    expect(html).toContain(', from Netherlands')
    expect(html).toMatch(/, for [^<]+, from/)
  }
})

test('a retiring key says whether it is still used, and one button ends it while the new key goes on', async () => {
  const it = await credential()
  const portal = await signedIn(it.owner)
  await portal.post(dashboard.rotateCredential(it.appId, it.credentialId), { overlap: 'week' })
  const unused = await trips(portal, dashboard.app(it.appId))
  expect(unused).toContain('The old key has not been used since the rotation')
  expect(unused).toContain('It ends by itself on')
  await call(`${it.base}/pets/1`, it.key)
  await flushUsage(env)
  await vi.waitFor(
    async () => {
      const used = await trips(portal, dashboard.app(it.appId))
      expect(used).toContain('The old key is still used')
      expect(used).toMatch(/1 call since \d\d:00 UTC/)
    },
    { timeout: 20_000, interval: 200 },
  )
  await portal.post(dashboard.revokeCredential(it.appId, it.credentialId))
  expect((await call(`${it.base}/pets/1`, it.key)).status).toBe(403)
  expect(await trips(portal, dashboard.app(it.appId))).not.toContain('End the old key now')
})

test('a revocation gives a receipt, and the page keeps when it was and by whom', async () => {
  const it = await credential()
  const portal = await signedIn(it.owner)
  await portal.post(dashboard.revokeCredential(it.appId, it.credentialId))
  expect(portal.notice()).toMatch(
    /Refused here from \d\d:\d\d:\d\d UTC, and everywhere by \d\d:\d\d:\d\d UTC at the latest\./,
  )
  const html = await trips(portal, dashboard.app(it.appId))
  expect(html).toContain('Revoked keys')
  expect(html).toMatch(new RegExp(`Revoked by ${it.owner.name} on [^;]+UTC; refused everywhere by`))
  const stranger = await signedIn(await world.admin())
  expect(await trips(stranger, admin.app(it.appId))).toContain(`Revoked by ${it.owner.name}`)
})

test('the key of a frozen app says Frozen, of a suspended organization Stopped, and not Active', async () => {
  const it = await credential()
  const portal = await signedIn(it.owner)
  const badges = async () => {
    const html = await trips(portal, dashboard.app(it.appId))
    const card = html.slice(html.indexOf(`id="${it.credentialId}"`))
    return ['Active', 'Frozen', 'Stopped'].filter((word) => card.includes(`>${word}<`))
  }
  expect(await badges()).toEqual(['Active'])
  await changeApp(it.appId, { frozenAt: Date.now(), frozenBy: 'developer' })
  expect(await badges()).toEqual(['Frozen'])
  await changeApp(it.appId, { frozenAt: null, frozenBy: null })
  await db.update(organizations).set({ state: 'suspended' }).where(eq(organizations.id, it.organizationId))
  expect(await badges()).toEqual(['Stopped'])
})

test('a teammate reveals a shared key and calls with it; a stranger finds no such app, a removed member none any more; the reveal is told', async () => {
  const boss = await world.superAdmin()
  const team = await world.team(boss.organizationId)
  const inTeam = { organizationId: boss.organizationId, teamIds: [team.id] }
  const [owner, mate] = [await world.developer(inTeam), await world.developer(inTeam)]
  const app = await world.app(owner, { visibility: 'team', teamId: team.id })
  const { of } = await granted(owner, { app: app.id })
  const [key] = await db.select().from(credentials).where(eq(credentials.appId, app.id))
  const reveal = dashboard.revealCredential(app.id, key?.id ?? '')
  const portal = await signedIn(mate)
  const secret = /prt_live_[0-9A-Za-z]{38}/.exec(await (await portal.post(reveal)).text())?.[0] ?? ''
  const base = paths.gateway(of.product.slug, of.product.apiSlug)
  expect((await call(`${base}/x`, secret)).status).toBe(200)

  const outside = await signedIn(await world.developer({ organizationId: boss.organizationId }))
  const stranger = await signedIn(await world.superAdmin())
  for (const other of [outside, stranger]) {
    expect((await other.get(dashboard.app(app.id))).status).toBe(404)
    const answer = await other.post(reveal)
    expect([answer.status, (await answer.text()).includes('prt_live_')]).toEqual([404, false])
  }
  const bossPortal = await signedIn(boss)
  const { html } = await bossPortal.get(dashboard.activity)
  expect(html.replaceAll('<!-- -->', '')).toContain('revealed')
  expect(html).toContain(mate.name)
  expect((await bossPortal.post(dashboard.removeUser(mate.userId), { overlap: 'now' })).status).toBe(303)
  expect((await portal.get(dashboard.app(app.id))).html).not.toContain(app.name)
  const again = await signedIn(mate)
  expect((await again.get(dashboard.app(app.id))).status).toBe(404)
  expect((await again.post(reveal)).status).toBe(404)
})
