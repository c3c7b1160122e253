// `npm run vault` against a stand-in for wrangler that keeps the secret and the rows in a file.
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

const standIn = `#!/usr/bin/env node
const { readFileSync, writeFileSync } = require('node:fs')
const file = process.env.ACCOUNT
const account = JSON.parse(readFileSync(file, 'utf8'))
const line = process.argv.slice(2).join(' ')
if (line.startsWith('secret bulk')) account.secret = JSON.parse(readFileSync(0, 'utf8')).VAULT_KEYS
else if (line.startsWith('d1 execute DB --remote --json')) console.log(JSON.stringify([{ results: account.rows }]))
else process.exit(64)
writeFileSync(file, JSON.stringify(account))
`

const present = `3:${Buffer.alloc(32, 1).toString('base64')}`

function vault(command: string, typed: string, rows: unknown[] = []) {
  const folder = mkdtempSync(path.join(tmpdir(), 'portico-vault-'))
  const [wrangler, account] = [path.join(folder, 'wrangler.cjs'), path.join(folder, 'account.json')]
  writeFileSync(wrangler, standIn)
  chmodSync(wrangler, 0o755)
  writeFileSync(account, JSON.stringify({ rows, secret: null }))
  const child = spawn(process.execPath, [path.join(root, 'scripts/vault.mjs'), command], {
    env: { ...process.env, PORTICO_WRANGLER: wrangler, ACCOUNT: account },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part) => {
      output += part
    })
  child.stdin.end(`${typed}\n`)
  return new Promise<{ code: number; output: string; secret: string | null }>((resolve) => {
    child.on('close', (code) =>
      resolve({ code: code ?? 1, output, secret: JSON.parse(readFileSync(account, 'utf8')).secret }),
    )
  })
}

test('a new key with a higher version is put in front of the present ones and stored', async () => {
  const { code, secret, output } = await vault('add', present)
  expect(code).toBe(0)
  const [first = '', ...others] = (secret ?? '').split(',')
  expect(first).toMatch(/^4:/)
  expect(Buffer.from(first.slice(2), 'base64')).toHaveLength(32)
  expect(others).toEqual([present])
  expect(output).toContain(secret)
})

test('what is no value of VAULT_KEYS changes nothing', async () => {
  for (const typed of ['', 'nonsense', '1:short', `${present},x`]) {
    const { code, secret, output } = await vault('add', typed)
    expect(code).toBe(1)
    expect(secret).toBeNull()
    expect(output).toContain('Nothing was changed')
  }
})

test('older keys are taken away only when no row needs them', async () => {
  const both = `4:${Buffer.alloc(32, 2).toString('base64')},${present}`
  const rows = [
    { name: 'credentials', version: 'v3', number: 2 },
    { name: 'credentials', version: 'v4', number: 5 },
  ]
  const needed = await vault('trim', both, rows)
  expect(needed).toMatchObject({ code: 1, secret: null })
  expect(needed.output).toContain('v3  credentials  2')
  const free = await vault('trim', both, rows.slice(1))
  expect(free).toMatchObject({ code: 0, secret: both.split(',')[0] })
})

test('the status counts what each version protects', async () => {
  const { output } = await vault('status', '', [{ name: 'two_factor_secrets', version: 'v1', number: 12 }])
  expect(output).toContain('v1  two_factor_secrets  12')
})
