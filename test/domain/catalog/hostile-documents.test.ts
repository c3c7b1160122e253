import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SchemaNode } from '~/domain/catalog/operation'
import { readOpenApi } from '~/domain/catalog/read-openapi'
import { markdownTools } from '~/platform/markdown'
import { demoProducts } from '~demo/products'
import { timed } from '~test/support/timed'

type Json = Record<string, unknown>

const read = (source: unknown) =>
  readOpenApi(typeof source === 'string' ? source : JSON.stringify(source), (text) => text)

function document(changes: Json = {}): Json {
  return {
    openapi: '3.1.0',
    info: { title: 'Small', version: '1.0.0' },
    paths: { '/things': { get: { operationId: 'listThings', responses: { 200: { description: 'All' } } } } },
    ...changes,
  }
}

/** A document with one POST that takes `schema`. */
function taking(schema: unknown, components: Json = {}): Json {
  const content = { 'application/json': { schema } }
  const responses = { 200: { description: 'Made' } }
  return document({
    paths: { '/things': { post: { requestBody: { content }, responses } } },
    components: { schemas: components },
  })
}

function problemOf(source: unknown): string {
  const result = read(source)
  return result.ok ? '' : result.problem
}

function documentOf(source: unknown) {
  const result = read(source)
  if (!result.ok) throw new Error(result.problem)
  return result.document
}

function treeOf(source: Json): SchemaNode {
  const tree = documentOf(source).operations[0]?.detail.requestBody?.bodies[0]?.schema
  if (!tree) throw new Error('no schema')
  return tree
}

function nodesOf(node: SchemaNode): SchemaNode[] {
  return [node, ...node.children.flatMap(nodesOf)]
}

const yaml = `openapi: 3.0.3
info: { title: Small, version: "1.0.0" }
paths:
  /things/{id}:
    get:
      tags: [Things]
      summary: One thing
      responses:
        "200": { description: It }
`

test('JSON and YAML, 3.0 and 3.1, with and without a byte order mark, are read', () => {
  const fromYaml = documentOf(yaml)
  expect(fromYaml).toMatchObject({
    format: 'yaml',
    openapiVersion: '3.0.3',
    title: 'Small',
    version: '1.0.0',
  })
  expect(fromYaml.operations).toMatchObject([
    { method: 'GET', path: '/things/{id}', tag: 'Things', summary: 'One thing' },
  ])
  expect(documentOf(document())).toMatchObject({ format: 'json', openapiVersion: '3.1.0' })
  expect(documentOf(`\ufeff${JSON.stringify(document())}`).format).toBe('json')
  expect(documentOf(`\ufeff${yaml}`).format).toBe('yaml')
})

test('extensions beside the paths are passed over', () => {
  expect(
    documentOf({ ...document(), paths: { ...(document()['paths'] as Json), 'x-internal': { a: 1 } } })
      .operations,
  ).toHaveLength(1)
})

test.each([
  ['{\n  "openapi": "3.1.0",\n  "info": oops\n}', 3],
  ['{\n  "openapi": "3.1.0",\n  "paths": [1,]\n}', 3],
  ["{\n  'openapi': 1\n}", 2],
  ['{\n  "openapi": "3.1.0"\n  "paths": {}\n}', 3],
  [`{\n  "openapi": "3.1.0",\n${'  "x-a": 1,\n'.repeat(40)}  "info": oops\n}`, 43],
  ['{\n  "openapi": "3.1.0",\n', 3],
  ['{"a": 1}\n}', 2],
])('JSON that is not well-formed names the line: %j', (source, line) => {
  expect(problemOf(source)).toMatch(new RegExp(`not valid JSON.*line ${line}\\b`))
})

test.each([
  ['openapi: 3.1.0\ninfo: {title: a\npaths: {}\n', 3],
  ['openapi: 3.1.0\n\tinfo: a\n', 2],
  ['openapi: 3.1.0\ninfo: a\nopenapi: 3.1.0\n', 3],
  ['openapi: 3.1.0\n--- \nmore: 1\n', 2],
])('YAML that is not well-formed names the line: %j', (source, line) => {
  expect(problemOf(source)).toMatch(new RegExp(`not valid YAML, line ${line}\\b`))
})

test.each(['#/components/schemas/None', '#/components/schemas', '#Anchor', '#/', '#/paths/~1other/get'])(
  'a reference to %s, which is not a thing of the document, is refused or harmless',
  ($ref) => {
    const problem = problemOf(taking({ $ref }))
    if ($ref === '#/components/schemas') expect(problem).toBe('')
    else expect(problem).toMatch(/at #\/paths\/.*\/schema/)
  },
)

test('a dangling reference is found below names like default, value and example, and in a response called default', () => {
  const $ref = '#/components/schemas/None'
  for (const name of ['default', 'value', 'example', 'const', 'enum', 'x-thing'])
    expect(problemOf(taking({ properties: { [name]: { $ref } } })), name).toContain('points at nothing')
  const responses = { default: { $ref: '#/components/responses/None' } }
  expect(problemOf(document({ paths: { '/a': { get: { responses } } } }))).toContain('points at nothing')
})

test('a “$ref” in an example, a default, an enum or an extension, however deep, is a word like any other', () => {
  const data = { deep: [{ $ref: 'https://elsewhere.test' }] }
  expect(
    problemOf(
      taking({
        type: 'object',
        example: data,
        default: data,
        examples: [data],
        enum: [data],
        'x-data': data,
      }),
    ),
  ).toBe('')
  const content = { 'application/json': { schema: {}, examples: { one: { value: data } } } }
  const paths = { '/a': { post: { requestBody: { content }, responses: {} } } }
  expect(problemOf(document({ paths }))).toBe('')
})

test('a property that is called $ref is a property', () => {
  expect(
    nodesOf(treeOf(taking({ properties: { $ref: { type: 'string' } } }))).map((node) => node.name),
  ).toContain('$ref')
})

const cyclic = {
  direct: { Thing: { type: 'object', properties: { parent: { $ref: '#/components/schemas/Thing' } } } },
  list: {
    Thing: {
      type: 'object',
      properties: { parts: { type: 'array', items: { $ref: '#/components/schemas/Thing' } } },
    },
  },
  map: { Thing: { type: 'object', additionalProperties: { $ref: '#/components/schemas/Thing' } } },
  variant: { Thing: { oneOf: [{ type: 'string' }, { $ref: '#/components/schemas/Thing' }] } },
  pair: {
    Thing: { type: 'object', properties: { other: { $ref: '#/components/schemas/Other' } } },
    Other: { type: 'object', properties: { thing: { $ref: '#/components/schemas/Thing' } } },
  },
}

test.each(Object.entries(cyclic))(
  'a schema that holds itself (%s) is shown once, then as “repeats”',
  (_name, schemas) => {
    const nodes = nodesOf(treeOf(taking({ $ref: '#/components/schemas/Thing' }, schemas)))
    expect(nodes.some((node) => node.more === 'repeats')).toBe(true)
    expect(nodes.length).toBeLessThan(10)
  },
)

test('references that only lead to each other, and a part that is made of itself, end', () => {
  const schemas = {
    A: { $ref: '#/components/schemas/B' },
    B: { $ref: '#/components/schemas/A' },
    Self: { allOf: [{ $ref: '#/components/schemas/Self' }], properties: { a: { type: 'string' } } },
  }
  expect(treeOf(taking({ $ref: '#/components/schemas/A' }, schemas)).children).toEqual([])
  const self = treeOf(taking({ $ref: '#/components/schemas/Self' }, schemas))
  expect(self.children.map((node) => node.name)).toEqual(['a'])
})

test('parts of parts are read as one schema, with what each requires', () => {
  const schemas = {
    Base: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
    Middle: { allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { at: { type: 'string' } } }] },
    Top: {
      allOf: [{ $ref: '#/components/schemas/Middle' }],
      properties: { name: { type: 'string' } },
      required: ['name'],
    },
  }
  const { children } = treeOf(taking({ $ref: '#/components/schemas/Top' }, schemas))
  expect(children.map(({ name, required }) => [name, required])).toEqual([
    ['id', true],
    ['at', false],
    ['name', true],
  ])
})

test('a deep schema, a wide one and a huge enum are cut, and say so', () => {
  let deep: Json = { type: 'string' }
  for (let level = 0; level < 60; level += 1) deep = { type: 'object', properties: { next: deep } }
  const deepNodes = nodesOf(treeOf(taking(deep)))
  expect(deepNodes.length).toBeLessThan(20)
  expect(deepNodes.at(-1)?.more).toBe('deep')
  const properties = Object.fromEntries(
    Array.from({ length: 5000 }, (_, index) => [`field${index}`, { type: 'string' }]),
  )
  const wide = treeOf(taking({ type: 'object', properties }))
  expect(nodesOf(wide).length).toBeLessThan(1000)
  expect(wide.more).toBe('deep')
  const values = Array.from({ length: 10_000 }, (_, index) => `value-${index}-${'x'.repeat(200)}`)
  const notes = treeOf(taking({ type: 'string', enum: values })).notes.join(' ')
  expect(notes).toContain('and 9970 more')
  expect(notes.length).toBeLessThan(5000)
})

test('a document whose every operation takes the same giant stays small', () => {
  const schemas = Object.fromEntries(
    Array.from({ length: 60 }, (_, at) => [
      `S${at}`,
      {
        type: 'object',
        properties: Object.fromEntries(
          Array.from({ length: 12 }, (_, field) => [
            `f${field}`,
            { $ref: `#/components/schemas/S${(at + field + 1) % 60}` },
          ]),
        ),
      },
    ]),
  )
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/S0' } } }
  const paths = Object.fromEntries(
    Array.from({ length: 500 }, (_, at) => [
      `/p${at}`,
      { post: { requestBody: { content }, responses: { 200: { description: 'ok', content } } } },
    ]),
  )
  const { value, ms } = timed(() => documentOf(document({ paths, components: { schemas } })), 15_000)
  expect(JSON.stringify(value.operations).length).toBeLessThan(15_000_000)
  expect(ms).toBeLessThan(15_000)
})

test('a YAML alias bomb is refused in under a second', () => {
  const levels = Array.from(
    { length: 12 },
    (_, at) => `x-${at + 1}: &l${at + 1} [${Array(9).fill(`*l${at}`).join(', ')}]`,
  )
  const { value, ms } = timed(() => problemOf(`x-0: &l0 [lol]\n${levels.join('\n')}\n${yaml}`), 1000)
  expect(value).toContain('more than 1,000,000 values')
  expect(ms).toBeLessThan(1000)
})

test.each([
  ['brackets in YAML', `a: ${'['.repeat(100_000)}`],
  ['closed brackets in YAML', `a: ${'['.repeat(3000)}${']'.repeat(3000)}`],
  ['lists in YAML', `${'- '.repeat(5000)}a`],
  ['objects in JSON', `{"a":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_001)}`],
])('%s that nest without end are refused in two seconds', (_name, source) => {
  const { value, ms } = timed(() => problemOf(source), 2000)
  expect(value).not.toBe('')
  expect(ms).toBeLessThan(2000)
})

test('tens of thousands of keys in one YAML map are read in seconds', () => {
  const keys = Array.from({ length: 40_000 }, (_, at) => `  x-key-${at}: ${at}\n`).join('')
  const { value, ms } = timed(() => read(`${yaml}x-many:\n${keys}`).ok, 5000)
  expect(value).toBe(true)
  expect(ms).toBeLessThan(5000)
})

test('more than 5 MB and more than 2,000 operations are refused, in time', () => {
  expect(problemOf(`${yaml}x-long: ${'é'.repeat(2.6 * 1024 * 1024)}`)).toContain('more than 5 MB')
  const paths = Object.fromEntries(
    Array.from({ length: 60_000 }, (_, at) => [`/p${at}`, { get: { description: '*a*' } }]),
  )
  const source = JSON.stringify(document({ paths }))
  const { value, ms } = timed(() => readOpenApi(source, markdownTools.render), 3000)
  expect(value).toMatchObject({ ok: false, problem: expect.stringContaining('more than 2000 operations') })
  expect(ms).toBeLessThan(3000)
})

test('keys like __proto__, constructor and toString do no harm, and are shown', () => {
  const source = `{"openapi":"3.1.0","info":{"title":"A","version":"1"},"__proto__":{"polluted":1},"paths":{"/a":{"post":{
    "requestBody":{"content":{"application/json":{"schema":{"allOf":[{"type":"object","properties":{
      "__proto__":{"type":"string"},"constructor":{"type":"string"},"toString":{"type":"string"},
      "hasOwnProperty":{"type":"string"}}}]}}}},
    "responses":{"__proto__":{"description":"x"}}}}}}`
  const names = nodesOf(treeOf(JSON.parse(source))).map((node) => node.name)
  expect(names).toEqual(expect.arrayContaining(['__proto__', 'constructor', 'toString', 'hasOwnProperty']))
  const fromYaml = read(
    `${yaml}__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\ncomponents:\n  schemas:\n    __proto__: {type: string}\n`,
  )
  expect(fromYaml.ok).toBe(true)
  expect(({} as Json)['polluted']).toBeUndefined()
  for (const $ref of ['#/__proto__', '#/constructor/prototype', '#/paths/toString'])
    expect(problemOf(taking({ $ref })), $ref).toContain('points at nothing')
})

test('the values that the items of a list may have are shown', () => {
  const list = { type: 'array', items: { type: 'string', enum: ['red', 'green'] } }
  const words = nodesOf(treeOf(taking({ type: 'object', properties: { colors: list } })))
    .flatMap((node) => node.notes)
    .join(' ')
  expect(words).toContain('red, green')
})

test('text that was cut does not end in half a character', () => {
  const long = `${'x'.repeat(199)}😀😀`
  const parameters = [{ name: 'q', in: 'query', required: true, example: long, schema: {} }]
  const get = { parameters, summary: `${'x'.repeat(299)}😀`, responses: {} }
  const detail = JSON.stringify(documentOf(document({ paths: { '/a': { get } } })).operations)
  expect(detail).not.toMatch(/\\ud[89a-f]/i)
})

const demo = demoProducts.flatMap((product) =>
  product.apis.map((api) => [`${product.slug}/${api.slug}`, api.documentText] as const),
)

test('the demo has eight documents', () => {
  expect(demo).toHaveLength(8)
})

test.each(demo)('the document of %s is read with all its operations, and fast', (_name, text) => {
  const { value, ms } = timed(() => documentOf(text), 3000)
  const methods = text.match(/^ {4}(?:get|post|put|patch|delete):$/gm) ?? []
  expect(methods.length).toBeGreaterThan(7)
  expect(value.operations).toHaveLength(methods.length)
  expect(new Set(value.operations.map(({ slug }) => slug)).size).toBe(methods.length)
  expect(ms).toBeLessThan(3000)
})

test('no JSON value at all makes it throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(typeof read(value).ok).toBe('boolean')
    }),
    { numRuns: 300 },
  )
})

test('no text at all makes it throw', () => {
  const pieces = fc.constantFrom(
    'openapi: 3.1.0\n',
    '&a ',
    '*a',
    '!!set ',
    '? ',
    ': ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '\n',
    '  ',
  )
  const more = fc.constantFrom(
    '"',
    "'",
    '|',
    '>',
    '%YAML 1.1\n',
    '---\n',
    '!!binary ',
    '!!timestamp ',
    '<<: ',
    '#',
    '\u0000',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, more, fc.string({ maxLength: 4 })), { maxLength: 30 }), (parts) => {
      expect(typeof read(parts.join('')).ok).toBe('boolean')
      expect(typeof read(`${yaml}x-a: ${parts.join('')}`).ok).toBe('boolean')
    }),
    { numRuns: 500 },
  )
})

const rich = taking(
  {
    allOf: [{ $ref: '#/components/schemas/Thing' }],
    oneOf: [
      { type: ['string', 'null'], enum: ['a', { b: 1 }] },
      { type: 'array', items: { type: 'object' } },
    ],
    additionalProperties: { type: 'integer', default: 3, example: 4 },
  },
  {
    Thing: {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string', format: 'uuid', const: 'x' } },
    },
  },
)
Object.assign(rich, {
  servers: [{ url: 'https://a.example', description: 'One' }],
  tags: [{ name: 'Things', description: 'All' }],
  security: [{ key: [] }],
})
Object.assign(rich['components'] as Json, {
  securitySchemes: {
    key: { type: 'apiKey', name: 'X-API-Key', in: 'header' },
    bearer: { type: 'http', scheme: 'bearer' },
  },
})
const post = ((rich['paths'] as Json)['/things'] as Json)['post'] as Json
Object.assign(post, {
  tags: ['Things'],
  parameters: [{ name: 'q', in: 'query', schema: { type: 'string' }, examples: { one: { value: 1 } } }],
  responses: {
    200: { description: 'ok', content: { 'application/json': { example: { a: 1 } } } },
    default: {},
  },
})

/** Every place in a document, as the keys that lead to it. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, child]) => placesIn(child, [...path, key]))]
}

const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    null,
    { $ref: '#' },
    { $ref: '#/paths' },
    { $ref: '#/components/schemas/Thing' },
    { toString: 1, valueOf: 2, toJSON: 3 },
    [{ toString: null, valueOf: null }],
    [[[]]],
    '\ud800',
    -0,
    '__proto__',
  ),
)

test('a document with anything at any place is read or refused, never thrown at, and what is read can be stored', () => {
  const places = placesIn(rich).slice(1)
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...places), odd), { minLength: 1, maxLength: 4 }),
      (changes) => {
        const mutated = structuredClone(rich)
        for (const [place, value] of changes) {
          let at: Json = mutated
          for (const key of place.slice(0, -1)) {
            const next = at[key]
            if (typeof next !== 'object' || next === null) break
            at = next as Json
          }
          at[place.at(-1) ?? ''] = structuredClone(value)
        }
        const result = read(mutated)
        if (result.ok) expect(JSON.parse(JSON.stringify(result.document))).toBeTruthy()
      },
    ),
    { numRuns: 3000 },
  )
})
