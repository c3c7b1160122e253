// A page of another site can make a browser post here. Whatever way it takes, the answer is 403 and nothing is changed.
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { sessionCookie } from '~/platform/cookies'
import { paths } from '~/platform/paths'
import { databaseText, newAddress, openPortal } from '~test/support/attacks'
import { askWorker, origin, Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

let admin: string
let member: string
let target: `usr_${string}`

beforeAll(async () => {
  await openPortal()
  admin = (await signedIn(await world.admin())).cookies.get(sessionCookie) ?? ''
  member = (await signedIn(await world.developer())).cookies.get(sessionCookie) ?? ''
  target = (await world.developer({ row: { state: 'pending' } })).userId
})

beforeEach(openPortal)

/** What the browser says about where a request comes from. */
const sources: Record<string, Record<string, string>> = {
  'another site': { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' },
  'another site without an origin': { 'sec-fetch-site': 'cross-site' },
  'another site that claims this origin': { 'sec-fetch-site': 'cross-site', origin },
  'a sibling subdomain': { 'sec-fetch-site': 'same-site', origin: 'https://docs.portal.test' },
  'a sibling that claims this origin': { 'sec-fetch-site': 'same-site', origin },
  'the address bar': { 'sec-fetch-site': 'none' },
  'an unknown word': { 'sec-fetch-site': 'SAME-ORIGIN', origin: 'https://evil.test' },
  'an old browser on another site': { origin: 'https://evil.test' },
  'an old browser that hides its origin': { origin: 'null' },
  'an old browser without an origin': {},
  'this host without encryption': { origin: 'http://portal.test' },
  'this host on another port': { origin: 'https://portal.test:8443' },
  'a name that begins with ours': { origin: 'https://portal.test.evil.test' },
  'a forwarded host': { origin: 'https://evil.test', 'x-forwarded-host': 'evil.test' },
  'a method that is overridden': { origin: 'https://evil.test', 'x-http-method-override': 'GET' },
}

const bodies: Record<string, () => { body: BodyInit; type?: string }> = {
  form: () => ({ body: new URLSearchParams({ reason: 'because', firstName: 'Eve', lastName: 'Evil' }) }),
  multipart: () => {
    const form = new FormData()
    form.set('reason', 'because')
    return { body: form }
  },
  text: () => ({ body: 'reason=because', type: 'text/plain' }),
  json: () => ({ body: '{"reason":"because"}', type: 'application/json' }),
  nothing: () => ({ body: '' }),
}

/** Document, single fetch, index and the old data request, of pages and of addresses without a page. */
const targets: [string, () => string, 'admin' | 'member' | 'visitor'][] = [
  ['a page', () => paths.dashboard.profile, 'member'],
  ['the data of a page', () => `${paths.dashboard.profile}.data`, 'member'],
  [
    'the data of some routes',
    () => `${paths.dashboard.profile}.data?_routes=routes/consumer/profile/route`,
    'member',
  ],
  ['an index', () => `${paths.admin.home}?index`, 'admin'],
  ['an address without a page', () => paths.admin.activateUser(target), 'admin'],
  ['its data', () => `${paths.admin.activateUser(target)}.data`, 'admin'],
  [
    'an old data request',
    () => `${paths.admin.activateUser(target)}?_data=routes/admin/user-activate`,
    'admin',
  ],
  [
    'an old data request of a page',
    () => `${paths.dashboard.profile}?_data=routes/consumer/profile/route`,
    'member',
  ],
  ['logging out', () => paths.auth.logout, 'member'],
  ['logging in', () => paths.auth.login(), 'visitor'],
  ['asking for a link', () => paths.auth.reset, 'visitor'],
  ['ending sessions', () => paths.dashboard.endOtherSessions, 'member'],
  ['the theme', () => paths.theme, 'visitor'],
]

const cookieOf = (who: 'admin' | 'member' | 'visitor') =>
  who === 'visitor' ? {} : { cookie: `${sessionCookie}=${who === 'admin' ? admin : member}` }

test.each(targets)(
  '%s: no other site can post there, in whatever form, and nothing changes',
  async (_name, path, who) => {
    const before = await databaseText()
    for (const [source, headers] of Object.entries(sources)) {
      for (const [kind, make] of Object.entries(bodies)) {
        const { body, type } = make()
        const response = await askWorker(`${origin}${path()}`, {
          method: 'POST',
          body,
          headers: {
            ...cookieOf(who),
            ...headers,
            ...(type ? { 'content-type': type } : {}),
            'cf-connecting-ip': newAddress(),
          },
        })
        expect(response.status, `${source}, ${kind}`).toBe(403)
        expect(response.headers.getSetCookie(), `${source}, ${kind}`).toEqual([])
        await response.body?.cancel()
      }
    }
    expect(await databaseText()).toBe(before)
  },
)

test('the old data request is refused from this very origin too, by every method', async () => {
  const before = await databaseText()
  for (const method of ['GET', 'POST']) {
    for (const query of [
      '_data=routes/admin/user-activate',
      '_data',
      '_data=',
      'a=b&_data=root',
      '%5Fdata=root',
    ]) {
      const response = await askWorker(`${origin}${paths.admin.activateUser(target)}?${query}`, {
        method,
        headers: { ...cookieOf('admin'), origin, 'sec-fetch-site': 'same-origin' },
      })
      expect(response.status, `${method} ${query}`).toBe(400)
    }
  }
  expect(await databaseText()).toBe(before)
})

test('other methods are refused wherever they come from', async () => {
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
    const response = await askWorker(`${origin}${paths.dashboard.profile}`, {
      method,
      headers: { ...cookieOf('member'), origin, 'sec-fetch-site': 'same-origin' },
    })
    expect(response.status, method).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST')
  }
})

test('the same post from a page of the portal, by a new browser or an old one, is taken', async () => {
  for (const headers of [{ origin, 'sec-fetch-site': 'same-origin' }, { origin }] as Record<
    string,
    string
  >[]) {
    const response = await askWorker(`${origin}${paths.dashboard.profile}`, {
      method: 'POST',
      body: new URLSearchParams({ firstName: 'Kim', lastName: `Berg ${Object.keys(headers).length}` }),
      headers: { ...cookieOf('member'), ...headers },
    })
    expect(response.status).toBe(303)
  }
})

test('reading changes nothing: every address that takes forms, opened with GET and HEAD', async () => {
  const before = await databaseText()
  for (const [, path, who] of targets) {
    const address = path().replace(/[?&]_data=[^&]*/, '')
    for (const method of ['GET', 'HEAD']) {
      const response = await askWorker(`${origin}${address}`, {
        method,
        headers: { ...cookieOf(who), 'sec-fetch-site': 'cross-site' },
      })
      expect(response.status, address).toBeLessThan(500)
      await response.body?.cancel()
    }
  }
  expect(await databaseText()).toBe(before)
})

test('a browser that another site logs in as somebody else stays who it was', async () => {
  const attacker = await world.developer()
  const portal = new Portal()
  portal.cookies.set(sessionCookie, member)
  const response = await portal.post(
    paths.auth.login(),
    { email: attacker.email, password: world.password },
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' },
  )
  expect(response.status).toBe(403)
  expect(portal.cookies.get(sessionCookie)).toBe(member)
})
