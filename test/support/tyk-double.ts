// Tyk Gateway as its REST API is documented, for the tests: each host below tyk.test is a gateway of its own, with its keys,
// its secret and the faults that a test asks for. `real.tyk.test` stands for the one that TYK_GATEWAY_URL names.
// It runs in Node, behind the worker's outbound fetches.

type Session = Record<string, unknown> & { org_id?: string; expires?: number; quota_renews?: number }
type Fault = { status?: number; hang?: boolean; times: number; body?: string; location?: string }
type Tyk = {
  keys: Map<string, Session>
  calls: { method: string; path: string; query: string }[]
  faults: Fault[]
  resets: number
  atOnce: number
  mostAtOnce: number
}

const gateways = new Map<string, Tyk>()

const secret = 'tyk-secret-canary'

function tykAt(host: string): Tyk {
  const known = gateways.get(host) ?? {
    keys: new Map(),
    calls: [],
    faults: [],
    resets: 0,
    atOnce: 0,
    mostAtOnce: 0,
  }
  gateways.set(host, known)
  return known
}

const problem = (status: number, message: string) => Response.json({ status: 'error', message }, { status })

export async function answerAsTyk(request: Request): Promise<Response> {
  const url = new URL(request.url)
  const real = process.env['TYK_GATEWAY_URL']
  if (url.hostname === 'real.tyk.test' && real) {
    const body = request.body ? await request.text() : null
    const target = real.replace(/\/+$/, '') + url.pathname + url.search
    const headers = new Headers(request.headers)
    headers.delete('host')
    return fetch(target, { method: request.method, headers, body, redirect: 'manual' })
  }
  const tyk = tykAt(url.hostname)
  if (url.pathname === '/double') return control(request, tyk)
  tyk.atOnce += 1
  tyk.mostAtOnce = Math.max(tyk.mostAtOnce, tyk.atOnce)
  try {
    // Long enough for calls that may overlap to do so.
    await new Promise((resolve) => setTimeout(resolve, 5))
    return await answer(request, url, tyk)
  } finally {
    tyk.atOnce -= 1
  }
}

async function control(request: Request, tyk: Tyk): Promise<Response> {
  if (request.method === 'POST') tyk.faults.push((await request.json()) as Fault)
  const { calls, resets, mostAtOnce } = tyk
  return Response.json({ keys: Object.fromEntries(tyk.keys), calls, resets, mostAtOnce })
}

async function answer(request: Request, url: URL, tyk: Tyk): Promise<Response> {
  tyk.calls.push({ method: request.method, path: url.pathname, query: url.search })
  const [fault] = tyk.faults
  if (fault) {
    fault.times -= 1
    if (fault.times <= 0) tyk.faults.shift()
    if (fault.hang) return new Promise<never>(() => {})
    return new Response(fault.body ?? '{"status":"error","message":"no luck"}', {
      status: fault.status ?? 500,
      headers: fault.location ? { location: fault.location } : {},
    })
  }
  if (url.pathname === '/hello') {
    const redis = { status: 'pass', componentType: 'datastore', time: '2026-01-01T00:00:00Z' }
    return Response.json({ status: 'pass', version: 'v5.8.0', description: 'Tyk GW', details: { redis } })
  }
  if (request.headers.get('x-tyk-authorization') !== secret)
    return problem(403, 'Attempted administrative access with invalid or missing key!')
  const [, name] = /^\/tyk\/keys\/([^/]+)$/.exec(url.pathname) ?? []
  if (!name) return new Response('404 page not found', { status: 404 })
  return keyAnswer(request, url, tyk, decodeURIComponent(name))
}

async function keyAnswer(request: Request, url: URL, tyk: Tyk, name: string): Promise<Response> {
  const isWrite = request.method === 'POST' || request.method === 'PUT'
  let sent: Session = {}
  if (isWrite) {
    try {
      sent = JSON.parse(await request.text()) as Session
    } catch {
      return problem(400, 'Request malformed')
    }
  }
  const org = isWrite ? (sent.org_id ?? '') : (url.searchParams.get('org_id') ?? '')
  const place = `${org}:${name}`
  const known = tyk.keys.get(place)
  const done = (action: string) =>
    Response.json({
      key: btoa(JSON.stringify({ org, id: name, h: 'murmur64' })),
      status: 'ok',
      action,
      ...(action === 'added' ? { key_hash: '0f0f0f0f0f0f0f0f' } : {}),
    })
  switch (request.method) {
    case 'GET':
      return known ? Response.json(known) : problem(404, 'Key not found')
    case 'DELETE':
      if (!known) return problem(404, 'There is no such key found')
      tyk.keys.delete(place)
      return done('deleted')
    case 'PUT':
      if (!known) return problem(404, 'Key is not found')
      break
    case 'POST':
      break
    default:
      return problem(405, 'Method not supported')
  }
  // Without any API it would be a master key, which is not allowed by default.
  if (Object.keys(sent['access_rights'] ?? {}).length === 0)
    return problem(500, 'Failed to create key, ensure security settings are correct.')
  const keeps = url.searchParams.get('suppress_reset') === '1'
  if (!keeps) tyk.resets += 1
  const past = (sent.expires ?? 0) > 1 && (sent.expires ?? 0) * 1000 < Date.now()
  tyk.keys.set(place, {
    ...sent,
    expires: past ? (known?.expires ?? 0) : (sent.expires ?? 0),
    quota_renews: keeps ? (known?.quota_renews ?? 0) : Math.floor(Date.now() / 1000) + 60,
  })
  return done(request.method === 'POST' ? 'added' : 'modified')
}
