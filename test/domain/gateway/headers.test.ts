import { expect, test } from 'vitest'
import { newApiKey } from '~/domain/apps/credential-key'
import { requestHeaders, responseHeaders } from '~/domain/gateway/headers'

const key = newApiKey()
const caller = { app: 'app_1', organization: 'org_1', plan: 'Free', requestId: 'r1' }

test('ordinary headers pass, and the gateway says who calls', () => {
  const headers = requestHeaders(
    new Headers({ accept: 'text/plain', 'content-type': 'text/plain', 'if-match': '"1"', 'x-custom': 'yes' }),
    key,
    caller,
  )
  expect(Object.fromEntries(headers)).toEqual({
    accept: 'text/plain',
    'content-type': 'text/plain',
    'if-match': '"1"',
    'x-custom': 'yes',
    'x-portico-app': 'app_1',
    'x-portico-organization': 'org_1',
    'x-portico-plan': 'Free',
    'x-request-id': 'r1',
  })
})

test.each([
  'Authorization',
  'X-API-Key',
  'X_API_Key',
  'Cookie',
  'Cookie2',
  'Host',
  'Connection',
  'Keep-Alive',
  'Proxy-Authorization',
  'Proxy-Connection',
  'TE',
  'Trailer',
  'Transfer-Encoding',
  'Upgrade',
  'Forwarded',
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X_Forwarded_For',
  'X-Real-IP',
  'True-Client-IP',
  'CF-Connecting-IP',
  'CF-Ray',
  'CF-Access-Jwt-Assertion',
  'X-Portico-Credential',
  'X_Portico_Credential',
  'X-Consumer-Id',
  'X-Original-URL',
  'X-Rewrite-URL',
  'Via',
  'Expect',
  'Sec-Fetch-Site',
])('%s of the client never reaches the upstream', (name) => {
  const headers = requestHeaders(new Headers({ [name]: 'x', accept: '*/*' }), key, caller)
  expect(headers.has(name)).toBe(false)
  expect(headers.get('accept')).toBe('*/*')
})

test('what the client says about itself does not stand beside what the gateway says', () => {
  const forged = new Headers({
    'X-Portico-App': 'app_2',
    X_Portico_App: 'app_2',
    'X-Portico-Plan': 'Unlimited',
    'X-Request-Id': 'forged',
  })
  const headers = requestHeaders(forged, key, caller)
  expect(headers.get('x-portico-app')).toBe('app_1')
  expect(headers.get('x-portico-plan')).toBe('Free')
  expect(headers.get('x-request-id')).toBe('r1')
  expect(headers.has('x_portico_app')).toBe(false)
})

test('headers that Connection names are of that connection, and naming the gateway’s own removes none of them', () => {
  const headers = requestHeaders(
    new Headers({ connection: 'close, X-Hop , x-portico-app', 'x-hop': '1', 'x-kept': '1' }),
    key,
    caller,
  )
  expect(headers.has('x-hop')).toBe(false)
  expect(headers.get('x-kept')).toBe('1')
  expect(headers.get('x-portico-app')).toBe('app_1')
})

test('a header of any name that holds the key stays here', () => {
  const headers = requestHeaders(
    new Headers({ 'x-old-key': key, referer: `https://a.test/?k=${key}`, accept: '*/*' }),
    key,
    caller,
  )
  expect(JSON.stringify([...headers])).not.toContain(key)
})

test('a plan of any name fits a header', () => {
  expect(
    requestHeaders(new Headers(), key, { ...caller, plan: 'Größe 100%\r\nX: y' }).get('x-portico-plan'),
  ).toBe('Gr%C3%B6%C3%9Fe 100%25%0D%0AX: y')
})

test.each([
  'Set-Cookie',
  'Clear-Site-Data',
  'Content-Security-Policy',
  'Strict-Transport-Security',
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Service-Worker-Allowed',
  'Refresh',
  'Alt-Svc',
  'NEL',
  'Report-To',
  'WWW-Authenticate',
  'X-Portico-App',
  'RateLimit',
  'RateLimit-Policy',
  'Location',
  'Connection',
  'Transfer-Encoding',
  'Cross-Origin-Opener-Policy',
])('%s of the upstream never reaches the client', (name) => {
  expect(responseHeaders(new Headers({ [name]: 'x' })).has(name)).toBe(false)
})

test('the rest of an answer passes, but for what its Connection names', () => {
  const headers = responseHeaders(
    new Headers({
      etag: '"1"',
      'retry-after': '3',
      link: '<x>; rel=next',
      connection: 'x-hop',
      'x-hop': '1',
    }),
  )
  expect(Object.fromEntries(headers)).toEqual({ etag: '"1"', 'retry-after': '3', link: '<x>; rel=next' })
})
