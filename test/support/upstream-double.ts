// What an upstream can do to a gateway, as the tests' APIs meet it: below their base path, by a word after a tilde.
// It runs in Node, behind the worker's outbound fetches.
import { Response as MiniflareResponse, WebSocketPair } from 'miniflare'

export async function answerAsUpstream(request: Request): Promise<Response | null> {
  const url = new URL(request.url)
  const [, word, more] = /^\/v1\/~([a-z]+)(?:\/(.*))?$/.exec(url.pathname) ?? []
  switch (word) {
    case 'status':
      return new Response(null, { status: Number(more) })
    case 'hang':
      return new Promise<never>(() => {})
    case 'redirect':
      return new Response(null, {
        status: 302,
        headers: { location: url.searchParams.get('to') ?? '/', 'content-location': '/v1/here' },
      })
    case 'hostile':
      return new Response('<script>alert(1)</script>', { headers: hostileHeaders })
    case 'stream':
      return new Response(pieces(Number(more)), { headers: { 'content-type': 'text/event-stream' } })
    case 'huge':
      return new Response(new Uint8Array(Number(more)))
    case 'socket':
      return answerAsSocket(request)
    case 'cached':
      return new Response('ok', { headers: { 'cache-control': 'private, max-age=60', vary: 'Accept' } })
    case 'size':
      return Response.json({ size: await sizeOf(request.body) })
    default:
      return null
  }
}

const hostileHeaders = {
  'content-type': 'text/html',
  'set-cookie': '__Host-portico_session=planted; Path=/; Secure',
  'clear-site-data': '"cookies"',
  'content-security-policy': 'default-src *',
  'access-control-allow-origin': '*',
  'x-portico-app': 'app_forged',
  refresh: '0;url=/',
  'www-authenticate': 'Basic realm="portal"',
  'service-worker-allowed': '/',
  ratelimit: '"x";r=1',
  'x-kept': 'yes',
}

/** A WebSocket that sends back what it gets, in the protocol that was asked for. */
function answerAsSocket(request: Request): Response {
  if (request.headers.get('upgrade') !== 'websocket') return new Response('no upgrade', { status: 426 })
  const [client, server] = Object.values(new WebSocketPair())
  if (!client || !server) throw new Error('no pair')
  server.accept()
  server.addEventListener('message', ({ data }) => server.send(`echo ${String(data)}`))
  server.addEventListener('close', () => server.close())
  const protocol = request.headers.get('sec-websocket-protocol')
  return new MiniflareResponse(null, {
    status: 101,
    webSocket: client,
    headers: { ...(protocol ? { 'sec-websocket-protocol': protocol } : {}), 'set-cookie': 'planted=1' },
  }) as unknown as Response
}

function pieces(count: number): ReadableStream<Uint8Array> {
  let sent = 0
  return new ReadableStream({
    async pull(controller) {
      if (sent === count) return controller.close()
      sent += 1
      await new Promise((resolve) => setTimeout(resolve, 50))
      controller.enqueue(new TextEncoder().encode(`piece ${sent}\n`))
    },
  })
}

async function sizeOf(body: ReadableStream<Uint8Array> | null): Promise<number> {
  const reader = body?.getReader()
  let size = 0
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read())
    size += next.value.length
  return size
}
