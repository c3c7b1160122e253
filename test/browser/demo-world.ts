// The demo world takes half a minute to make, and every journey begins with one: it is made once for a build and a day, and
// each journey gets a copy.
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { servePortico } from '~scripts/portico.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const templates = path.join(root, '.cache/demo-worlds')

/** A folder of its own for D1, KV and Durable Objects, in which the demo world is there already. `port` is free. */
export async function demoState(port: number): Promise<string> {
  const template = path.join(templates, nameOfToday())
  if (!existsSync(path.join(template, 'v3'))) {
    rmSync(templates, { recursive: true, force: true })
    mkdirSync(templates, { recursive: true })
    const making = path.join(templates, 'making')
    await (await servePortico({ port, stateFolder: making })).stop()
    cpSync(making, template, { recursive: true })
    rmSync(making, { recursive: true, force: true })
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'portico-state-'))
  cpSync(template, folder, { recursive: true })
  return folder
}

/** Another seed, another migration or another day makes another world. */
function nameOfToday(): string {
  const migrations = readdirSync(path.join(root, 'migrations')).filter((file) => file.endsWith('.sql'))
  const files = ['.cache/seed/seed.mjs', ...migrations.sort().map((file) => `migrations/${file}`)]
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(path.join(root, file)))
  return `${new Date().toISOString().slice(0, 10)}-${hash.digest('hex').slice(0, 16)}`
}
