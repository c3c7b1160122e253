// The gateway: what its check costs beside the same way to the upstream without it, how late a revocation acts, and whether
// limits and usage are exact, over four isolates of one workerd.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { bin, must, root } from '../scripts/steps.mjs'
import { latency, load, storage } from './gateway-costs.mjs'
import { gigabyte, limits, revocation, usage } from './gateway-promises.mjs'
import { startWorkers } from './gateway-workers.mjs'

export const title = 'Gateway'
export const about =
  'Worker, pass-through and upstream run on one machine over the loopback address, and the client beside them; compared figures are taken by turns in one run. Four isolates share D1 and the Durable Objects.'

export async function measure() {
  console.log('Building the worker, and the world …')
  await must('The build', bin('remix'), ['vite:build', '--logLevel', 'warn'], { silent: true })
  await must(
    'The build of the world',
    bin('vite'),
    ['build', '--config', 'vite.seed.config.ts', '--mode', 'bench', '--logLevel', 'error'],
    { silent: true },
  )
  await must(
    'The build of the pass-through',
    bin('vite'),
    ['build', '--config', 'vite.seed.config.ts', '--mode', 'pass-through', '--logLevel', 'error'],
    { silent: true },
  )
  const world = await import(path.join(root, '.cache/bench/bench.mjs'))
  // In memory where there is a place for it: the disk of this machine is not what is measured.
  const stateFolder = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'portico-bench-'))
  const workers = await startWorkers(stateFolder)
  try {
    await world.growGateway(workers)
    const add = (count, rateLimit) => world.addCallers(workers, count, rateLimit)
    const parts = { latency, storage, load, revocation, limits, gigabyte, usage }
    const figures = []
    for (const [name, part] of Object.entries(parts)) {
      console.log(`Measuring ${name} …`)
      const found = await part({ ...workers, add, strangerKey: world.strangerKey })
      for (const one of found) console.log(`  ${one.what}: ${one.value} ${one.goal ?? ''}`)
      figures.push(...found)
    }
    return figures
  } finally {
    await workers.stop()
    rmSync(stateFolder, { recursive: true, force: true })
  }
}
