// Secret scanners report what they found in public; only what they signed counts.

import { env } from 'cloudflare:workers'
import { decodeIEEEP1363ECDSASignature, type ECDSASignature, p256 } from '@oslojs/crypto/ecdsa'
import { encodeBase64 } from '@oslojs/encoding'
import { and, eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { newApiKey, newClientSecret } from '~/domain/apps/credential-key'
import type { EventType } from '~/domain/kernel/events'
import { sha256Hex } from '~/platform/encoding'
import { answerLeakReport } from '~/platform/leak-reports'
import { createScope } from '~/platform/scope'
import { credentials, events } from '~db/schema'
import { db } from '~test/support/context'
import { credential } from '~test/support/credentials'
import { deliver, mailsOf } from '~test/support/notifications'
import { askWorker, origin } from '~test/support/portal'
import { scannerKeyName, scannerPrivateKey } from '~test/support/scanner-double'
import * as world from '~test/support/world'

const address = `${origin}/credentials/leaked`
const place = 'https://github.com/somebody/thing/blob/0a1b/config.txt'

async function signatureOf(body: string): Promise<string> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const key = await crypto.subtle.importKey('jwk', scannerPrivateKey, algorithm, false, ['sign'])
  const bytes = new TextEncoder().encode(body)
  const pair = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, bytes)
  const signature: ECDSASignature = decodeIEEEP1363ECDSASignature(p256, new Uint8Array(pair))
  return encodeBase64(signature.encodePKIX())
}

async function post(body: string, headers: Record<string, string>): Promise<Response> {
  return askWorker(address, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })
}

async function report(reports: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const body = typeof reports === 'string' ? reports : JSON.stringify(reports)
  return post(body, {
    'github-public-key-identifier': scannerKeyName,
    'github-public-key-signature': await signatureOf(body),
    ...headers,
  })
}

const found = (token: string, url = place) => [{ token, type: 'portico_api_key', url, source: 'content' }]

async function happened(type: EventType, credentialId: string) {
  return db
    .select()
    .from(events)
    .where(and(eq(events.type, type), eq(events.subjectId, credentialId)))
}

const stateOf = async (key: { credentialId: `crd_${string}` }) =>
  (await db.select().from(credentials).where(eq(credentials.id, key.credentialId)))[0]?.state

afterEach(() => world.setSettings({ revokeLeakedCredentials: false }))

test('a key that was found is told to its owner and super admins, with the place, and goes on working', async () => {
  const superAdmin = await world.superAdmin()
  const owner = await world.developer({ organizationId: superAdmin.organizationId })
  const key = await credential({ owner })
  const response = await report(found(key.key, `${place}?token=${key.key}#L1`))
  expect(response.status).toBe(200)
  const answer = await response.text()
  expect(JSON.parse(answer)).toEqual([
    { token_hash: await sha256Hex(key.key), token_type: 'portico_api_key', label: 'true_positive' },
  ])
  const [event, ...others] = await happened('credential.leaked', key.credentialId)
  expect(others).toEqual([])
  if (!event) throw new Error('no event')
  expect(event).toMatchObject({ appId: key.appId, data: { place, revokes: false } })
  await deliver(event.id)
  const mails = await mailsOf(event.id)
  expect(mails.map((mail) => mail.recipient).sort()).toEqual([owner.email, superAdmin.email].sort())
  expect(mails[0]?.text).toContain('Rotate it now')
  // Shown, but no link: nobody is led to where the key stands.
  expect(mails[0]?.text.replaceAll('\u2060', '')).toContain(place)
  expect(mails[0]?.html).not.toContain(`href="${place}`)
  expect(`${answer}${JSON.stringify(event)}${JSON.stringify(mails)}`).not.toContain(key.key)
  expect(await stateOf(key)).toBe('active')
})

test('by setting it is revoked at once, and the mail says so', async () => {
  await world.setSettings({ revokeLeakedCredentials: true })
  const key = await credential()
  await report(found(key.key))
  expect(await stateOf(key)).toBe('revoked')
  const call = await askWorker(`${origin}${key.base}/things`, {
    headers: { authorization: `Bearer ${key.key}` },
  })
  expect(call.status).toBe(403)
  const [event] = await happened('credential.leaked', key.credentialId)
  if (!event) throw new Error('no event')
  await deliver(event.id)
  expect((await mailsOf(event.id))[0]?.text).toContain('It was revoked at once')
  expect(await happened('credential.revoked', key.credentialId)).toHaveLength(1)
})

test('the secret of an OAuth client is found as well', async () => {
  const secret = newClientSecret()
  const client = await credential({ row: { type: 'oauth_client', secretHash: await sha256Hex(secret) } })
  const response = await report(found(secret))
  expect(await response.json()).toMatchObject([{ label: 'true_positive' }])
  expect(await happened('credential.leaked', client.credentialId)).toHaveLength(1)
})

test('of forty reports of one key at one place one is told; another place is told again', async () => {
  await world.setSettings({ revokeLeakedCredentials: true })
  const key = await credential()
  const answers = await Promise.all(Array.from({ length: 40 }, () => report(found(key.key))))
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]))
  expect(await happened('credential.leaked', key.credentialId)).toHaveLength(1)
  expect(await happened('credential.revoked', key.credentialId)).toHaveLength(1)
  await world.setSettings({ revokeLeakedCredentials: false })
  const other = await credential()
  for (const url of [place, `${place}.bak`, place]) await report(found(other.key, url))
  expect(await happened('credential.leaked', other.credentialId)).toHaveLength(2)
})

test('what this portal never issued is a false positive; what has ended is ours, but nobody is told', async () => {
  const ended = await credential({ row: { state: 'revoked' } })
  const tokens = [newApiKey(), 'prt_live_nonsense', 'AKIAIOSFODNN7EXAMPLE', ended.key]
  const response = await report(tokens.flatMap((token) => found(token)))
  const labels = ((await response.json()) as { label: string }[]).map((verdict) => verdict.label)
  expect(labels).toEqual(['false_positive', 'false_positive', 'false_positive', 'true_positive'])
  expect(await happened('credential.leaked', ended.credentialId)).toEqual([])
})

test('a report without a signature, with another’s, or of another body changes nothing', async () => {
  const key = await credential()
  const body = JSON.stringify(found(key.key))
  const signature = await signatureOf(body)
  const signed = { 'github-public-key-identifier': scannerKeyName, 'github-public-key-signature': signature }
  const refused = [
    await post(body, {}),
    await post(body, { ...signed, 'github-public-key-signature': '' }),
    await post(body, { ...signed, 'github-public-key-signature': 'AAAA' }),
    await post(body, { ...signed, 'github-public-key-signature': await signatureOf(`${body} `) }),
    await post(`${body} `, signed),
    await post(body, { ...signed, 'github-public-key-identifier': 'somebody-else' }),
    await post(body, {
      ...signed,
      'github-public-key-identifier': '90a421169f0a406205f1563a953312f0be898d3c7b6c06b681aa86a874555f4a',
    }),
  ]
  expect(refused.map((response) => response.status)).toEqual(refused.map(() => 401))
  expect(await happened('credential.leaked', key.credentialId)).toEqual([])
})

test('the example of GitHub’s documentation is understood', async () => {
  const response = await post('[{"token":"some_token","type":"some_type","url":"some_url"}]', {
    'github-public-key-identifier': '90a421169f0a406205f1563a953312f0be898d3c7b6c06b681aa86a874555f4a',
    'github-public-key-signature':
      'MEUCIQDKZokqnCjrRtw0tni+2Ltvl/uiMJ1EGumEsp1BsNr32AIgQY1YXD2nlj+XNfGK4rBfkMJ1JDOQcYXxa2sY8FNkrKc=',
  })
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject([{ token_type: 'some_type', label: 'false_positive' }])
})

test.each([
  ['no JSON', 'nonsense'],
  ['no list', '{}'],
  ['an empty list', '[]'],
  ['a list of something else', '[1]'],
  ['too many', JSON.stringify(Array.from({ length: 501 }, () => ({ token: 'x' })))],
])('a signed message that is %s is refused', async (_name, body) => {
  const response = await report(body)
  expect(response.status).toBe(400)
  expect(response.headers.get('content-type')).toContain('application/problem+json')
})

test('only POST is taken, and not more than a megabyte', async () => {
  expect((await askWorker(address)).status).toBe(405)
  expect((await post('x'.repeat(1024 * 1024 + 1), {})).status).toBe(413)
})

test('a place that is no web address is not told', async () => {
  const key = await credential()
  await report(found(key.key, 'javascript:alert(1)'))
  expect((await happened('credential.leaked', key.credentialId))[0]?.data['place']).toBeNull()
})

test('where no scanner is named the address does not exist', async () => {
  const request = new Request(address, { method: 'POST', body: '[]' })
  const scope = createScope(request, { ...env, LEAK_REPORT_KEYS_URL: '' })
  expect(await answerLeakReport(new URL(address), scope)).toBeNull()
})
