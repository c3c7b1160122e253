// `npm run deploy` against a stand-in for wrangler that keeps an account in a file: what it creates, once and only once.
import { execFile } from 'node:child_process'
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

const standIn = `#!/usr/bin/env node
const { readFileSync, writeFileSync } = require('node:fs')
const file = process.env.ACCOUNT
const account = JSON.parse(readFileSync(file, 'utf8'))
const args = process.argv.slice(2).filter((arg, i, all) => arg !== '--config' && all[i - 1] !== '--config')
account.calls.push(args.join(' '))
const line = args.join(' ')
let code = 0
if (line === 'whoami') console.log(account.signedIn ? 'You are logged in' : 'You are not authenticated.')
else if (line === 'd1 list --json') console.log(JSON.stringify(account.databases))
else if (line.startsWith('d1 create ')) account.databases.push({ name: args[2], uuid: '11111111-2222-3333-4444-555555555555' })
else if (line === 'kv namespace list') console.log(JSON.stringify(account.namespaces))
else if (line.startsWith('kv namespace create ')) account.namespaces.push({ title: args[3], id: 'abcdefabcdefabcdefabcdefabcdefab' })
else if (line.startsWith('queues info ')) code = account.queues.includes(args[2]) ? 0 : 1
else if (line.startsWith('queues create ')) account.queues.push(args[2])
else if (line.startsWith('d1 migrations apply DB --remote')) console.log('migrated')
else if (line === 'deploy') console.log('Deployed portico triggers\\n  https://portico.someone.workers.dev')
else if (line.startsWith('secret list')) console.log(JSON.stringify(account.secrets.map((name) => ({ name }))))
else if (line === 'secret bulk') account.secrets.push(...Object.keys(JSON.parse(readFileSync(0, 'utf8'))))
else code = 64
writeFileSync(file, JSON.stringify(account))
process.exit(code)
`

function newAccount(changes: Record<string, unknown> = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'portico-deploy-'))
  const wrangler = path.join(folder, 'wrangler.cjs')
  const account = path.join(folder, 'account.json')
  const config = path.join(folder, 'wrangler.toml')
  writeFileSync(wrangler, standIn)
  chmodSync(wrangler, 0o755)
  writeFileSync(
    account,
    JSON.stringify({
      signedIn: true,
      databases: [],
      namespaces: [],
      queues: [],
      secrets: [],
      calls: [],
      ...changes,
    }),
  )
  copyFileSync(path.join(root, 'wrangler.toml'), config)
  const env = {
    ...process.env,
    PORTICO_WRANGLER: wrangler,
    PORTICO_WRANGLER_CONFIG: config,
    ACCOUNT: account,
  }
  return {
    deploy: () => promisify(execFile)('node', [path.join(root, 'scripts/deploy.mjs')], { env }),
    account: () =>
      JSON.parse(readFileSync(account, 'utf8')) as {
        calls: string[]
        secrets: string[]
        queues: string[]
        databases: unknown[]
      },
    config: () => readFileSync(config, 'utf8'),
  }
}

test('an empty account gets its database, namespace, queues and secrets, and the address of the set-up page is printed', async () => {
  const { deploy, account, config } = newAccount()
  const { stdout } = await deploy()
  expect(stdout).toContain('https://portico.someone.workers.dev/setup')
  expect(stdout).toMatch(/set-up token +[0-9a-f]{48}/)
  expect(account().queues).toEqual(['portico-events', 'portico-events-dead'])
  expect(account().secrets).toEqual(['VAULT_KEYS', 'SETUP_TOKEN'])
  expect(config()).toContain('database_id = "11111111-2222-3333-4444-555555555555"')
  expect(config()).toContain('id = "abcdefabcdefabcdefabcdefabcdefab"')
  expect(config()).toContain('PORTAL_ORIGIN = "https://portico.someone.workers.dev"')
  const { calls } = account()
  expect(calls.findIndex((call) => call.startsWith('d1 migrations apply'))).toBeLessThan(
    calls.indexOf('deploy'),
  )
})

test('a second run creates nothing again and shows no secret', async () => {
  const { deploy, account } = newAccount()
  await deploy()
  const first = account().calls.length
  const { stdout } = await deploy()
  const second = account().calls.slice(first)
  expect(second.filter((call) => /create|bulk/.test(call))).toEqual([])
  expect(account().databases).toHaveLength(1)
  expect(stdout).not.toMatch(/[0-9a-f]{48}/)
})

test('somebody who is not signed in is told how to, and nothing is created', async () => {
  const { deploy, account } = newAccount({ signedIn: false })
  await expect(deploy()).rejects.toMatchObject({ stderr: expect.stringContaining('npx wrangler login') })
  expect(account().calls).toEqual(['whoami'])
})
