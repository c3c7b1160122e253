// Addresses that help to test a gateway: /echo/*, /slow, /status/:code and /stream. They take any method.
import { setTimeout as delay } from 'node:timers/promises'

const longestWaitMs = 60_000

/** True when the request was for one of these addresses (and has been answered). */
export async function answerDiagnostics(request, response, url) {
  const { pathname, searchParams } = url
  if (pathname === '/echo' || pathname.startsWith('/echo/')) await echo(request, response, url)
  else if (pathname === '/slow') await slow(response, searchParams)
  else if (/^\/status\/\d+$/.test(pathname)) status(response, Number(pathname.slice(8)))
  else if (pathname === '/stream') await stream(response, searchParams)
  else return false
  return true
}

async function echo(request, response, url) {
  let bodyLength = 0
  for await (const chunk of request) bodyLength += chunk.length
  // The cookie is there so that a gateway can show that it drops it.
  response.setHeader('set-cookie', 'meridian_demo=1; Path=/')
  json(response, 200, {
    method: request.method,
    path: url.pathname,
    search: url.search,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body_length: bodyLength,
  })
}

async function slow(response, query) {
  const ms = amount(query, 'ms', 1000, longestWaitMs)
  await delay(ms)
  json(response, 200, { waited_ms: ms })
}

function status(response, code) {
  if (code < 200 || code > 599) return json(response, 400, { detail: 'Use a status from 200 to 599.' })
  if (code === 204 || code === 205 || code === 304) {
    response.writeHead(code)
    return response.end()
  }
  json(response, code, { status: code })
}

async function stream(response, query) {
  const chunks = amount(query, 'chunks', 5, 1000)
  const ms = amount(query, 'ms', 100, 5000)
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' })
  for (let index = 1; index <= chunks && !response.destroyed; index++) {
    response.write(`chunk ${index} of ${chunks}\n`)
    if (index < chunks) await delay(ms)
  }
  response.end()
}

function amount(query, name, fallback, max) {
  const value = Number(query.get(name) ?? fallback)
  return Number.isFinite(value) ? Math.min(Math.max(Math.trunc(value), 0), max) : fallback
}

function json(response, code, body) {
  if (response.destroyed) return
  response.writeHead(code, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
