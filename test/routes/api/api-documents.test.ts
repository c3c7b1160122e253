// A build publishes its OpenAPI document: what is imported, what is refused and how, which document is current.
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { checkApiDocument } from '~/domain/catalog/check-api-document.server'
import { apiDocuments, apis, events } from '~db/schema'
import { apiClient } from '~test/support/api'
import { contextFor, db } from '~test/support/context'
import {
  currentOperations,
  documentedProduct,
  documentText,
  documentWith,
  done,
  petOperation,
} from '~test/support/documents'

let client: Awaited<ReturnType<typeof apiClient>>
beforeAll(async () => {
  client = await apiClient()
})

/** An API with one document, of version 1.0.0. */
async function documented() {
  const { productId, apiId } = await documentedProduct([])
  const path = `/products/${productId}/apis/${apiId}/documents`
  const publish = (document: unknown, headers: Record<string, string> = {}) =>
    client.call('POST', path, { document }, headers)
  const states = async () =>
    (await client.call('GET', path)).body.data.map((one: { version: string; state: string }) => [
      one.version,
      one.state,
    ])
  return { productId, apiId, path, publish, states }
}

const second = (version = '2.0.0') =>
  documentText({
    info: { title: 'Pets', version },
    paths: { '/pets': { get: { operationId: 'listPets', responses: { 200: { description: 'All' } } } } },
  })

test('a document that is published becomes the current one, and the answer says what it changed and what is odd', async () => {
  const { apiId, path, publish, states } = await documented()
  const text = second()
  const made = await publish(text)
  expect(made.status).toBe(201)
  const { id, created_at, ...rest } = made.body
  expect(made.headers.get('location')).toBe(`/api/v1${path}/${id}`)
  expect(rest).toEqual({
    api_id: apiId,
    state: 'current',
    title: 'Pets',
    version: '2.0.0',
    openapi_version: '3.1.0',
    format: 'json',
    operations: 1,
    size_bytes: text.length,
    changes: { added: 1, removed: 1, changed: 0, breaking: 1 },
    change_list: {
      added: [{ method: 'GET', path: '/pets' }],
      removed: [{ method: 'GET', path: '/pets/{petId}' }],
      changed: [],
      partial: false,
    },
    warnings: [],
  })
  expect((await currentOperations(apiId)).map((one) => one.path)).toEqual(['/pets'])
  expect((await client.call('GET', `${path}/${id}`)).body).toEqual(made.body)
  expect(await states()).toEqual([
    ['2.0.0', 'current'],
    ['1.0.0', 'earlier'],
  ])
  const told = await db.select().from(events).where(eq(events.subjectId, apiId))
  expect(told.at(-1)).toMatchObject({
    type: 'api.document_imported',
    actorId: client.admin.userId,
    data: { version: '2.0.0', versionBefore: '1.0.0', breaking: true, apiTokenId: client.tokenId },
  })
  expect((await client.call('GET', path.replace(/\/documents$/, ''))).body).toMatchObject({
    document_id: id,
    operations: 1,
  })
})

test('YAML is taken as it is, and a warning names its line', async () => {
  const { publish } = await documented()
  const made = await publish(
    [
      'openapi: 3.0.3',
      'info: { title: Pets, version: "3.0" }',
      'paths:',
      '  /pets/{petId}:',
      '    get:',
      '      responses: { 200: { description: One } }',
      '',
    ].join('\n'),
  )
  expect([made.status, made.body.format, made.body.state]).toEqual([201, 'yaml', 'current'])
  expect(made.body.warnings).toEqual([
    {
      line: 5,
      at: '#/paths/~1pets~1{petId}/get',
      text: 'GET /pets/{petId} does not describe its path parameter "petId".',
    },
  ])
})

test('a document that cannot be imported is refused with every problem and its line, and nothing changes', async () => {
  const { apiId, publish, states } = await documented()
  const before = await db.$count(events, eq(events.subjectId, apiId))
  const broken = JSON.stringify(
    {
      openapi: '3.1.0',
      info: { title: 'Pets' },
      paths: { pets: {}, '/a': { get: { responses: { 200: { $ref: '#/components/nothing' } } } } },
    },
    null,
    2,
  )
  const refused = await publish(broken)
  expect([refused.status, refused.body.code]).toEqual([422, 'invalid_input'])
  expect(refused.headers.get('content-type')).toBe('application/problem+json')
  expect(refused.body.errors.map((one: { pointer: string }) => one.pointer)).toEqual(
    Array(refused.body.errors.length).fill('/document'),
  )
  const details: string[] = refused.body.errors.map((one: { detail: string }) => one.detail)
  expect(details).toContain('Line 3: "info.version" is missing. Write it in quotes, such as "1.0.0".')
  expect(details).toContain('Line 7: The path "pets" must begin with a slash.')
  expect(details.some((detail) => /^Line 1\d: .*#\/components\/nothing/.test(detail))).toBe(true)
  expect(refused.body.detail).toContain('"info.version" is missing')

  for (const [text, problem] of [
    ['', 'The document is empty.'],
    ['{ "openapi": ', 'The document is not valid JSON, line 1: it ends too early.'],
    ['just a text', 'The document must be an object with "openapi", "info" and "paths".'],
    [documentText({ swagger: '2.0' }), /Swagger 2\.0/],
    [documentText({ info: { title: 'x', version: '1', description: '\ud800' } }), null],
    [`${documentText().slice(0, -1)},"x-a":"\ud800"}`, 'The document has half of a surrogate pair.'],
  ] as const) {
    const answer = await publish(text)
    if (problem === null) expect(answer.status, answer.text).toBe(201)
    else {
      expect([answer.status, answer.body.errors?.[0]?.pointer], JSON.stringify(text)).toEqual([
        422,
        '/document',
      ])
      if (typeof problem === 'string') expect(answer.body.errors[0].detail).toBe(problem)
      else expect(answer.body.errors[0].detail).toMatch(problem)
    }
  }
  for (const value of [null, 7, {}, documentWith()])
    expect((await publish(value)).body.errors[0].pointer).toBe('/document')
  expect(await states()).toHaveLength(2)
  // The one whose escape stands in the text, as JSON allows, is the only one that came in.
  expect(await db.$count(events, eq(events.subjectId, apiId))).toBe(before + 1)
})

test('a document may have 5 MB and its body 10: what is longer is refused, the first at its field, the second unread', async () => {
  const { publish, states } = await documented()
  const megabytes = 1024 * 1024
  const small = second()
  // Every character of the filling is two in JSON, so the body is close to its own limit.
  const large = small + '\n'.repeat(5 * megabytes - small.length)
  const made = await publish(large)
  expect([made.status, made.body.size_bytes]).toEqual([201, 5 * megabytes])
  const long = await publish(`${large} `)
  expect([long.status, long.body.errors?.[0]]).toEqual([
    422,
    { detail: 'The document has more than 5 MB. Split it into several APIs.', pointer: '/document' },
  ])
  const over = await publish(' '.repeat(10 * megabytes))
  expect([over.status, over.body.code, over.body.detail]).toEqual([
    413,
    'body_too_large',
    'A body can have at most 10 MB here.',
  ])
  expect(await states()).toHaveLength(2)
})

test('a publication that is sent again under its key is one document', async () => {
  const { publish, states } = await documented()
  const key = { 'idempotency-key': crypto.randomUUID() }
  const first = await publish(second(), key)
  const again = await publish(second(), key)
  expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
  expect(again.body).toEqual(first.body)
  expect(again.headers.get('location')).toBe(first.headers.get('location'))
  expect((await publish(second('2.0.1'), key)).body.code).toBe('idempotency_key_reused')
  expect(await states()).toHaveLength(2)
})

test('of documents that come at once the last one in is current, whole, and who lost is told', async () => {
  const { apiId, publish, states } = await documented()
  const versions = ['2.0.0', '2.0.1', '2.0.2', '2.0.3']
  const answers = await Promise.all(versions.map((version) => publish(second(version))))
  for (const answer of answers) expect([201, 409], answer.text).toContain(answer.status)
  const lost = answers.filter(({ status }) => status === 409)
  for (const answer of lost) expect(answer.body.code).toBe('conflict')
  expect(answers.length - lost.length).toBeGreaterThan(0)
  const now = await states()
  expect(now.filter(([, state]: [string, string]) => state === 'current')).toHaveLength(1)
  const won = answers.flatMap(({ status, body }) => (status === 201 ? [body.version] : []))
  const current = now.find(([, state]: [string, string]) => state === 'current')
  expect(won).toContain(current[0])
  const imported = await db.select().from(events).where(eq(events.subjectId, apiId))
  expect(
    imported.filter(({ type, actorType }) => type === 'api.document_imported' && actorType === 'admin'),
  ).toHaveLength(won.length)
})

test('an earlier document comes back, once; a draft that an admin checked is imported while it is up to date', async () => {
  const { productId, apiId, path, publish, states } = await documented()
  const ctx = contextFor(client.admin)
  const [first] = await db.select().from(apiDocuments).where(eq(apiDocuments.apiId, apiId))
  expect((await publish(second())).status).toBe(201)
  const back = await client.call('POST', `${path}/${first?.id}/adopt`)
  expect([back.status, back.body.version, back.body.state]).toEqual([200, '1.0.0', 'current'])
  const twice = await client.call('POST', `${path}/${first?.id}/adopt`)
  expect([twice.status, twice.body.code]).toEqual([409, 'already_decided'])

  const draft = done(await checkApiDocument(ctx, productId, apiId, second('3.0.0'))).documentId
  expect((await client.call('GET', `${path}/${draft}`)).body.state).toBe('draft')
  expect((await client.call('POST', `${path}/${draft}/adopt`)).body).toMatchObject({
    version: '3.0.0',
    state: 'current',
  })
  const late = done(await checkApiDocument(ctx, productId, apiId, second('4.0.0'))).documentId
  await db
    .update(apis)
    .set({ documentId: first?.id ?? null })
    .where(eq(apis.id, apiId))
  const stale = await client.call('POST', `${path}/${late}/adopt`)
  expect([stale.status, stale.body.code]).toEqual([409, 'conflict'])
  expect((await publish(second('5.0.0'))).status).toBe(201)
  expect((await client.call('GET', `${path}/${late}`)).status).toBe(404)
  expect((await states())[0]).toEqual(['5.0.0', 'current'])
})

test('documents belong to their API and their product: at the address of another there are none', async () => {
  const [one, other] = [await documented(), await documented()]
  const [document] = await db.select().from(apiDocuments).where(eq(apiDocuments.apiId, one.apiId))
  const crossed = `/products/${other.productId}/apis/${one.apiId}/documents`
  for (const [method, path] of [
    ['GET', crossed],
    ['GET', `${crossed}/${document?.id}`],
    ['GET', `${other.path}/${document?.id}`],
    ['POST', `${other.path}/${document?.id}/adopt`],
  ] as const)
    expect((await client.call(method, path)).status, path).toBe(404)
  const lost = await client.call('POST', crossed, { document: documentText() })
  expect([lost.status, lost.body.code]).toEqual([404, 'not_found'])
  expect(await one.states()).toEqual([['1.0.0', 'current']])
})

test('documents are walked by cursor, newest first, each once', async () => {
  const { path, publish } = await documented()
  const made = ['2.0.0', '3.0.0', '4.0.0']
  for (const version of made)
    expect((await publish(documentText({ info: { title: 'Pets', version } }, petOperation))).status).toBe(201)
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const at: string = cursor ? `&cursor=${cursor}` : ''
    const page = await client.call('GET', `${path}?limit=2${at}`)
    seen.push(...page.body.data.map((one: { version: string }) => one.version))
    cursor = page.body.next_cursor
  } while (cursor)
  expect(seen).toEqual(['4.0.0', '3.0.0', '2.0.0', '1.0.0'])
})
