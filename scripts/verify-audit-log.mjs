// `npm run audit:verify -- audit-log.jsonl [seq:hash]`: checks an export of the whole audit log (Admin › Audit log › JSON
// lines, without a filter) away from the portal. With VAULT_KEYS in the environment it also checks who sealed the entries.
// `seq:hash` is an entry that was noted down earlier: the log has to hold it still.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { checkNode, installPackages, root } from './steps.mjs'

const [file, noted] = process.argv.slice(2)
if (!file) {
  console.error('Usage: npm run audit:verify -- audit-log.jsonl [seq:hash]')
  process.exit(64)
}
checkNode()
await installPackages()
// Imported late: it is one of these packages.
const { runnerImport } = await import('vite')

const load = (name) =>
  runnerImport(path.join(root, name), {
    root,
    configFile: false,
    resolve: { alias: { '~': path.join(root, 'app'), '~db': path.join(root, 'db') } },
  }).then(({ module }) => module)
const { breakWords, genesis, verifyEntries } = await load('app/domain/notifications/audit-chain.ts')
const { sealTools } = await load('app/platform/audit-seal.ts')

const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
const events = lines.map((line) => JSON.parse(line))
const sealed = events.filter(({ seq }) => seq !== null).sort((a, b) => a.seq - b.seq)
const entries = sealed.map((event) => ({ seal: event, eventId: event.id, event }))

const keys = process.env.VAULT_KEYS
const { progress, broken } = await verifyEntries(sealTools(keys), { head: genesis, unproven: 0 }, entries)
const found = broken ?? brokenAt(noted, sealed)
if (found) {
  console.error(`Broken at entry ${found.seq}${found.eventId ? ` (${found.eventId})` : ''}.`)
  console.error(breakWords[found.kind])
  process.exit(1)
}
console.log(`Unbroken: ${sealed.length} entries, ${events.length - sealed.length} not sealed yet.`)
console.log(`The last one: ${progress.head.seq}:${progress.head.hash}`)
if (progress.unproven > 0)
  console.log(
    keys
      ? `The last ${progress.unproven} were sealed with a key that VAULT_KEYS does not have.`
      : 'Who sealed them was not checked: VAULT_KEYS is not in the environment.',
  )

function brokenAt(text, all) {
  if (!text) return null
  const [seq = '', hash] = text.split(':')
  const entry = all.find((one) => one.seq === Number(seq))
  if (!entry) return { seq: all.length + 1, eventId: null, kind: 'cut' }
  return entry.hash === hash ? null : { seq: entry.seq, eventId: entry.id, kind: 'forged' }
}
