import { expect, test } from 'vitest'
import { newApiKey, newClientSecret } from '~/domain/apps/credential-key'
import { presentedCredential } from '~/domain/gateway/presented-credential'

const key = newApiKey()
const other = newApiKey()
const token = 'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.c2lnbmF0dXJl'

function present(headers: [string, string][], path = '/gateway/p/a/x') {
  return presentedCredential(new Headers(headers), new URL(path, 'https://portal.test'))
}

test.each([
  ['as a bearer token', [['authorization', `Bearer ${key}`]]],
  ['with the scheme in small letters and spaces around', [['authorization', `  bearer   ${key} `]]],
  ['as X-API-Key', [['x-api-key', key]]],
  [
    'twice, the same in both headers',
    [
      ['authorization', `Bearer ${key}`],
      ['x-api-key', key],
    ],
  ],
  [
    'twice in the same header',
    [
      ['x-api-key', key],
      ['x-api-key', key],
    ],
  ],
  [
    'beside an Authorization of another scheme, which is meant for nobody here',
    [
      ['authorization', 'Basic dTpw'],
      ['x-api-key', key],
    ],
  ],
] as [string, [string, string][]][])('a key is taken %s', (_name, headers) => {
  expect(present(headers)).toEqual({ ok: true, kind: 'api_key', key })
})

test.each([
  ['nothing', [], 'missing_credential'],
  ['another scheme only', [['authorization', 'Basic dTpw']], 'missing_credential'],
  ['a cookie', [['cookie', `key=${key}`]], 'missing_credential'],
  ['an empty X-API-Key', [['x-api-key', '']], 'invalid_credential'],
  ['a bare Bearer', [['authorization', 'Bearer']], 'invalid_credential'],
  [
    'a key with one letter wrong',
    [['x-api-key', `${key.slice(0, -1)}${key.endsWith('a') ? 'b' : 'a'}`]],
    'invalid_credential',
  ],
  [
    'a token without a signature',
    [['authorization', 'Bearer eyJhbGciOiJub25lIn0.e30.']],
    'invalid_credential',
  ],
  ['an access token as X-API-Key', [['x-api-key', token]], 'invalid_credential'],
  [
    'an access token beside a key',
    [
      ['authorization', `Bearer ${token}`],
      ['x-api-key', key],
    ],
    'invalid_credential',
  ],
  ['the secret of a client', [['authorization', `Bearer ${newClientSecret()}`]], 'invalid_credential'],
  [
    'two different keys',
    [
      ['authorization', `Bearer ${key}`],
      ['x-api-key', other],
    ],
    'invalid_credential',
  ],
  [
    'two different keys in one header name',
    [
      ['x-api-key', key],
      ['x-api-key', other],
    ],
    'invalid_credential',
  ],
  [
    'a valid key and a broken one',
    [
      ['authorization', `Bearer ${key}`],
      ['x-api-key', 'b'],
    ],
    'invalid_credential',
  ],
  ['a valid key and an empty one', [['authorization', `Bearer ${key}, `]], 'invalid_credential'],
] as [string, [string, string][], string][])('%s is refused', (_name, headers, code) => {
  expect(present(headers)).toMatchObject({ ok: false, code })
})

test.each([
  `/gateway/p/a/x?api_key=${key}`,
  `/gateway/p/a/x?access_token=${key.replace('prt', '%70rt')}`,
  `/gateway/p/a/${key}`,
])('a key in the address is refused, even beside one in a header: %#', (path) => {
  expect(present([['x-api-key', key]], path)).toMatchObject({ ok: false, code: 'invalid_credential' })
  expect(present([], path)).toMatchObject({ ok: false, code: 'invalid_credential' })
})

test('an access token is taken as a bearer token, and refused when it is in the address too', () => {
  const bearer: [string, string][] = [['authorization', `Bearer ${token}`]]
  expect(present(bearer)).toEqual({ ok: true, kind: 'access_token', key: token })
  expect(present(bearer, `/gateway/p/a/x?access_token=${token}`)).toMatchObject({ ok: false })
  expect(present(bearer, `/gateway/p/a/x?t=${token.replace('.', '%2E')}`)).toMatchObject({ ok: false })
  expect(present(bearer, `/gateway/p/a/x?t=${newClientSecret()}`)).toMatchObject({ ok: false })
})

test('no refusal repeats what was sent', () => {
  const broken = `${key.slice(0, -1)}_`
  const refusal = present([['x-api-key', broken]])
  expect(JSON.stringify(refusal)).not.toContain(broken)
})
