// What is refused, and in which words; and what is kept of a document that is taken.
import { expect, test } from 'vitest'
import { readOpenApi } from '~/domain/catalog/read-openapi'
import { documentText, documentWith, petOperation } from '~test/support/documents'
import { timed } from '~test/support/timed'

const read = (text: string) => readOpenApi(text, (markdown) => markdown)

function problemOf(text: string): string {
  const result = read(text)
  return result.ok ? 'taken' : result.problem
}

function operationsOf(text: string) {
  const result = read(text)
  if (!result.ok) throw new Error(result.problem)
  return result.document.operations
}

test.each([
  ['nothing', '', 'The document is empty.'],
  ['only spaces', '   \n', 'The document is empty.'],
  ['a list', '[]', 'must be an object with "openapi", "info" and "paths"'],
  ['one word', 'hello', 'must be an object'],
  ['no version', documentText({ openapi: undefined }), '"openapi" must name version 3.0 or 3.1'],
  ['a version of the future', documentText({ openapi: '4.0.0' }), '"openapi" must name version 3.0 or 3.1'],
  ['the next version', documentText({ openapi: '3.2.0' }), '"openapi" must name version 3.0 or 3.1'],
  ['a number for its version', documentText({ openapi: 3.1 }), '"openapi" must name version 3.0 or 3.1'],
  ['no title', documentText({ info: { version: '1' } }), '"info.title" is missing'],
  ['a number as version', documentText({ info: { title: 'A', version: 1 } }), 'Write it in quotes'],
  ['no paths', documentText({ paths: undefined }), '"paths" is missing'],
  ['no operations', documentText({ paths: {} }), 'has no operations'],
  ['a path without slash', documentText({ paths: { pets: { get: {} } } }), '"pets" must begin with a slash'],
  ['an operation that is none', documentText({ paths: { '/a': { get: 1 } } }), 'GET /a is not an object'],
  ['broken JSON', '{\n  "openapi": "3.1.0",\n  oops\n}', 'not valid JSON, line 3.'],
  ['JSON that ends early', '{ "openapi": ', 'not valid JSON, line 1: it ends too early.'],
  ['two YAML documents', 'a: 1\n---\nb: 2\n', 'not valid YAML'],
])('a document with %s is refused with its reason', (_name, text, problem) => {
  expect(problemOf(text)).toContain(problem)
})

test('broken YAML names the line', () => {
  expect(problemOf('openapi: 3.1.0\ninfo:\n  title: A\n  version: "1"\n bad: [1\npaths: {}\n')).toMatch(
    /not valid YAML, line [56]:/,
  )
  expect(problemOf('openapi: 3.1.0\nopenapi: 3.0.0\n')).toMatch(
    /not valid YAML, line 2: the key "openapi" is there twice/,
  )
})

test('Swagger 2.0 is refused with the way to convert it', () => {
  const problem = problemOf('swagger: "2.0"\ninfo: {title: A, version: "1"}\npaths: {}\n')
  expect(problem).toContain('Swagger 2.0')
  expect(problem).toContain('npx swagger2openapi')
})

test.each([
  'https://evil.example/pets.yaml#/Pet',
  './pets.yaml',
  'file:///etc/passwd',
  '//evil.example/x',
  'pets.json#/a',
])('a $ref to %s is refused with its place, and nothing is fetched', ($ref) => {
  expect(problemOf(documentText({}, { requestBody: { $ref } }))).toBe(
    `$ref "${$ref}" at #/paths/~1pets~1{petId}/get/requestBody leaves the document. Bundle the document into one file first.`,
  )
})

test('a $ref that points at nothing is refused with its place', () => {
  for (const $ref of ['#/components/schemas/Pet', '#Pet', '#/constructor', '#/paths/__proto__'])
    expect(problemOf(documentText({ components: { schemas: { A: { $ref } } } }))).toBe(
      `$ref "${$ref}" at #/components/schemas/A points at nothing.`,
    )
})

test('a $ref in an example, a default or an extension is data, and a property may be called $ref', () => {
  const far = { $ref: 'https://elsewhere.example/x' }
  const schemas = {
    Link: { properties: { $ref: { type: 'string' }, example: { type: 'string' } }, default: far },
    Deep: { type: 'object', example: { nested: [far] }, 'x-internal': far, examples: [far] },
  }
  const media = { examples: { first: { value: far } } }
  const text = documentText(
    { components: { schemas } },
    { requestBody: { content: { 'application/json': media } } },
  )
  expect(problemOf(text)).toBe('taken')
  const named = documentText({ components: { schemas: { A: { properties: { example: far } } } } })
  expect(problemOf(named)).toContain('/components/schemas/A/properties/example leaves the document')
})

test('more than 5 MB are refused, in bytes', () => {
  const text = (fill: string, count: number) =>
    documentText({ info: { title: 'A', version: '1', 'x-fill': fill.repeat(count) } })
  expect(problemOf(text('x', 5 * 1024 * 1024))).toContain('more than 5 MB')
  expect(problemOf(text('ü', 3 * 1024 * 1024))).toContain('more than 5 MB')
  expect(problemOf(text('x', 4 * 1024 * 1024))).toBe('taken')
})

test('a YAML alias bomb is refused within a second', () => {
  const levels = Array.from({ length: 12 }, (_, at) => {
    const below = at === 0 ? 'lol' : `*a${at - 1}`
    return `a${at}: &a${at} [${Array(10).fill(below).join(', ')}]`
  })
  const { value, ms } = timed(() => problemOf(levels.join('\n')), 1000)
  expect(value).toContain('more than 1,000,000 values')
  expect(ms).toBeLessThan(1000)
  expect(problemOf('a: &a [*a, *a]\n')).toMatch(/levels|not valid YAML/)
})

test('a few repetitions of one great list are refused too', () => {
  const wide = `a: &a [${'0,'.repeat(100_000)}0]\nb: [${Array(90).fill('*a').join(',')}]\n`
  expect(problemOf(wide)).toContain('more than 1,000,000 values')
})

test('values that nest without end are refused, in JSON and in YAML', () => {
  const deep = '['.repeat(100_000)
  expect(problemOf(`{"a":${deep}${']'.repeat(100_000)}}`)).toContain('nests more than 200 levels')
  expect(problemOf(`a: ${'['.repeat(20_000)}`)).toMatch(/nests more than 200 levels|not valid YAML/)
})

test('an honest use of YAML anchors is taken', () => {
  const text = [
    'openapi: 3.1.0',
    'info: {title: Pets, version: "1"}',
    'paths:',
    '  /a: &a',
    '    get: {summary: List}',
    '  /b: *a',
  ].join('\n')
  expect(operationsOf(text).map((operation) => `${operation.path} ${operation.summary}`)).toEqual([
    '/a List',
    '/b List',
  ])
})

test('tens of thousands of anchors are read in seconds, and a name that stands for nothing is told', () => {
  const numbers = Array.from({ length: 30_000 }, (_, at) => at)
  const anchors = numbers.map((at) => `&a${at} ${at}`).join(', ')
  const text = `a: [${anchors}]\nb: [${numbers.map((at) => `*a${at}`).join(', ')}]\n`
  const { value, ms } = timed(() => problemOf(text), 10_000)
  expect(value).toContain('"openapi" must name')
  expect(ms).toBeLessThan(10_000)
  expect(problemOf('a: 1\nb: *nobody\n')).toMatch(/not valid YAML, line 2: .*nobody/)
})

test('keys merged with << are there, own keys win, and merging without end is refused', () => {
  const text = [
    'openapi: 3.1.0',
    'info: {title: Pets, version: "1"}',
    'x-common: &common {summary: Shared, deprecated: true}',
    'paths:',
    '  /a: {get: {<<: *common, summary: Own}}',
    '  /b: {get: {<<: [*common]}}',
  ].join('\n')
  expect(operationsOf(text)).toMatchObject([
    { summary: 'Own', deprecated: true },
    { summary: 'Shared', deprecated: true },
  ])
  const great = Array.from({ length: 1000 }, (_, at) => `k${at}: 1`).join(', ')
  expect(problemOf(`a: &a {${great}}\nb: [${Array(300).fill('{<<: *a}').join(', ')}]\n`)).toContain(
    'line 2: "<<" is used too often',
  )
  expect(problemOf('a: {<<: 1}\n')).toContain('"<<" takes maps only')
})

test('JSON with a byte order mark is taken', () => {
  expect(problemOf(`\uFEFF${documentText()}`)).toBe('taken')
})

test('an operation is read with its parameters, answers, examples and security', () => {
  const [operation] = operationsOf(
    documentText({ security: [{ key: [] }] }, { ...petOperation, deprecated: true }),
  )
  expect(operation).toMatchObject({
    slug: 'get-pet',
    method: 'GET',
    path: '/pets/{petId}',
    tag: 'Pets',
    summary: 'Get a pet',
    deprecated: true,
    detail: {
      descriptionHtml: 'Answers **one** pet.',
      parameters: [{ name: 'petId', in: 'path', required: true, type: 'integer', example: '7' }],
      requestBody: null,
      responses: [
        {
          status: '200',
          description: 'The pet',
          bodies: [
            {
              contentType: 'application/json',
              example: '{\n  "name": "Rex"\n}',
              schema: {
                type: 'object',
                children: [
                  { name: 'name', type: 'string', required: true },
                  { name: 'owner', type: 'object', required: false, children: [{ name: 'age' }] },
                ],
              },
            },
          ],
        },
      ],
      security: ['key'],
    },
  })
})

test('parameters of the path apply to its operations, whose own replace them', () => {
  const shared = [
    { name: 'limit', in: 'query', description: 'shared', schema: { type: 'integer', maximum: 10 } },
    { $ref: '#/components/parameters/Trace' },
  ]
  const components = { parameters: { Trace: { name: 'trace', in: 'header', schema: { type: 'string' } } } }
  const own = [{ name: 'limit', in: 'query', description: 'own', schema: { type: 'integer', maximum: 5 } }]
  const [operation] = operationsOf(
    documentText({ components, paths: { '/pets': { parameters: shared, get: { parameters: own } } } }),
  )
  expect(operation?.detail.parameters).toMatchObject([
    { name: 'limit', description: 'own', notes: ['at most 5'] },
    { name: 'trace', in: 'header' },
  ])
})

test('what may be sent as a parameter is read: the choices, the usual value, and how a list is sent', () => {
  const parameters = [
    { name: 'kind', in: 'query', schema: { $ref: '#/components/schemas/Kind' } },
    { name: 'dry', in: 'query', schema: { type: 'boolean', default: false } },
    { name: 'tags', in: 'query', schema: { type: 'array', items: { type: 'string' }, default: ['a', 'b'] } },
    { name: 'ids', in: 'query', explode: false, schema: { type: ['array', 'null'] } },
    { name: 'X-Ids', in: 'header', schema: { type: 'array' } },
    { name: 'many', in: 'query', schema: { enum: Array.from({ length: 500 }, (_, at) => at) } },
    { name: 'where', in: 'query', schema: { type: 'object', default: { a: 1 } } },
  ]
  const components = { schemas: { Kind: { type: 'string', enum: ['cat', 'dog'], default: 'dog' } } }
  const text = documentText({ components }, { parameters, responses: {} })
  const [operation] = operationsOf(text)
  expect(
    operation?.detail.parameters.map(({ name, choices, preset, list }) => [name, choices, preset, list]),
  ).toEqual([
    ['kind', ['cat', 'dog'], 'dog', undefined],
    ['dry', ['true', 'false'], 'false', undefined],
    ['tags', undefined, 'a,b', 'repeated'],
    ['ids', undefined, undefined, 'joined'],
    ['X-Ids', undefined, undefined, 'joined'],
    ['many', undefined, undefined, undefined],
    ['where', undefined, undefined, undefined],
  ])
})

test('operations that would share a deep link get one each, and none takes the page’s own', () => {
  const paths = {
    '/a': { get: { operationId: 'list' }, post: { operationId: 'list' } },
    '/b': { get: { operationId: 'Introduction' }, post: { operationId: '???' } },
  }
  expect(operationsOf(documentText({ paths })).map((operation) => operation.slug)).toEqual([
    'list',
    'list-2',
    'introduction',
    'operation',
  ])
})

test('a giant of 2,000 operations with great schemas stays small, and more are refused', () => {
  const fields = (below: unknown) =>
    Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`field${at}`, below]))
  const schemas = {
    Leaf: { type: 'object', properties: fields({ type: 'string', description: 'x'.repeat(500) }) },
    Branch: { type: 'object', properties: fields({ $ref: '#/components/schemas/Leaf' }) },
    Tree: { type: 'object', properties: fields({ $ref: '#/components/schemas/Branch' }) },
  }
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Tree' } } }
  const paths = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, at) => [
        `/p${at}`,
        { get: { responses: { 200: { description: '', content } } } },
      ]),
    )
  const operations = operationsOf(documentText({ components: { schemas }, paths: paths(2000) }))
  expect(operations).toHaveLength(2000)
  expect(JSON.stringify(operations).length).toBeLessThan(40_000_000)
  const tree = operations[0]?.detail.responses[0]?.bodies[0]?.schema
  expect(tree?.children).toHaveLength(40)
  expect(problemOf(documentText({ components: { schemas }, paths: paths(2001) }))).toContain(
    'more than 2000 operations',
  )
})

test('text that would not fit a row is refused with its place', () => {
  expect(problemOf(documentText({}, { description: 'x'.repeat(600_000) }))).toBe(
    'GET /pets/{petId} has too much text and examples. Shorten them.',
  )
  const info = { title: 'A', version: '1', description: 'x'.repeat(300_000) }
  expect(problemOf(JSON.stringify(documentWith({ info })))).toContain('too long')
})
