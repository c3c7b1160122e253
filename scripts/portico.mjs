// Serves the built portal on this machine with D1, KV, Queues and Durable Objects, beside the demo's upstream API.
// The bindings are those of wrangler.toml; only what differs in a demo is said here.
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { mustBeFree } from './ports.mjs'
import { bin, ensureFolder, must, root } from './steps.mjs'

/** A Worker's cron has no clock of its own here: this stands in for `crons` of wrangler.toml, but more often. */
const cronEveryMs = 30_000

const serverFolder = path.join(root, 'build/server')

/**
 * Makes the demo world, then starts everything: the address answers, `/ready` too, only once that world is whole.
 * `stateFolder` keeps D1, KV and Durable Objects between runs. Resolves to the address, the bindings, and `stop`.
 */
export async function servePortico({
  port,
  host = '127.0.0.1',
  stateFolder,
  origin = `http://localhost:${port}`,
  gatewayOrigin = '',
  variables = {},
  isMigrated = false,
  log = () => {},
}) {
  // Imported late: `npm start` installs these packages first.
  const { Miniflare, Log, LogLevel } = await import('miniflare')
  const { unstable_getMiniflareWorkerOptions: workerOptionsOf } = await import('wrangler')
  const { startUpstream } = await import('../demo/upstream/server.mjs')

  // Before the work that the demo world takes, not after it.
  await mustBeFree(port, host)

  // A demo world that was interrupted while it was made is made again from the start.
  const making = path.join(stateFolder, 'demo-is-being-made')
  if (existsSync(making)) rmSync(stateFolder, { recursive: true, force: true })
  ensureFolder(stateFolder)
  if (!isMigrated) {
    log('Applying migrations …')
    await must(
      'Migrating the database',
      bin('wrangler'),
      ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', stateFolder],
      { silent: true, env: { CI: 'true' } },
    )
  }

  const upstream = await startUpstream({ port: 0, host: '127.0.0.1' })
  const { workerOptions } = workerOptionsOf(path.join(root, 'wrangler.toml'))
  const state = path.join(stateFolder, 'v3')
  const vaultKeys = demoVaultKeys(stateFolder)
  const common = {
    host,
    log: new Log(LogLevel.WARN),
    cf: false,
    d1Persist: path.join(state, 'd1'),
    kvPersist: path.join(state, 'kv'),
    durableObjectsPersist: path.join(state, 'do'),
  }

  const made = path.join(stateFolder, 'demo-is-made')
  const isNew = !existsSync(made)
  if (isNew) writeFileSync(making, '')
  const seeder = new Miniflare({
    ...common,
    modules: [{ type: 'ESModule', path: path.join(root, '.cache/seed/seed.mjs') }],
    compatibilityDate: workerOptions.compatibilityDate,
    compatibilityFlags: workerOptions.compatibilityFlags,
    d1Databases: workerOptions.d1Databases,
    kvNamespaces: workerOptions.kvNamespaces,
    bindings: { PORTAL_ORIGIN: origin, VAULT_KEYS: vaultKeys, UPSTREAM_URL: upstream.url },
  })
  try {
    const { status } = await seeder.dispatchFetch(origin)
    if (status !== 204) throw new Error(`The demo world could not be made: the seed answered ${status}.`)
  } catch (error) {
    await upstream.close()
    throw error
  } finally {
    await seeder.dispose()
  }
  writeFileSync(made, '')
  rmSync(making, { force: true })
  if (isNew) log('The demo world is ready.')

  const miniflare = new Miniflare({
    ...common,
    port,
    workers: [
      {
        ...workerOptions,
        name: 'portico',
        modulesRoot: serverFolder,
        modules: builtModules(),
        bindings: {
          ...workerOptions.bindings,
          PORTICO_ENV: 'demo',
          PORTAL_ORIGIN: origin,
          GATEWAY_ORIGIN: gatewayOrigin,
          MAIL_TRANSPORT: 'outbox',
          VAULT_KEYS: vaultKeys,
          SETUP_TOKEN: '',
          MAILCHANNELS_API_KEY: '',
          SMTP_URL: '',
          ...variables,
        },
      },
    ],
  })
  const bindings = await miniflare.getBindings('portico').catch(async (error) => {
    await miniflare.dispose()
    await upstream.close()
    throw error
  })
  const worker = await miniflare.getWorker('portico')
  const cron = setInterval(() => {
    worker.scheduled({ cron: '*/5 * * * *' }).catch((error) => log(`The cron run failed: ${error.message}`))
  }, cronEveryMs)

  return {
    origin,
    upstreamUrl: upstream.url,
    bindings,
    runCron: () => worker.scheduled({ cron: '*/5 * * * *' }),
    async stop() {
      clearInterval(cron)
      await miniflare.dispose()
      await upstream.close()
    },
  }
}

/** The demo's key for secrets at rest, made once for each state folder: secrets sealed before stay readable. */
function demoVaultKeys(stateFolder) {
  const file = path.join(stateFolder, 'demo-vault-keys')
  if (!existsSync(file)) writeFileSync(file, `1:${randomBytes(32).toString('base64')}`, { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

/** Every module of the build, the Worker's entry first. */
export function builtModules() {
  return readdirSync(serverFolder, { recursive: true })
    .filter((file) => file.endsWith('.js'))
    .sort((a, b) => Number(b === 'index.js') - Number(a === 'index.js'))
    .map((file) => ({ type: 'ESModule', path: path.join(serverFolder, file) }))
}
