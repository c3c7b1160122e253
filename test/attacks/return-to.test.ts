// After signing in one returns to the page one came from, and never to another origin.
import * as fc from 'fast-check'
import { beforeEach, expect, test, vi } from 'vitest'
import { landingPath } from '~/platform/landing'
import { safeReturnTo } from '~/platform/return-to'
import { newAddress, openPortal } from '~test/support/attacks'
import { Portal } from '~test/support/portal'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

beforeEach(openPortal)

const origin = 'https://portal.test'

const elsewhere = [
  '//evil.test',
  '///evil.test',
  '////evil.test',
  '/\\evil.test',
  '\\\\evil.test',
  '/\\/evil.test',
  '/\t/evil.test',
  '/\n/evil.test',
  '\t//evil.test',
  ' //evil.test',
  '/%09/evil.test',
  '/%2f%2fevil.test',
  '/%2F/evil.test',
  '/%5cevil.test',
  '/%5Cevil.test',
  '/.//evil.test',
  '/..//evil.test',
  '/./\\evil.test',
  '/products/..//evil.test',
  '/%2e%2e//evil.test',
  'https:evil.test',
  'https:/evil.test',
  'https://evil.test',
  'http://portal.test/',
  'javascript:alert(1)',
  '/javascript:alert(1)//',
  'data:text/html,x',
  'evil.test',
  '@evil.test',
  '.evil.test',
  '//evil.test@portal.test',
  '/\u2028/evil.test',
  '/\u2029/evil.test',
  '/\u0000/evil.test',
  '/／evil.test',
  '/auth/login?returnTo=//evil.test',
  '/auth/logout',
  '/auth/../auth/logout',
  '/AUTH/logout',
  '/%61uth/logout',
  '/\r\nSet-Cookie: a=b',
  '/x\r\nLocation: https://evil.test',
]

test.each(elsewhere)('%j leads home, or to a page of this origin', (value) => {
  for (const role of ['developer', 'admin'] as const) {
    const to = landingPath(role, value)
    const url = new URL(to, origin)
    expect(url.origin).toBe(origin)
    expect(to).toMatch(/^\/(?![/\\])/)
    expect(decodeURIComponent(url.pathname).toLowerCase()).not.toMatch(/^\/+auth(\/|$)/)
    // A name may stand in the path, where it is nobody's host.
    expect(to).not.toMatch(/[\r\n\t\\]/)
    expect(url.pathname).not.toMatch(/^\/*(?:\/|%2f|%5c)evil/i)
  }
})

test('the form itself sends nobody away: the Location header is a path of this origin', async () => {
  const person = await world.developer()
  for (const value of [
    '//evil.test',
    '/\\evil.test',
    '/%5cevil.test',
    'javascript:alert(1)',
    '/.//evil.test',
  ]) {
    const response = await new Portal().post(
      `/auth/login?returnTo=${encodeURIComponent(value)}`,
      { email: person.email, password: world.password, returnTo: 'https://evil.test' },
      { 'cf-connecting-ip': newAddress() },
    )
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/catalogs')
  }
})

test('two values, the second of another origin, or an array, change nothing', async () => {
  const person = await world.developer()
  for (const query of [
    'returnTo=/cart&returnTo=//evil.test',
    'returnTo[]=//evil.test',
    'returnTo=//evil.test&returnTo=/cart',
  ]) {
    const response = await new Portal().post(
      `/auth/login?${query}`,
      { email: person.email, password: world.password },
      { 'cf-connecting-ip': newAddress() },
    )
    expect(response.headers.get('location')).toMatch(/^\/(cart|catalogs)$/)
  }
})

const pieces = fc.constantFrom(
  '/',
  '\\',
  '//',
  '%2f',
  '%5c',
  '%09',
  '\t',
  '\n',
  '.',
  '..',
  '@',
  ':',
  'evil.test',
  'https:',
  'a',
  '?',
  '#',
  '&',
  ' ',
  '\u2028',
  '／',
  '%',
)

test('for any text at all the answer stays on this origin and out of the pages around signing in', () => {
  for (const text of [
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
    fc.webUrl(),
    fc.webPath(),
  ]) {
    void fc.assert(
      fc.property(text, (value) => {
        for (const candidate of [value, `/${value}`]) {
          const to = safeReturnTo(candidate, '/home')
          const url = new URL(to, origin)
          if (url.origin !== origin || !/^\/(?![/\\])/.test(to) || url.pathname.startsWith('/auth/'))
            return false
          // Reading it once more changes nothing.
          if (safeReturnTo(to, '/home') !== to) return false
        }
        return true
      }),
      { numRuns: 2000 },
    )
  }
})

test('the pages of the portal come through as they are', () => {
  for (const path of [
    '/cart',
    '/products/payments?tab=1',
    '/admin/users?state=pending&q=a%20b',
    '/dashboard/apps/app_01',
    '/catalogs?tag=a,b'.replace(',', '%2C'),
  ])
    expect(safeReturnTo(path, '/home')).toBe(path)
})
