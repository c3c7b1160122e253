// The demo upstream does what the documents say. Every test of an operation starts a server of its own, so no
// test sees what another one changed.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startUpstream } from '~demo/upstream/server.mjs'
import {
  type DocumentedOperation,
  documentNames,
  exampleAddress,
  exampleBodies,
  operationsOf,
  readDocument,
} from './read-documents'
import { pointer, type Validate, validatorOf } from './validate'

type Row = [name: string, one: DocumentedOperation, validate: Validate]

const rows: Row[] = documentNames.flatMap((name) => {
  const document = readDocument(name)
  const validate = validatorOf(document)
  return operationsOf(document).map((one): Row => [one.operation.operationId, one, validate])
})
const readRows = rows.filter(([, one]) => one.method === 'GET')
const writeRows = rows.filter(([, one]) => one.method !== 'GET')
const bodyRows = writeRows.filter(([, one]) => exampleBodies(one).length > 0)

let upstream: Awaited<ReturnType<typeof startUpstream>>

beforeEach(async () => {
  upstream = await startUpstream({ port: 0 })
})

afterEach(async () => {
  await upstream.close()
})

function call(method: string, address: string, body?: unknown, headers: Record<string, string> = {}) {
  const content = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
  return fetch(`${upstream.url}${address}`, { method, headers, ...content })
}

/** Calls with the documented examples and returns what does not fit the document. */
async function deviations(
  { method, path, operation }: DocumentedOperation,
  validate: Validate,
  answer: Response,
) {
  const status = String(answer.status)
  const text = await answer.text()
  if (!(status in operation.responses)) return [`${status} is not documented: ${text}`]
  if (answer.status === 204) return text === '' ? [] : ['204 with a body']
  const at = [
    'paths',
    path,
    method.toLowerCase(),
    'responses',
    status,
    'content',
    'application/json',
    'schema',
  ]
  return validate(pointer(...at), JSON.parse(text))
}

test.each(readRows)('GET %s answers with what its document promises', async (_id, one, validate) => {
  const answer = await call('GET', exampleAddress(one, 'required'))
  expect(answer.ok).toBe(true)
  expect(await deviations(one, validate, answer)).toEqual([])
})

test.each(readRows)('GET %s takes all its example parameters', async (_id, one, validate) => {
  const answer = await call('GET', exampleAddress(one, 'all'))
  expect(answer.ok).toBe(true)
  expect(await deviations(one, validate, answer)).toEqual([])
})

test.each(writeRows)('%s succeeds with each of its examples', async (_id, one, validate) => {
  const bodies = exampleBodies(one)
  for (const body of bodies.length > 0 ? bodies : [undefined]) {
    const answer = await call(one.method, exampleAddress(one, 'all'), body)
    expect(answer.ok, `${answer.status}`).toBe(true)
    expect(await deviations(one, validate, answer)).toEqual([])
  }
})

test.each(bodyRows)(
  '%s answers a documented problem to a body that is not an object',
  async (_id, one, validate) => {
    const answer = await call(one.method, exampleAddress(one, 'all'), [])
    const problem = await answer.json()
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(Object.keys(one.operation.responses)).toContain(String(answer.status))
    expect(validate(pointer('components', 'schemas', 'Problem'), problem)).toEqual([])
  },
)

test('a list is paged by cursor without gaps or repeats', async () => {
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const answer = await call('GET', `/payments/v2/payments?limit=30${cursor ? `&cursor=${cursor}` : ''}`)
    const page = (await answer.json()) as { data: { id: string }[]; next_cursor: string | null }
    seen.push(...page.data.map(({ id }) => id))
    cursor = page.next_cursor
  }
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen).toHaveLength(72)
})

test('a created record can be read, and a deleted one is gone', async () => {
  const made = await call('POST', '/product-data/v2/brands', { name: 'Alder Works' })
  const location = made.headers.get('location') ?? ''
  expect((await call('GET', location)).status).toBe(200)
  expect((await call('DELETE', location)).status).toBe(204)
  expect((await call('GET', location)).status).toBe(404)
})

test('all wrong fields are named in one answer', async () => {
  const answer = await call('POST', '/payments/v2/payments', { amount: 3, currency: 'XXX' })
  const problem = (await answer.json()) as { errors: { field: string }[] }
  expect(answer.status).toBe(422)
  expect(problem.errors.map(({ field }) => field)).toEqual(['/amount', '/currency'])
})

test('a payment cannot be captured twice', async () => {
  expect((await call('POST', '/payments/v2/payments/pay_1002/capture')).status).toBe(200)
  expect((await call('POST', '/payments/v2/payments/pay_1002/capture')).status).toBe(409)
})

test('refunds never exceed what was captured', async () => {
  const refund = () => call('POST', '/payments/v2/payments/pay_1001/refunds', { amount: 700 })
  expect((await refund()).status).toBe(201)
  expect((await refund()).status).toBe(422)
})

test('a repeated request with the same idempotency key gets the first answer', async () => {
  const send = (amount: number) =>
    call('POST', '/payments/v2/payments', { amount, currency: 'EUR' }, { 'idempotency-key': 'one' })
  const first = (await (await send(500)).json()) as { id: string }
  const second = (await (await send(500)).json()) as { id: string }
  expect(second.id).toBe(first.id)
  expect((await send(600)).status).toBe(409)
})

test('records made by callers are bounded and seeded ones stay', async () => {
  for (let index = 0; index < 305; index++) {
    await call('POST', '/product-data/v2/brands', { name: `Brand ${index}` })
  }
  expect((await call('GET', '/product-data/v2/brands/brd_1010')).status).toBe(404)
  expect((await call('GET', '/product-data/v2/brands/brd_1001')).status).toBe(200)
})

test('the weather depends only on place and time', async () => {
  const address =
    '/weather/v1/history/daily?latitude=53.5&longitude=10&start_date=2026-01-01&end_date=2026-01-03'
  const [first, second] = [
    await (await call('GET', address)).text(),
    await (await call('GET', address)).text(),
  ]
  expect(second).toBe(first)
})

test('broken JSON is a 400 and a body above 1 MB a 413', async () => {
  expect((await call('POST', '/payments/v2/payments', '{"amount":')).status).toBe(400)
  expect((await call('POST', '/payments/v2/payments', 'x'.repeat(1_100_000))).status).toBe(413)
})

test('an unknown address is a 404 and a known one with another method a 405 with Allow', async () => {
  expect((await call('GET', '/payments/v2/nothing')).status).toBe(404)
  const answer = await call('DELETE', '/payments/v2/payments')
  expect(answer.status).toBe(405)
  expect(answer.headers.get('allow')).toBe('GET, HEAD, POST')
})

test('HEAD answers like GET without a body', async () => {
  const answer = await call('HEAD', '/payments/v2/payments/pay_1001')
  expect(answer.status).toBe(200)
  expect(await answer.text()).toBe('')
})

test('the echo answers what it was sent', async () => {
  const answer = await call('PUT', '/echo/deep/path?a=1', 'hello', { 'x-sample': 'yes' })
  const echo = (await answer.json()) as { headers: Record<string, string> }
  expect(echo).toMatchObject({ method: 'PUT', path: '/echo/deep/path', query: { a: '1' }, body_length: 5 })
  expect(echo.headers['x-sample']).toBe('yes')
})

test('the diagnostic addresses delay, stream and answer any status', async () => {
  expect((await call('GET', '/status/503')).status).toBe(503)
  expect((await call('GET', '/status/204')).status).toBe(204)
  expect(await (await call('GET', '/slow?ms=20')).json()).toEqual({ waited_ms: 20 })
  expect(await (await call('GET', '/stream?chunks=3&ms=5')).text()).toBe(
    'chunk 1 of 3\nchunk 2 of 3\nchunk 3 of 3\n',
  )
})
