// One workerd with the built worker in four isolates that share D1 and the Durable Objects, and beside them a worker that
// passes calls on as the gateway does, without its check, and one that does nothing but fetch. Each has an address of its own; the upstream is a server in another thread.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { builtModules } from '../scripts/portico.mjs'
import { bin, must, root } from '../scripts/steps.mjs'

const bareFetch = `export default {
  fetch(request, env) {
    const url = new URL(request.url)
    const headers = new Headers(request.headers)
    headers.delete('host')
    return fetch(env.UPSTREAM + '/thing' + url.search, {
      method: request.method, headers, body: request.body, redirect: 'manual', cache: 'no-store',
    })
  },
}`

/** The worker, with everything that it asks of a storage counted by its name. `/bench/asked` tells, and begins anew. */
const counting = `import worker, { CredentialLimiter } from './index.js'
const asked = {}
const note = (name) => { asked[name] = (asked[name] ?? 0) + 1 }
const counted = (target, name, inner) => new Proxy(target, {
  get(of, property) {
    const value = Reflect.get(of, property)
    if (typeof value !== 'function') return value
    return (...args) => {
      if (inner && property === 'get') return inner(value.apply(of, args))
      if (property !== 'idFromName') note(name + '.' + String(property))
      return value.apply(of, args)
    }
  },
})
const objects = (stub) => new Proxy(stub, {
  get: (of, property) => (...args) => { note('object.' + String(property)); return of[property](...args) },
})
export { CredentialLimiter }
export default {
  fetch(request, env, ctx) {
    if (new URL(request.url).pathname === '/bench/asked') {
      const told = { ...asked }
      for (const name of Object.keys(asked)) delete asked[name]
      return Response.json(told)
    }
    return worker.fetch(request, { ...env, DB: counted(env.DB, 'd1'), TOKENS: counted(env.TOKENS, 'kv'),
      EVENTS: counted(env.EVENTS, 'queue'), LIMITER: counted(env.LIMITER, 'objects', objects) }, ctx)
  },
}`

const upstreamThread = `const { createServer } = require('node:http')
const { parentPort } = require('node:worker_threads')
const body = JSON.stringify({ things: Array.from({ length: 20 }, (_, id) => ({ id, name: 'Thing ' + id })) })
const chunk = Buffer.alloc(1 << 16)
const server = createServer((request, response) => {
  if (request.url.endsWith('/gigabyte')) {
    let left = 16384
    const more = () => {
      while (left > 0) { left -= 1; if (!response.write(chunk)) return void response.once('drain', more) }
      response.end()
    }
    return more()
  }
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
  response.end(body)
})
server.keepAliveTimeout = 600000
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))`

export async function startWorkers(stateFolder) {
  const { Miniflare, Log, LogLevel } = await import('miniflare')
  const { unstable_getMiniflareWorkerOptions: workerOptionsOf } = await import('wrangler')
  mkdirSync(stateFolder, { recursive: true })
  await must(
    'Migrating the database',
    bin('wrangler'),
    ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', stateFolder],
    { silent: true, env: { CI: 'true' } },
  )
  const thread = new Worker(upstreamThread, { eval: true })
  const upstreamUrl = `http://127.0.0.1:${await new Promise((resolve) => thread.once('message', resolve))}`

  const { workerOptions } = workerOptionsOf(path.join(root, 'wrangler.toml'))
  // Without files: what stands in for the platform's router of files here is a worker of its own before ours.
  const { assets: _files, ...first } = workerOptions
  const { queueConsumers: _consumers, ...others } = first
  const modulesRoot = path.join(root, 'build/server')
  const bindings = {
    ...workerOptions.bindings,
    PORTICO_ENV: 'demo',
    PORTAL_ORIGIN: 'http://portal.example',
    GATEWAY_ORIGIN: '',
    MAIL_TRANSPORT: 'outbox',
    VAULT_KEYS: `1:${Buffer.alloc(32, 7).toString('base64')}`,
    SETUP_TOKEN: '',
    MAILCHANNELS_API_KEY: '',
  }
  const { compatibilityDate, compatibilityFlags } = workerOptions
  const dates = { compatibilityDate, compatibilityFlags }
  const direct = { unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }] }
  const state = path.join(stateFolder, 'v3')
  const isolate = (name) => ({
    ...others,
    ...direct,
    name,
    modulesRoot,
    modules: builtModules(),
    bindings,
    durableObjects: { LIMITER: { className: 'CredentialLimiter', scriptName: 'portico', useSQLite: true } },
  })
  const miniflare = new Miniflare({
    host: '127.0.0.1',
    port: 0,
    log: new Log(LogLevel.WARN),
    cf: false,
    d1Persist: path.join(state, 'd1'),
    kvPersist: path.join(state, 'kv'),
    durableObjectsPersist: path.join(state, 'do'),
    workers: [
      { ...first, ...direct, name: 'portico', modulesRoot, modules: builtModules(), bindings },
      isolate('second'),
      isolate('third'),
      {
        ...isolate('counting'),
        modules: [
          { type: 'ESModule', path: path.join(modulesRoot, 'counting.js'), contents: counting },
          ...builtModules(),
        ],
      },
      {
        ...direct,
        ...dates,
        name: 'pass',
        modules: [{ type: 'ESModule', path: path.join(root, '.cache/pass-through/pass-through.mjs') }],
        bindings: { ...bindings, UPSTREAM: upstreamUrl },
      },
      {
        ...direct,
        ...dates,
        name: 'bare',
        modules: true,
        script: bareFetch,
        bindings: { UPSTREAM: upstreamUrl },
      },
    ],
  })
  await miniflare.ready
  const addressOf = async (name) => (await miniflare.unsafeGetDirectURL(name)).origin
  return {
    upstreamUrl,
    database: await miniflare.getD1Database('DB', 'portico'),
    isolates: await Promise.all(['portico', 'second', 'third', 'counting'].map(addressOf)),
    counting: await addressOf('counting'),
    pass: await addressOf('pass'),
    bare: await addressOf('bare'),
    async stop() {
      await miniflare.dispose()
      await thread.terminate()
    },
  }
}
