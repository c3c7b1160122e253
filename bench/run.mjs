// `npm run bench -- pages` (or `phone`, `gateway`): measures the built worker on this machine, prints the figures beside their goals, keeps them as
// JSON in .cache/bench, and writes them into docs/benchmarks.md. Fails when a goal is missed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'
import { checkNode, installPackages, root } from '../scripts/steps.mjs'

checkNode()
await installPackages()

const suites = {
  pages: () => import('./pages.mjs'),
  phone: () => import('./phone.mjs'),
  gateway: () => import('./gateway.mjs'),
}
const name = process.argv[2] ?? ''
if (!Object.hasOwn(suites, name)) {
  console.error(`Say what to measure: ${Object.keys(suites).join(', ')}. For example: npm run bench -- pages`)
  process.exit(1)
}

const { measure, title, about } = await suites[name]()
const figures = await measure()
const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}`
const date = new Date().toISOString().slice(0, 10)

const folder = path.join(root, '.cache/bench')
mkdirSync(folder, { recursive: true })
writeFileSync(path.join(folder, `${name}.json`), JSON.stringify({ name, date, machine, figures }, null, 2))

const rows = figures.map((one) => [
  one.what,
  one.value,
  one.goal ?? '',
  one.met === undefined ? '' : one.met ? 'met' : 'missed',
])
const table = [
  '| measured | figure | goal | |',
  '|---|---|---|---|',
  ...rows.map((row) => `| ${row.join(' | ')} |`),
].join('\n')
const section = `## ${title}\n\n\`npm run bench -- ${name}\`, ${date}, ${machine}. ${about}\n\n${table}\n`
console.log(`\n${section}`)
writeIntoDocs(section)

const missed = figures.filter((one) => one.met === false)
console.log(missed.length === 0 ? 'Every goal is met.' : `${missed.length} goals are missed.`)
process.exit(missed.length === 0 ? 0 : 1)

/** Replaces the suite's section, and leaves the others. */
function writeIntoDocs(text) {
  const file = path.join(root, 'docs/benchmarks.md')
  const before = readFileSync(file, 'utf8')
  const at = before.indexOf(`## ${title}\n`)
  const end = at < 0 ? -1 : before.indexOf('\n## ', at + 1)
  const head = at < 0 ? `${before.trimEnd()}\n\n` : before.slice(0, at)
  writeFileSync(file, `${head}${text}${end < 0 ? '' : before.slice(end)}`)
}
