// `npm run vault -- add | status | trim`: changes the keys that secrets are sealed under (docs/operations.md). The present
// value is asked for, because a Worker's secret cannot be read back. With --local the demo's database is looked at.
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { createInterface } from 'node:readline/promises'
import { bin, checkNode, installPackages, must, root } from './steps.mjs'

const [command = '', ...flags] = process.argv.slice(2)
const wrangler = process.env.PORTICO_WRANGLER ?? bin('wrangler')
const withConfig = ['--config', process.env.PORTICO_WRANGLER_CONFIG ?? path.join(root, 'wrangler.toml')]
const where = flags.includes('--local') ? '--local' : '--remote'

/** Tables with the column of their sealed texts. */
const sealed = {
  credentials: 'secret_cipher',
  two_factor_secrets: 'secret_cipher',
  signing_keys: 'private_cipher',
  webhook_endpoints: 'secret_cipher',
}

checkNode()
await installPackages()
switch (command) {
  case 'add':
    await add()
    break
  case 'status':
    report(await counts())
    break
  case 'trim':
    await trim()
    break
  default:
    console.error('Usage: npm run vault -- add | status | trim')
    process.exit(64)
}

async function add() {
  const keys = await askForKeys()
  const newest = Math.max(...keys.map(([version]) => version))
  await store([[newest + 1, randomBytes(32).toString('base64')], ...keys])
}

async function trim() {
  const keys = await askForKeys()
  const [first] = keys
  const needed = (await counts()).filter(({ version }) => version !== `v${first[0]}`)
  if (needed.length > 0) {
    report(needed)
    fail('Older keys are still needed. The cron seals these rows anew: try again later.')
  }
  if (keys.length === 1) fail('There is one key only.')
  await store([first])
}

/** Entries as [version, material], the newest first. */
async function askForKeys() {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const text = await lines.question('The present value of VAULT_KEYS: ')
  lines.close()
  const keys = text
    .trim()
    .split(',')
    .map((entry) => /^(\d+):(.+)$/.exec(entry.trim()))
  const wrong = keys.some((match) => !match || Buffer.from(match[2], 'base64').length !== 32)
  if (wrong) fail('That is not "version:base64 of 32 bytes", separated by commas. Nothing was changed.')
  return keys.map((match) => [Number(match[1]), match[2]])
}

async function store(keys) {
  const value = keys.map(([version, material]) => `${version}:${material}`).join(',')
  await must('Storing the secret', wrangler, ['secret', 'bulk', ...withConfig], {
    silent: true,
    input: JSON.stringify({ VAULT_KEYS: value }),
  })
  console.log(`Stored. Keep this value where you keep secrets; the Worker does not show it again:\n${value}`)
}

/** How many rows each version protects. */
async function counts() {
  const each = Object.entries(sealed).map(
    ([
      table,
      cipher,
    ]) => `select '${table}' as name, substr(${cipher}, 1, instr(${cipher}, '.') - 1) as version,
      count(*) as number from ${table} where ${cipher} is not null group by version`,
  )
  const { output } = await must(
    'Counting',
    wrangler,
    ['d1', 'execute', 'DB', where, '--json', '--command', each.join(' union all '), ...withConfig],
    { silent: true },
  )
  return JSON.parse(output.slice(output.indexOf('['))).flatMap(({ results }) => results)
}

function report(rows) {
  if (rows.length === 0) console.log('Nothing is sealed yet.')
  for (const { name, version, number } of rows) console.log(`${version}  ${name}  ${number}`)
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
