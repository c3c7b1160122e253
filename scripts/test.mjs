// `npm test`: installs what is missing (the browser included) and runs every suite. Its last line counts the tests.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { findBrowser } from './browser.mjs'
import { bin, buildSeed, checkNode, ensureFolder, installPackages, must, root, run } from './steps.mjs'

checkNode()
await installPackages()
const browser = await findBrowser()

console.log('\nTypes, lint, unused code …')
await must('The type check', bin('tsc'), ['--noEmit'])
await must('The lint', bin('biome'), ['check', '.'])
await must('The check for unused code', bin('knip'), [])

console.log('\nBuilding as `wrangler deploy` does …')
await must('wrangler deploy --dry-run', bin('wrangler'), ['deploy', '--dry-run'], { silent: true })
await buildSeed()

const results = ensureFolder(path.join(root, '.cache'))
const counts = { passed: 0, failed: 0 }
for (const [name, config] of [
  ['workerd', 'vitest.config.ts'],
  ['node', 'vitest.node.config.ts'],
]) {
  console.log(`\nTests in ${name} …`)
  const report = path.join(results, `${name}.json`)
  const { code } = await run(
    bin('vitest'),
    ['run', '--config', config, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`],
    { env: { CHROMIUM_PATH: browser } },
  )
  const summary = readReport(report)
  counts.passed += summary.passed
  counts.failed += summary.failed
  // A run that dies outside any test has failed too.
  if (code !== 0 && summary.failed === 0) counts.failed += 1
}

console.log(`\n${counts.passed} passed, ${counts.failed} failed`)
process.exit(counts.failed === 0 ? 0 : 1)

function readReport(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    return { passed: report.numPassedTests, failed: report.numFailedTests }
  } catch {
    return { passed: 0, failed: 1 }
  }
}
