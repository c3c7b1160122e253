import { expect, test } from 'vitest'
import { paths } from '~/platform/paths'
import { Portal } from '~test/support/portal'

test.each(['system', 'light', 'dark'])(
  'the theme “%s” is kept in a cookie, and one stays on the page',
  async (theme) => {
    const portal = new Portal()
    const response = await portal.post(paths.theme, { theme, returnTo: '/catalogs?sort=newest' })
    expect([response.status, response.headers.get('location')]).toEqual([303, '/catalogs?sort=newest'])
    expect(portal.cookies.get('portico_theme')).toBe(theme)
  },
)

test.each([
  'https://evil.test',
  '//evil.test',
  '/\\evil.test',
  '/%2fevil.test',
  '/%5cevil.test',
  'javascript:alert(1)',
  '/catalogs\r\nSet-Cookie: a=b',
  '',
])('a return to %j goes home instead', async (returnTo) => {
  const response = await new Portal().post(paths.theme, { theme: 'dark', returnTo })
  expect([response.status, response.headers.get('location')]).toEqual([303, '/'])
  expect(response.headers.getSetCookie().some((cookie) => cookie.startsWith('a='))).toBe(false)
})

test('an unknown theme counts as the system’s, and a form without fields fails nothing', async () => {
  const portal = new Portal()
  await portal.post(paths.theme, { theme: 'dark"; Domain=evil.test', returnTo: '/' })
  expect(portal.cookies.get('portico_theme')).toBe('system')
  expect((await portal.post(paths.theme)).status).toBe(303)
})

test('the address of the theme leads home when it is opened', async () => {
  const response = await new Portal().request(paths.theme)
  expect([response.status, response.headers.get('location')]).toEqual([303, '/'])
})
