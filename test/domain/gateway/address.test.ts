import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gatewayLocation, parseGatewayAddress, upstreamAddress } from '~/domain/gateway/address'

const base = 'https://upstream.test/v1'

test('an address of the gateway names product, API and the rest as it was sent', () => {
  expect(parseGatewayAddress('/gateway/payments/main/a%20b//c')).toEqual({
    product: 'payments',
    api: 'main',
    rest: '/a%20b//c',
    prefix: '/gateway/payments/main',
  })
  expect(parseGatewayAddress('/gateway/payments/main')?.rest).toBe('')
  for (const path of [
    '/',
    '/gateway',
    '/gateway/',
    '/gateway/p',
    '/gateway/p/',
    '/gateway//a/x',
    '/x/gateway/p/a',
  ]) {
    expect(parseGatewayAddress(path), path).toBeNull()
  }
})

test.each([
  ['', '', 'https://upstream.test/v1'],
  ['/', '', 'https://upstream.test/v1/'],
  ['/things/7', '?a=1&a=2', 'https://upstream.test/v1/things/7?a=1&a=2'],
  ['/a%20b/%E2%82%AC', '', 'https://upstream.test/v1/a%20b/%E2%82%AC'],
  ['/org%2Frepo', '', 'https://upstream.test/v1/org%2Frepo'],
  ['//evil.test/x', '', 'https://upstream.test/v1//evil.test/x'],
  ['/@evil.test/x', '', 'https://upstream.test/v1/@evil.test/x'],
  ['/..a/b..', '', 'https://upstream.test/v1/..a/b..'],
])('the path %j goes to the API', (rest, search, expected) => {
  expect(upstreamAddress(base, rest, search)?.href).toBe(expected)
})

test.each([
  '/..',
  '/../admin',
  '/a/../../admin',
  '/%2e%2e/admin',
  '/a/.%2E/b',
  '/..%2fadmin',
  '/..%5cadmin',
  '/..\\admin',
  '/a%2f..%2f..%2fadmin',
  '/%252e%252e/admin',
  '/%25252e%25252e%25252fadmin',
  '/..;/admin',
  '/..;x=1/admin',
  '/.',
  '/%2e',
  '/a%00b',
  '/a%0d%0ab',
  '/%c0%ae/%5c..%5c',
  '/%2525252525252e',
])('the path %j is refused', (rest) => {
  expect(upstreamAddress(base, rest, '')).toBeNull()
})

test('only web addresses are upstreams', () => {
  for (const url of [
    '',
    'ftp://upstream.test/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'upstream.test',
  ]) {
    expect(upstreamAddress(url, '/x', ''), url).toBeNull()
  }
})

test('whatever the path, the call stays on the host and below the base path', () => {
  const piece = fc.constantFrom(
    '..',
    '.',
    '/',
    '//',
    '\\',
    '%2e',
    '%2f',
    '%5c',
    '%25',
    ';',
    '?',
    '#',
    '@',
    ':',
    'a',
    'é',
    '\t',
    '%00',
    'http:',
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 8 }),
      fc.constantFrom(base, 'https://upstream.test', `${base}/deep/`),
      (parts, upstream) => {
        const url = upstreamAddress(upstream, `/${parts.join('')}`, '')
        if (!url) return
        expect(url.origin).toBe('https://upstream.test')
        const path = new URL(upstream).pathname.replace(/\/+$/, '')
        expect(new URL(url.href).pathname.startsWith(path)).toBe(true)
      },
    ),
    { numRuns: 2000 },
  )
})

const from = new URL('https://upstream.test/v1/a/b')
test.each([
  ['https://upstream.test/v1/c?x=1#y', '/gateway/p/a/c?x=1#y'],
  ['/v1/c', '/gateway/p/a/c'],
  ['c', '/gateway/p/a/a/c'],
  ['https://upstream.test/v1', '/gateway/p/a'],
  ['/auth/logout', 'https://upstream.test/auth/logout'],
  ['https://upstream.test/v10/c', 'https://upstream.test/v10/c'],
  ['//other.test/x', 'https://other.test/x'],
  ['https://upstream.test:8443/v1/c', 'https://upstream.test:8443/v1/c'],
  ['http://upstream.test/v1/c', 'http://upstream.test/v1/c'],
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['https://', null],
])('a redirect to %j reaches the client as %j', (location, expected) => {
  expect(gatewayLocation(location, from, base, '/gateway/p/a')).toBe(expected)
})
