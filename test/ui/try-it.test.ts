// Try it without a page: which fields a call has, what is sent of them, and how an answer is shown.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OperationParameter } from '~/domain/catalog/operation'
import { indentedJson, shownBody, shownCharacters } from '~/ui/gateway/answer-text'
import {
  gatewayProblem,
  retryAfterSeconds,
  sizeWords,
  statusWords,
  timeWords,
} from '~/ui/gateway/answer-words'
import { type Callable, callFields } from '~/ui/gateway/call-fields'
import { bodyId, callRequest, contentTypeId } from '~/ui/gateway/call-request'

const base = 'https://portal.test/gateway/pets/main'
const bytes = (text: string) => new TextEncoder().encode(text)

function parameter(
  name: string,
  place: OperationParameter['in'],
  more: Partial<OperationParameter> = {},
): OperationParameter {
  const plain = { required: place === 'path', deprecated: false, type: 'string', description: '', notes: [] }
  return { name, in: place, example: null, ...plain, ...more }
}

function operation(
  method: string,
  path: string,
  parameters: OperationParameter[],
  bodies: [contentType: string, example: string | null][] = [],
): Callable {
  const requestBody = {
    required: true,
    description: '',
    bodies: bodies.map(([contentType, example]) => ({ contentType, schema: null, example })),
  }
  return { method, path, detail: { parameters, requestBody: bodies.length > 0 ? requestBody : null } }
}

/** The request of a form in which `typed` was typed, by the names of the fields; the rest is as it was filled in. */
function requestOf(of: Callable, typed: Record<string, string> = {}) {
  const taken = callFields(of)
  const form = new FormData()
  for (const field of taken.fields) form.set(field.id, typed[field.name] ?? field.initial)
  form.set(bodyId, typed.body ?? taken.bodies[0]?.example ?? '')
  if (typed.contentType) form.set(contentTypeId, typed.contentType)
  return callRequest(of, taken, base, form)
}

test('required parameters come filled in with their example, optional ones only with what is meant anyway', () => {
  const { fields } = callFields(
    operation('GET', '/pets/{petId}', [
      parameter('petId', 'path', { example: '7' }),
      parameter('kind', 'query', { required: true, choices: ['cat', 'dog'] }),
      parameter('cursor', 'query', { example: 'abc' }),
      parameter('limit', 'query', { example: '5', preset: '20' }),
      parameter('Authorization', 'header', { required: true }),
      parameter('session', 'cookie'),
    ]),
  )
  expect(fields.map(({ name, initial }) => [name, initial])).toEqual([
    ['petId', '7'],
    ['kind', 'cat'],
    ['cursor', ''],
    ['limit', '20'],
  ])
})

test('what a browser cannot send is said: cookies, parts that are not described, a body with GET', () => {
  const parts = callFields(
    operation('POST', '/pets', [parameter('s', 'cookie')], [['multipart/form-data', null]]),
  )
  expect(parts.bodies).toEqual([])
  expect(parts.limits.join()).toMatch(/Cookies.*multipart/)
  expect(callFields(operation('GET', '/pets', [], [['application/json', '{}']])).limits.join()).toContain(
    'GET',
  )
})

test('a request is what was typed: encoded once, lists as the document has them, empty ones left out', () => {
  const of = operation(
    'POST',
    '/pets/{petId}/tags/{list}',
    [
      parameter('petId', 'path'),
      parameter('list', 'path', { list: 'joined' }),
      parameter('q', 'query'),
      parameter('none', 'query'),
      parameter('each', 'query', { list: 'repeated' }),
      parameter('all', 'query', { list: 'joined' }),
      parameter('X-Trace', 'header'),
    ],
    [['application/json', '{"a":1}']],
  )
  const { request } = requestOf(of, {
    petId: 'a/b ?#%2e',
    list: 'x, y/z',
    q: 'a&b=c é',
    each: '1, 2',
    all: '3,4',
    'X-Trace': 'on',
  })
  expect(request).toEqual({
    method: 'POST',
    url: `${base}/pets/a%2Fb%20%3F%23%252e/tags/x,y%2Fz?q=a%26b%3Dc%20%C3%A9&each=1&each=2&all=3,4`,
    headers: [
      ['X-Trace', 'on'],
      ['Content-Type', 'application/json'],
    ],
    body: '{"a":1}',
  })
})

test('everything that is wrong is told at its field: missing parts, broken JSON, accents in headers, dots in paths', () => {
  const of = operation(
    'PUT',
    '/pets/{petId}/{forgotten}',
    [parameter('petId', 'path'), parameter('X-Name', 'header'), parameter('q', 'query', { required: true })],
    [
      ['application/json', '{}'],
      ['text/plain', 'hi'],
    ],
  )
  const problems = (typed: Record<string, string>) => Object.values(requestOf(of, typed).errors ?? {})
  expect(problems({ body: '{"a":\n1,}', 'X-Name': 'Zoë' })).toEqual([
    'Enter forgotten.',
    'Enter petId.',
    expect.stringContaining('without accents'),
    'Enter q.',
    'This is not JSON, line 2.',
  ])
  const fine = { petId: '1', forgotten: '2', q: '3' }
  expect(problems({ ...fine, petId: '..' })).toEqual([expect.stringContaining('dots')])
  expect(problems({ ...fine, body: ' ' })).toEqual(['Enter a body.'])
  expect(requestOf(of, { ...fine, contentType: 'text/plain', body: '{' }).request).toMatchObject({
    body: '{',
    headers: [['Content-Type', 'text/plain']],
  })
})

test('whatever is typed, and whatever a document has for a path, the key goes nowhere but below the API', () => {
  const paths = [
    '/{a}/{b}',
    '/{a}/../../{b}',
    '/..//evil.test/{a}',
    '/\\..\\..\\{a}',
    '/./{a}',
    '/{a}/..%2f..',
  ]
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.string(), fc.string(), (path, a, b) => {
      const { request } = requestOf(
        operation('GET', path, [parameter('a', 'path'), parameter('b', 'path')]),
        {
          a,
          b,
        },
      )
      if (request) expect(new URL(request.url).href.startsWith(`${base}/`)).toBe(true)
    }),
  )
  const climbing = operation('GET', '/../../cart', [])
  expect(requestOf(climbing).request).toBeNull()
})

test('JSON is indented without changing a value: long numbers, repeated names and strings stay as they were sent', () => {
  expect(indentedJson('{"id":12345678901234567890,"a":1.0,"a":[ ],"b":{},"c":"x, {y}: \\"z\\""}')).toBe(
    '{\n  "id": 12345678901234567890,\n  "a": 1.0,\n  "a": [],\n  "b": {},\n  "c": "x, {y}: \\"z\\""\n}',
  )
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = indentedJson(JSON.stringify(value))
      expect(text).toBe(JSON.stringify(value, null, 2))
    }),
  )
  expect(indentedJson('{"a":')).toBeNull()
  const deep = `${'['.repeat(5000)}1${']'.repeat(5000)}`
  expect(indentedJson(deep)?.length).toBeLessThan(1_000_000)
})

test('a body is shown as what it is: text, JSON, nothing, or only its type; long ones are cut', () => {
  expect(shownBody(bytes('{"a":1}'), 'application/vnd.api+json; charset=utf-8')).toMatchObject({
    text: '{\n  "a": 1\n}',
    language: 'JSON',
  })
  expect(shownBody(bytes('{"a":'), 'application/json')).toMatchObject({ text: '{"a":', language: 'text' })
  expect(shownBody(bytes('<b>hi</b>'), 'text/html')).toMatchObject({ kind: 'text', text: '<b>hi</b>' })
  expect(shownBody(bytes('plain'), '')).toMatchObject({ kind: 'text', text: 'plain' })
  expect(shownBody(new Uint8Array([0xff, 0xfe, 0]), '')).toEqual({ kind: 'binary', type: 'unknown' })
  expect(shownBody(bytes('<svg/>'), 'image/svg+xml')).toEqual({ kind: 'binary', type: 'image/svg+xml' })
  expect(shownBody(new Uint8Array([0xe9]), 'text/plain; charset=iso-8859-1')).toMatchObject({ text: 'é' })
  expect(shownBody(new Uint8Array(), 'application/json')).toEqual({ kind: 'empty' })
  const long = shownBody(bytes(`"${'x'.repeat(5_000_000)}"`), 'application/json')
  expect(long).toMatchObject({ kind: 'text', cut: true })
  expect(long.kind === 'text' && long.text.length).toBe(shownCharacters)
})

test('an answer in words, and the gateway’s own refusals apart from the API’s', () => {
  expect([statusWords(429), statusWords(299)]).toEqual(['429 Too Many Requests', '299'])
  expect([1, 999, 1234, 56_789, 2_500_000].map(sizeWords)).toEqual([
    '1 byte',
    '999 bytes',
    '1.2 kB',
    '57 kB',
    '2.5 MB',
  ])
  expect([timeWords(84), timeWords(2340)]).toEqual(['84 ms', '2.3 s'])
  const refusal = {
    type: 'urn:portico:problem:product_not_allowed',
    title: 'No',
    detail: 'Why',
    code: 'product_not_allowed',
  }
  const read = (body: unknown, type = 'application/problem+json') =>
    gatewayProblem(type, bytes(JSON.stringify(body)))
  expect(read(refusal)).toEqual({ title: 'No', detail: 'Why', code: 'product_not_allowed', goTo: 'product' })
  expect(read({ ...refusal, type: 'https://api.example/problems/1' })).toBeNull()
  expect(read(refusal, 'application/json')).toBeNull()
  expect(gatewayProblem('application/problem+json', bytes('{'))).toBeNull()
  expect(retryAfterSeconds([['retry-after', '7']])).toBe(7)
  expect(retryAfterSeconds([['retry-after', 'Thu, 26 Nov 2026 00:00:00 GMT']])).toBeNull()
})
