// What the commands share: running a program, installing packages when they changed, building.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export const root = path.dirname(import.meta.dirname)

const quiet = {
  WRANGLER_SEND_METRICS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  NO_UPDATE_NOTIFIER: '1',
}

/** Runs a program in the project's folder; resolves to its exit code. Output is shown, or kept when `silent`. */
export function run(command, args, { silent = false, env = {}, input } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...quiet, ...env },
      stdio: [
        input === undefined ? 'ignore' : 'pipe',
        silent ? 'pipe' : 'inherit',
        silent ? 'pipe' : 'inherit',
      ],
    })
    let output = ''
    child.stdout?.on('data', (chunk) => {
      output += chunk
    })
    child.stderr?.on('data', (chunk) => {
      output += chunk
    })
    if (input !== undefined) child.stdin.end(input)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** The same, but a failure ends everything with the program's output and one line that says what failed. */
export async function must(what, command, args, options = {}) {
  const result = await run(command, args, options)
  if (result.code !== 0) {
    if (result.output) console.error(result.output)
    console.error(`\n${what} failed (exit code ${result.code}).`)
    process.exit(1)
  }
  return result
}

export function bin(name) {
  return path.join(root, 'node_modules', '.bin', name)
}

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Portico needs Node 20.19 or later; this is ${process.versions.node}.`)
    process.exit(1)
  }
}

/** Installs exactly what the lock file says, unless that was done already. */
export async function installPackages() {
  const stamp = path.join(root, 'node_modules', '.portico-installed')
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.log('Installing packages …')
  await must('npm ci', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(stamp, wanted)
}

export async function buildPortal() {
  console.log('Building the portal …')
  await must('The build', 'npm', ['run', '-s', 'build'], { silent: true })
}

export async function buildSeed() {
  await must(
    'The build of the demo world',
    bin('vite'),
    ['build', '--config', 'vite.seed.config.ts', '--logLevel', 'error'],
    {
      silent: true,
    },
  )
}

export function ensureFolder(folder) {
  mkdirSync(folder, { recursive: true })
  return folder
}
