// The HTTP server behind the demo's gateway: all APIs of the fictional provider Meridian, with seeded data in
// memory. Nothing is logged per request; each started server has a world of its own.
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { pathToFileURL } from 'node:url'
import { checkoutApi } from './checkout.mjs'
import { answerDiagnostics } from './diagnostics.mjs'
import { createIdempotencyMemory } from './idempotency.mjs'
import { identityApi } from './identity.mjs'
import { paymentsApi } from './payments.mjs'
import { payoutsApi } from './payouts.mjs'
import { badRequest, Problem } from './problem.mjs'
import { productDataApi } from './product-data.mjs'
import { createRouter } from './router.mjs'
import { shippingApi } from './shipping.mjs'
import { trackingApi } from './tracking.mjs'
import { weatherApi } from './weather.mjs'

const maxBodyBytes = 1024 * 1024

const apis = {
  '/payments/v2': paymentsApi,
  '/payouts/v1': payoutsApi,
  '/shipping/v3': shippingApi,
  '/tracking/v1': trackingApi,
  '/weather/v1': weatherApi,
  '/identity/v1': identityApi,
  '/product-data/v2': productDataApi,
  '/checkout/v1': checkoutApi,
}

/** Port 0 takes a free port. `now` is the clock of new records. */
export async function startUpstream({ port = 8788, host = '127.0.0.1', now = () => new Date() } = {}) {
  const router = createRouter()
  for (const [base, createApi] of Object.entries(apis)) {
    router.add(base, createApi({ now: () => now().toISOString(), base }))
  }
  const memory = createIdempotencyMemory()
  const server = createServer((request, response) => {
    answer(request, response, { router, memory }).catch((error) => sendError(response, error))
  })
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    url: `http://${host}:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(request, response, { router, memory }) {
  const url = parsedUrl(request)
  if (await answerDiagnostics(request, response, url)) return
  const { handler, params } = router.match(request.method, url.pathname)
  const raw = await readRaw(request)
  const idempotencyKey = request.method === 'POST' ? request.headers['idempotency-key'] : undefined
  const memoryKey = idempotencyKey && `${url.pathname} ${idempotencyKey}`
  const fingerprint = memoryKey && createHash('sha256').update(raw).digest('base64')
  const known = memoryKey && memory.recall(memoryKey, fingerprint)
  if (known) {
    const headers = { ...known.headers, 'idempotent-replayed': 'true' }
    return send(response, request.method, { ...known, headers })
  }

  const result = await handler({
    params,
    query: url.searchParams,
    body: parsedBody(raw),
    headers: request.headers,
  })
  const reply = result?.isReply ? result : { status: 200, body: result, headers: {} }
  const frozen = { status: reply.status, text: serialized(reply.body), headers: reply.headers }
  if (memoryKey) memory.remember(memoryKey, fingerprint, frozen)
  send(response, request.method, frozen)
}

function parsedUrl(request) {
  try {
    return new URL(request.url, 'http://upstream.local')
  } catch {
    throw badRequest('invalid_address', 'The address of the request is not valid.')
  }
}

async function readRaw(request) {
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > maxBodyBytes) {
      const problem = new Problem(413, 'body_too_large', 'A request body may have at most 1 MB.')
      problem.headers = { connection: 'close' }
      throw problem
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parsedBody(raw) {
  if (raw.trim() === '') return undefined
  try {
    return JSON.parse(raw)
  } catch {
    throw badRequest('invalid_json', 'The request body is not valid JSON.')
  }
}

function serialized(body) {
  return body === undefined ? null : JSON.stringify(body)
}

function send(response, method, { status, text, headers }) {
  const type =
    text === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
  response.writeHead(status, { ...type, ...headers })
  response.end(method === 'HEAD' || text === null ? undefined : text)
}

function sendError(response, error) {
  if (response.headersSent || response.destroyed) return response.destroy()
  const problem =
    error instanceof Problem ? error : new Problem(500, 'internal_error', 'Something went wrong.')
  const text = JSON.stringify(problem)
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(text),
    ...problem.headers,
  })
  response.end(response.req.method === 'HEAD' ? undefined : text)
}

function option(name, fallback) {
  const index = process.argv.indexOf(`--${name}`)
  return index === -1 ? fallback : process.argv[index + 1]
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { url } = await startUpstream({
    port: Number(option('port', 8788)),
    host: option('host', '127.0.0.1'),
  })
  process.stdout.write(`Meridian demo APIs on ${url}\n`)
}
