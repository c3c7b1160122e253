// `npm run deploy`: creates what is missing in your Cloudflare account (D1, KV, queues, secrets), migrates, deploys, and
// prints the address at which the first admin is made. Running it again changes only what changed. It writes the ids and
// the portal's address into wrangler.toml: commit them.
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { bin, checkNode, installPackages, must, root, run } from './steps.mjs'

const names = {
  database: 'portico',
  tokens: 'portico-tokens',
  queues: ['portico-events', 'portico-events-dead'],
}
const configFile = process.env.PORTICO_WRANGLER_CONFIG ?? path.join(root, 'wrangler.toml')
const wrangler = process.env.PORTICO_WRANGLER ?? bin('wrangler')
const withConfig = ['--config', configFile]

checkNode()
await installPackages()

const who = await run(wrangler, ['whoami'], { silent: true })
if (who.code !== 0 || /not authenticated/i.test(who.output)) {
  console.error(
    'Wrangler is not signed in. Run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN, and try again.',
  )
  process.exit(1)
}

await ensureDatabase()
await ensureTokens()
await ensureQueues()
await must(
  'Migrating the database',
  wrangler,
  ['d1', 'migrations', 'apply', 'DB', '--remote', ...withConfig],
  { env: { CI: 'true' } },
)
let address = await deploy()
const setupToken = await ensureSecrets()
if (/^PORTAL_ORIGIN = "http:\/\/localhost/m.test(readConfig()) && address) {
  change(/^PORTAL_ORIGIN = ".*"/m, `PORTAL_ORIGIN = "${address}"`)
  console.log(`The portal's address is now ${address} (PORTAL_ORIGIN in wrangler.toml).`)
  await deploy()
}
address = /^PORTAL_ORIGIN = "(.*)"/m.exec(readConfig())?.[1] ?? address

console.log(`\nDeployed: ${address}`)
if (setupToken) {
  console.log(`\nMake the first admin at   ${address}/setup
with the set-up token      ${setupToken}

The token is stored as the secret SETUP_TOKEN. It works until an admin exists.`)
} else {
  console.log(
    `No admin yet? Open ${address}/setup with the secret SETUP_TOKEN (set a new one: npx wrangler secret put SETUP_TOKEN).`,
  )
}
console.log('Next: mail. docs/operations.md tells how, step by step.')

function readConfig() {
  return readFileSync(configFile, 'utf8')
}

function change(pattern, replacement) {
  const before = readConfig()
  const after = before.replace(pattern, () => replacement)
  if (before === after) return
  writeFileSync(configFile, after)
}

/** The JSON of a wrangler answer, which may follow other lines. */
function json(output, what) {
  const start = output.indexOf('[')
  try {
    return JSON.parse(output.slice(start, output.lastIndexOf(']') + 1))
  } catch {
    console.error(`${what}: wrangler's answer could not be read:\n${output}`)
    process.exit(1)
  }
}

async function ensureDatabase() {
  if (!/database_id = "0{8}-/.test(readConfig())) return
  const find = async () => {
    const { output } = await must('Listing D1 databases', wrangler, ['d1', 'list', '--json'], {
      silent: true,
    })
    return json(output, 'Listing D1 databases').find((database) => database.name === names.database)
  }
  let database = await find()
  if (!database) {
    console.log(`Creating the D1 database ${names.database} …`)
    await must(
      'Creating the D1 database',
      wrangler,
      ['d1', 'create', names.database, '--update-config=false'],
      { silent: true },
    )
    database = await find()
  }
  if (!database) fail('The D1 database was created but is not listed yet. Run the command again in a minute.')
  change(/database_id = "0{8}-[0-]*"/, `database_id = "${database.uuid}"`)
}

async function ensureTokens() {
  if (!/^id = "0{32}"/m.test(readConfig())) return
  const find = async () => {
    const { output } = await must('Listing KV namespaces', wrangler, ['kv', 'namespace', 'list'], {
      silent: true,
    })
    return json(output, 'Listing KV namespaces').find((namespace) => namespace.title === names.tokens)
  }
  let namespace = await find()
  if (!namespace) {
    console.log(`Creating the KV namespace ${names.tokens} …`)
    await must(
      'Creating the KV namespace',
      wrangler,
      ['kv', 'namespace', 'create', names.tokens, '--update-config=false'],
      { silent: true },
    )
    namespace = await find()
  }
  if (!namespace)
    fail('The KV namespace was created but is not listed yet. Run the command again in a minute.')
  change(/^id = "0{32}"/m, `id = "${namespace.id}"`)
}

async function ensureQueues() {
  for (const queue of names.queues) {
    if ((await run(wrangler, ['queues', 'info', queue], { silent: true })).code === 0) continue
    console.log(`Creating the queue ${queue} …`)
    await must(`Creating the queue ${queue}`, wrangler, ['queues', 'create', queue], { silent: true })
  }
}

/** Resolves to the workers.dev address that wrangler printed, or null where the Worker has only other routes. */
async function deploy() {
  console.log('Deploying …')
  const { output } = await must('Deploying', wrangler, ['deploy', ...withConfig], { silent: true })
  return /https:\/\/[\w.-]+\.workers\.dev/.exec(output)?.[0] ?? null
}

/** Makes the secrets that need no decision. Resolves to the set-up token when it was made now. */
async function ensureSecrets() {
  const { output } = await must(
    'Listing secrets',
    wrangler,
    ['secret', 'list', '--format', 'json', ...withConfig],
    { silent: true },
  )
  const known = new Set(json(output, 'Listing secrets').map((secret) => secret.name))
  const secrets = {}
  if (!known.has('VAULT_KEYS')) secrets.VAULT_KEYS = `1:${randomBytes(32).toString('base64')}`
  if (!known.has('SETUP_TOKEN')) secrets.SETUP_TOKEN = randomBytes(24).toString('hex')
  if (Object.keys(secrets).length > 0) {
    console.log(`Setting secrets: ${Object.keys(secrets).join(', ')} …`)
    await must('Setting secrets', wrangler, ['secret', 'bulk', ...withConfig], {
      silent: true,
      input: JSON.stringify(secrets),
    })
  }
  return secrets.SETUP_TOKEN ?? null
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
