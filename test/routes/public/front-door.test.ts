import { expect, test } from 'vitest'
import { askWorker, origin, Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

test('a visitor sees the home page with the security headers, in one trip to D1', async () => {
  const { status, response } = await new Portal().get('/')
  expect(status).toBe(200)
  expect(response.headers.get('content-security-policy')).toMatch(/script-src 'self' 'nonce-[\w-]{43}'/)
  expect(response.headers.get('strict-transport-security')).toContain('max-age=31536000')
  expect(response.headers.get('server-timing')).toBe('d1;desc="1 trips"')
})

test('pages that a search engine shows say what they are about, escaped', async () => {
  await world.setSettings({ portalName: 'APIs of "Meridian" & Sons' })
  const { html } = await new Portal().get('/')
  expect(html).toContain(
    '<meta name="description" content="APIs of &quot;Meridian&quot; &amp; Sons: APIs with their documentation',
  )
  const catalog = await world.catalog('public')
  const product = await world.product([catalog.id], { summary: 'Weather of everywhere.' })
  const page = await new Portal().get(`/products/${product.slug}`)
  expect(page.html).toContain('<meta name="description" content="Weather of everywhere.')
})

test('the font of the text comes early', async () => {
  const { html } = await new Portal().get('/')
  expect(html).toMatch(
    /<link rel="preload" href="[^"]+\.woff2[^"]*" as="font" type="font\/woff2" crossorigin/i,
  )
})

test('an unknown address answers 404 as a page, with the bar by which one goes on', async () => {
  const visitor = new Portal()
  for (const path of ['/no-such-page', '/dashboard/no-such-page', '/products/a/b/c/d/e']) {
    const { status, html } = await visitor.get(path)
    expect(status).toBe(404)
    expect(html).toContain('Page not found')
    expect(html).toContain('href="/auth/login"')
  }
  expect((await visitor.post('/no-such-page', {})).status).toBe(404)
})

test('an unknown address of the admins shows them their menu, and others learn nothing from it', async () => {
  const admin = await signedIn(await world.admin())
  const page = await admin.get('/admin/no-such-page')
  expect(page.status).toBe(404)
  expect(page.html).toContain('There is nothing at this address, or it is gone.')
  expect(page.html).toContain('href="/admin/audit-log"')
  expect((await admin.post('/admin/no-such-page', {})).status).toBe(404)

  const developer = await signedIn(await world.developer())
  const [unknown, known] = await Promise.all(
    ['/admin/no-such-page', '/admin/users'].map((path) => developer.get(path)),
  )
  expect([unknown?.status, known?.status]).toEqual([404, 404])
  expect(unknown?.html).not.toContain('/admin/audit-log')
  const visitor = await new Portal().request('/admin/no-such-page')
  expect(visitor.headers.get('location')).toBe('/auth/login?returnTo=%2Fadmin%2Fno-such-page')
})

test('a developer does not learn that admin pages exist; a visitor is asked to log in and comes back', async () => {
  const developer = await signedIn(await world.developer())
  expect((await developer.get('/admin/users')).status).toBe(404)
  const visitor = await new Portal().request('/admin/users?state=pending')
  expect(visitor.status).toBe(303)
  expect(visitor.headers.get('location')).toBe('/auth/login?returnTo=%2Fadmin%2Fusers%3Fstate%3Dpending')
})

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' }],
  ['a sibling site', { 'sec-fetch-site': 'same-site', origin }],
  ['an unknown origin', { origin: 'null' }],
  ['no origin at all', {}],
  ['the same host without TLS', { origin: 'http://portal.test' }],
])('a form from %s is refused before any route runs', async (_name, headers: Record<string, string>) => {
  const response = await askWorker(`${origin}/auth/logout`, { method: 'POST', headers })
  expect(response.status).toBe(403)
})

test('methods that the portal does not know and Remix data requests of the old kind are refused', async () => {
  expect((await askWorker(`${origin}/catalogs`, { method: 'DELETE' })).status).toBe(405)
  expect((await askWorker(`${origin}/catalogs?_data=root`)).status).toBe(400)
})

test('ready answers once the database is migrated', async () => {
  expect(await (await askWorker(`${origin}/ready`)).json()).toEqual({ status: 'ready' })
})
