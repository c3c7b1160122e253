// Stands in front of the portal as an edge does: HTTP/2 over TLS, text in Brotli, static files compressed once.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createSecureServer } from 'node:http2'
import path from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

/** Cloudflare compresses with Brotli's level 4: https://blog.cloudflare.com/this-is-brotli-from-origin/. */
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }
const compressed = /^(?:text\/|application\/(?:javascript|json)|image\/svg)/
/** Headers of one connection, and the length before it was compressed. */
const own = ['connection', 'keep-alive', 'transfer-encoding', 'content-length']

/** Passes on what is asked at `port` to the portal at `originPort`. Needs `openssl` for a certificate of its own. */
export async function startEdge({ port, originPort, folder }) {
  const agent = new Agent({ keepAlive: true })
  const kept = new Map()
  const server = createSecureServer({ ...certificate(folder), allowHTTP1: true }, async (asked, answer) => {
    const { status, headers, body } = kept.get(asked.url) ?? (await passOn(asked, originPort, agent))
    if (/immutable/.test(headers['cache-control'] ?? '')) kept.set(asked.url, { status, headers, body })
    answer.writeHead(status, headers)
    answer.end(body)
  })
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { stop: () => new Promise((resolve) => server.close(resolve)) }
}

function passOn(asked, port, agent) {
  const headers = Object.fromEntries(Object.entries(asked.headers).filter(([name]) => !name.startsWith(':')))
  headers.host = asked.headers[':authority'] ?? asked.headers.host
  headers['accept-encoding'] = 'identity'
  return new Promise((resolve, reject) => {
    const call = request(
      { port, agent, path: asked.url, method: asked.method, headers },
      async (response) => {
        const pieces = []
        for await (const piece of response) pieces.push(piece)
        const kept = Object.entries(response.headers).filter(([name]) => !own.includes(name))
        const answer = { status: response.statusCode, headers: Object.fromEntries(kept) }
        const body = Buffer.concat(pieces)
        if (!compressed.test(answer.headers['content-type'] ?? '')) return resolve({ ...answer, body })
        answer.headers['content-encoding'] = 'br'
        resolve({ ...answer, body: brotliCompressSync(body, brotli) })
      },
    )
    call.on('error', reject)
    asked.pipe(call)
  })
}

function certificate(folder) {
  const key = path.join(folder, 'edge.key')
  const cert = path.join(folder, 'edge.crt')
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'].concat([
      '-addext',
      'subjectAltName=DNS:localhost',
      '-keyout',
      key,
      '-out',
      cert,
    ]),
    { stdio: 'ignore' },
  )
  return { key: readFileSync(key), cert: readFileSync(cert) }
}
