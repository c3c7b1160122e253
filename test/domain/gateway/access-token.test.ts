// The claims of an access token: what is written (RFC 9068 §2.2), and what is taken back (RFC 7519 §4.1, RFC 8725 §3).
import { expect, test } from 'vitest'
import { accessTokenSeconds, claimsOf, readClaims } from '~/domain/gateway/access-token'

const now = 1_800_000_000_000
const seconds = now / 1000
const parties = { issuer: 'https://portal.test', audience: 'https://portal.test/gateway' }
const grant = {
  clientId: 'prt_client_x',
  credentialId: 'crd_1',
  scope: null,
  lifetime: accessTokenSeconds,
} as const
const good = claimsOf(grant, parties, 'one', now)

function reading(changes: Record<string, unknown>, at = now) {
  const answer = readClaims({ ...good, ...changes }, parties, at)
  if (answer.ok) return 'good'
  return answer.expired ? 'expired' : 'bad'
}

test('a token has the claims of RFC 9068, and the credential that it was issued to', () => {
  expect(good).toEqual({
    iss: parties.issuer,
    sub: grant.clientId,
    aud: parties.audience,
    exp: seconds + 600,
    iat: seconds,
    jti: 'one',
    client_id: grant.clientId,
    credential_id: 'crd_1',
  })
  expect(claimsOf({ ...grant, scope: ['a', 'b'] }, parties, 'two', now)).toMatchObject({ scope: 'a b' })
})

test('what was written is read back, with the end of the token and its scope', () => {
  expect(readClaims(good, parties, now)).toEqual({
    ok: true,
    token: { credentialId: 'crd_1', scope: null, endsAt: (seconds + 630) * 1000 },
  })
  const scoped = readClaims(claimsOf({ ...grant, scope: ['a', 'b'] }, parties, 'two', now), parties, now)
  expect(scoped).toMatchObject({ ok: true, token: { scope: new Set(['a', 'b']) } })
})

test('a token ends thirty seconds after its time, for clocks that differ, and not a moment later', () => {
  expect(reading({}, now + 629_999)).toBe('good')
  expect(reading({}, now + 630_000)).toBe('expired')
})

test.each([
  ['another issuer', { iss: 'https://evil.test' }],
  ['an issuer that begins alike', { iss: 'https://portal.test.evil.test' }],
  ['another audience', { aud: 'https://other.test/gateway' }],
  ['a list of audiences', { aud: [parties.audience, 'https://other.test'] }],
  ['no audience', { aud: undefined }],
  ['no issuer', { iss: undefined }],
  ['no end', { exp: undefined }],
  ['an end that is a text', { exp: String(seconds + 600) }],
  ['an end that is "never"', { exp: 'never' }],
  ['the end 0', { exp: 0 }],
  ['an end before its beginning', { exp: seconds - 1, iat: seconds }],
  ['a longer life than any that is issued', { exp: seconds + 601 }],
  ['no beginning', { iat: undefined }],
  ['a beginning in the future', { iat: seconds + 31, exp: seconds + 600 }],
  ['a time before which it is not good', { nbf: seconds + 31 }],
  ['no subject', { sub: undefined }],
  ['another subject than its client', { sub: 'prt_client_y' }],
  ['no client', { client_id: undefined }],
  ['no credential', { credential_id: undefined }],
  ['something else than a credential', { credential_id: 'app_1' }],
  ['no id', { jti: undefined }],
  ['a scope that is a list', { scope: ['a'] }],
] as [string, Record<string, unknown>][])('a token with %s is refused', (_name, changes) => {
  expect(reading(changes)).toBe('bad')
})

test.each([null, 'text', 7, [], {}])('a payload that is %j is refused', (payload) => {
  expect(readClaims(payload, parties, now)).toEqual({ ok: false, expired: null })
})
