// What breaks clients and what does not, rule by rule.
import { expect, test } from 'vitest'
import { compareDocuments } from '~/domain/catalog/compare-documents'
import { linesOf } from '~/domain/catalog/document-lines'
import { documentErrors, documentWarnings } from '~/domain/catalog/document-problems'
import { timed } from '~test/support/timed'

type Json = Record<string, unknown>

const pet = (schema: Json): Json => ({
  200: { description: 'A pet', content: { 'application/json': { schema } } },
})
const body = (schema: Json, required = true): Json => ({
  required,
  content: { 'application/json': { schema } },
})
const document = (operation: Json, components: Json = {}): Json => ({
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  components: { schemas: components },
  paths: { '/pets/{id}': { post: operation } },
})
const object = (properties: Json, required: string[] = []): Json => ({ type: 'object', properties, required })
const text = { type: 'string' }

const query = (name: string, more: Json = {}) => ({ name, in: 'query', schema: text, ...more })

test.each<[string, Json, Json, boolean]>([
  ['a new required parameter', {}, { parameters: [query('q', { required: true })] }, true],
  ['a new parameter that may be left out', {}, { parameters: [query('q')] }, false],
  [
    'a parameter that becomes required',
    { parameters: [query('q')] },
    { parameters: [query('q', { required: true })] },
    true,
  ],
  ['a parameter that is gone', { parameters: [query('q')] }, {}, false],
  [
    'a parameter of another type',
    { parameters: [query('q')] },
    { parameters: [query('q', { schema: { type: 'integer' } })] },
    true,
  ],
  [
    'a parameter that takes any number instead of whole ones',
    { parameters: [query('q', { schema: { type: 'integer' } })] },
    { parameters: [query('q', { schema: { type: 'number' } })] },
    false,
  ],
  [
    'a value that is no longer taken',
    { parameters: [query('q', { schema: { enum: ['a', 'b'] } })] },
    { parameters: [query('q', { schema: { enum: ['a'] } })] },
    true,
  ],
  ['a body that is needed now', {}, { requestBody: body(object({})) }, true],
  [
    'a property that is required now',
    { requestBody: body(object({ a: text })) },
    { requestBody: body(object({ a: text }, ['a'])) },
    true,
  ],
  [
    'a new property of a body',
    { requestBody: body(object({})) },
    { requestBody: body(object({ a: text })) },
    false,
  ],
  [
    'a new required property of a body',
    { requestBody: body(object({})) },
    { requestBody: body(object({ a: text }, ['a'])) },
    true,
  ],
  [
    'a property of a body that is gone',
    { requestBody: body(object({ a: text })) },
    { requestBody: body(object({})) },
    false,
  ],
  [
    'a property of an answer that is gone',
    { responses: pet(object({ a: text })) },
    { responses: pet(object({})) },
    true,
  ],
  [
    'a new property of an answer',
    { responses: pet(object({})) },
    { responses: pet(object({ a: text })) },
    false,
  ],
  [
    'a property that is not always answered',
    { responses: pet(object({ a: text }, ['a'])) },
    { responses: pet(object({ a: text })) },
    true,
  ],
  [
    'an answer that may be null',
    { responses: pet(object({ a: text })) },
    { responses: pet(object({ a: { type: ['string', 'null'] } })) },
    true,
  ],
  ['an answer that is gone', { responses: { 200: {}, 201: {} } }, { responses: { 200: {} } }, true],
  ['an error that is gone', { responses: { 200: {}, 404: {} } }, { responses: { 200: {} } }, false],
  ['a credential that is needed', {}, { security: [{ key: [] }] }, true],
  ['a deprecation', {}, { deprecated: true }, false],
])('%s', (_name, before, after, breaking) => {
  const changes = compareDocuments(document(before), document(after))
  const expected = _name === 'an error that is gone' ? 0 : 1
  expect(changes.changed).toHaveLength(expected)
  expect(changes.counts.breaking).toBe(breaking ? 1 : 0)
})

test('operations that are gone break clients, new ones do not, and the name of a path parameter is no difference', () => {
  const before = { paths: { '/a': { get: {} }, '/b/{id}': { get: {} } } }
  const after = { paths: { '/b/{petId}': { get: {}, delete: {} } } }
  expect(compareDocuments(before, after)).toMatchObject({
    counts: { added: 1, removed: 1, changed: 0, breaking: 1 },
    added: [{ method: 'DELETE', path: '/b/{petId}' }],
    removed: [{ method: 'GET', path: '/a' }],
  })
  expect(compareDocuments(before, before).counts).toEqual({ added: 0, removed: 0, changed: 0, breaking: 0 })
})

test('schemas are compared through references, allOf, lists, and when they hold themselves', () => {
  const self = (properties: Json) => ({
    Pet: {
      allOf: [{ $ref: '#/components/schemas/Base' }],
      properties: { child: { $ref: '#/components/schemas/Pet' } },
    },
    Base: object(properties),
  })
  const responses = pet({ type: 'array', items: { $ref: '#/components/schemas/Pet' } })
  const changes = compareDocuments(
    document({ responses }, self({ a: text })),
    document({ responses }, self({})),
  )
  expect(changes.changed[0]?.notes).toEqual([{ text: 'Answer 200[].a is gone', breaking: true }])
})

test('documents that are made to take forever are compared in part, and it is said', () => {
  const schemas: Json = {}
  for (let n = 0; n < 60; n += 1)
    schemas[`S${n}`] = object(
      Object.fromEntries(
        Array.from({ length: 20 }, (_, at) => [
          `p${at}`,
          { $ref: `#/components/schemas/S${(n + at + 1) % 60}` },
        ]),
      ),
    )
  const one = document({ responses: pet({ $ref: '#/components/schemas/S0' }) }, schemas)
  const { value, ms } = timed(() => compareDocuments(one, one), 20_000)
  expect(value).toMatchObject({ partial: true, counts: { changed: 0 } })
  expect(ms).toBeLessThan(20_000)
})

const yaml = `openapi: 3.1.0
info:
  title: Pets
  version: "1"
paths:
  /pets:
    get:
      responses: {}
  "/a~b":
    get: {}
`
const pretty = JSON.stringify({ a: 1, paths: { '/pets': { get: { list: [{ x: 1 }, { y: 2 }] } } } }, null, 2)

test('a place is found on its line, in JSON and in YAML', () => {
  expect([...linesOf(yaml, 'yaml', ['#/paths/~1pets/get', '#/paths/~1a~0b', '#/info'])]).toEqual([
    ['#/paths/~1pets/get', 7],
    ['#/paths/~1a~0b', 9],
    ['#/info', 2],
  ])
  const places = ['#/paths/~1pets', '#/paths/~1pets/get/list/1', '#/nowhere']
  const found = linesOf(pretty, 'json', places)
  expect(found.get('#/paths/~1pets')).toBe(4)
  expect(pretty.split('\n')[(found.get('#/paths/~1pets/get/list/1') ?? 0) - 1]?.trim()).toBe('{')
  expect(found.has('#/nowhere')).toBe(false)
})

test('all errors and warnings of a document are listed with their places', () => {
  const bad = {
    info: {},
    paths: {
      pets: { get: 1 },
      '/pets/{id}': { get: { operationId: 'same', responses: { 200: { $ref: '#/nowhere' } } } },
      '/pets/{petId}': { get: { operationId: 'same' } },
    },
  }
  const errors = documentErrors(bad).map((one) => one.text)
  expect(errors).toHaveLength(5)
  const warnings = documentWarnings(bad).map((one) => one.text)
  for (const part of [
    'same path for a caller',
    'has the operationId',
    'has no responses',
    'does not describe its path parameter',
  ])
    expect(
      warnings.some((text) => text.includes(part)),
      part,
    ).toBe(true)
})
