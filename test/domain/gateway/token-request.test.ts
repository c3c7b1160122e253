// What the token endpoint takes and refuses before it looks anything up: RFC 6749 §2.3.1, §3.2, §3.3, §4.4.2 and §5.2.
import { expect, test } from 'vitest'
import { newClientId, newClientSecret } from '~/domain/apps/credential-key'
import { readTokenRequest, type SentRequest } from '~/domain/gateway/token-request'

const [clientId, secret] = [newClientId(), newClientSecret()]
const basic = `Basic ${btoa(`${clientId}:${secret}`)}`
const inBody = `client_id=${clientId}&client_secret=${secret}`
const grant = 'grant_type=client_credentials'

function read(changes: Partial<SentRequest>) {
  const sent = {
    authorization: basic,
    contentType: 'application/x-www-form-urlencoded',
    query: '',
    body: grant,
    ...changes,
  }
  const answer = readTokenRequest(sent)
  return answer.ok ? answer.request : answer.error
}

const encoded = (text: string) =>
  [...text].map((letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')

test.each([
  ['by client_secret_basic', {}],
  ['by client_secret_post', { authorization: null, body: `${grant}&${inBody}` }],
  ['with the scheme in small letters', { authorization: basic.replace('Basic', 'basic ') }],
  [
    'with ID and secret form-encoded before they are joined',
    { authorization: `Basic ${btoa(`${encoded(clientId)}:${encoded(secret)}`)}` },
  ],
  ['with the same client ID in the body', { body: `${grant}&client_id=${clientId}` }],
  [
    'with a charset behind the content type',
    { contentType: 'Application/X-WWW-Form-Urlencoded; charset=UTF-8' },
  ],
  ['with an empty scope, which counts as none', { body: `${grant}&scope=` }],
  ['with a parameter that nobody knows', { body: `${grant}&resource=https%3A%2F%2Fx.test` }],
] as [string, Partial<SentRequest>][])('a request is taken %s', (_name, changes) => {
  expect(read(changes)).toEqual({ clientId, secret, scope: null })
})

test('a scope is a list of names, each counted once', () => {
  expect(read({ body: `${grant}&scope=payments+weather+payments` })).toMatchObject({
    scope: ['payments', 'weather'],
  })
})

test.each([
  ['no grant type', { body: '' }, 'invalid_request'],
  ['an empty grant type', { body: 'grant_type=' }, 'invalid_request'],
  ['a repeated grant type', { body: `${grant}&${grant}` }, 'invalid_request'],
  ['a repeated scope', { body: `${grant}&scope=a&scope=b` }, 'invalid_request'],
  ['a repeated parameter that nobody knows', { body: `${grant}&x=1&x=2` }, 'invalid_request'],
  ['a body that is too long', { body: null }, 'invalid_request'],
  ['JSON', { contentType: 'application/json', body: '{}' }, 'invalid_request'],
  ['no content type', { contentType: null }, 'invalid_request'],
  ['multipart', { contentType: 'multipart/form-data; boundary=x' }, 'invalid_request'],
  ['parameters in the address', { query: `?${grant}` }, 'invalid_request'],
  ['both ways of authentication', { body: `${grant}&${inBody}` }, 'invalid_request'],
  ['a secret in the body beside Basic', { body: `${grant}&client_secret=${secret}` }, 'invalid_request'],
  ['another client ID in the body', { body: `${grant}&client_id=${newClientId()}` }, 'invalid_request'],
  ['a client assertion', { authorization: null, body: `${grant}&client_assertion=x` }, 'invalid_request'],
  ['no client', { authorization: null }, 'invalid_client'],
  [
    'a client without a secret',
    { authorization: null, body: `${grant}&client_id=${clientId}` },
    'invalid_client',
  ],
  ['a bearer token', { authorization: 'Bearer x' }, 'invalid_client'],
  ['Basic that is no base64', { authorization: 'Basic ???' }, 'invalid_client'],
  ['Basic without a colon', { authorization: `Basic ${btoa(clientId)}` }, 'invalid_client'],
  ['Basic with broken encoding', { authorization: `Basic ${btoa(`${clientId}:%zz`)}` }, 'invalid_client'],
  ['Basic twice', { authorization: `${basic}, ${basic}` }, 'invalid_client'],
  [
    'a secret with one letter wrong',
    { authorization: `Basic ${btoa(`${clientId}:${secret}x`)}` },
    'invalid_client',
  ],
  ['an API key for a secret', { authorization: `Basic ${btoa(`${clientId}:prt_live_x`)}` }, 'invalid_client'],
  ['another grant', { body: 'grant_type=password&username=a&password=b' }, 'unsupported_grant_type'],
  ['an authorization code', { body: 'grant_type=authorization_code&code=x' }, 'unsupported_grant_type'],
  ['two spaces in the scope', { body: `${grant}&scope=a++b` }, 'invalid_scope'],
  ['a quotation mark in the scope', { body: `${grant}&scope=%22` }, 'invalid_scope'],
  ['a letter beyond ASCII in the scope', { body: `${grant}&scope=%C3%A4` }, 'invalid_scope'],
] as [string, Partial<SentRequest>, string][])('%s is refused', (_name, changes, error) => {
  expect(read(changes)).toBe(error)
})

test('no refusal repeats what was sent', () => {
  const wrong = `${secret.slice(0, -1)}_`
  const answer = readTokenRequest({
    authorization: `Basic ${btoa(`${clientId}:${wrong}`)}`,
    contentType: 'application/x-www-form-urlencoded',
    query: '',
    body: grant,
  })
  expect(answer.ok).toBe(false)
  expect(JSON.stringify(answer)).not.toContain(wrong)
})
