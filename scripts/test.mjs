// `npm test`: installs what is missing (the browser included) and runs every suite. Its last line counts the tests.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { findBrowser } from './browser.mjs'
import { bin, buildSeed, checkNode, ensureFolder, installPackages, must, root, run } from './steps.mjs'

checkNode()
await installPackages()
const browser = await findBrowser()

console.log('\nTypes, lint, unused code …')
await Promise.all([
  must('The type check', bin('tsc'), ['--noEmit'], { silent: true }),
  must('The lint', bin('biome'), ['check', '.'], { silent: true }),
  must('The check for unused code', bin('knip'), [], { silent: true }),
])

console.log('\nBuilding as `wrangler deploy` does …')
await must('wrangler deploy --dry-run', bin('wrangler'), ['deploy', '--dry-run'], { silent: true })
await buildSeed()

const results = ensureFolder(path.join(root, '.cache'))
const counts = { passed: 0, failed: 0 }
const told = []
/** More than so many files fail together for a reason of their own. */
const mostAgain = 3

// Two suites at a time, for two cores, and both as long. What is measured comes afterwards, with the machine to itself.
const elsewhere = ['measured', 'attacks', 'asvs'].flatMap((folder) => ['--exclude', `test/${folder}/**`])
await Promise.all([
  runSuite('in workerd', 'vitest.config.ts', elsewhere),
  runSuite('in Node and Chromium', 'vitest.node.config.ts', [], { again: true }).then(() =>
    runSuite('of attacks', 'vitest.config.ts', ['test/attacks', 'test/asvs']),
  ),
])
await runSuite('that are measured', 'vitest.config.ts', ['test/measured'])

for (const failure of told) console.log(`\nFAILED ${failure}`)
console.log(`\n${counts.passed} passed, ${counts.failed} failed`)
process.exit(counts.failed === 0 ? 0 : 1)

/**
 * Adds to `counts`; shows what a suite wrote only when it failed. With `again`, files that failed run once more by themselves:
 * where real programs are started, one of them may not come up (decision 96).
 */
async function runSuite(name, config, more = [], { again = false } = {}) {
  console.log(`Tests ${name} …`)
  const began = Date.now()
  let { code, files } = await runFiles(name, config, more)
  const failed = files.filter((file) => file.failed > 0)
  if (again && failed.length > 0 && failed.length <= mostAgain) {
    const names = failed.map(({ file }) => file)
    console.log(`Once more: ${names.join(', ')} …`)
    const second = await runFiles(`${name}, once more`, config, names)
    files = [...files.filter((file) => !names.includes(file.file)), ...second.files]
    code = second.code
  }
  const passed = files.reduce((sum, file) => sum + file.passed, 0)
  // A run that dies outside any test has failed too.
  const failures = files.reduce((sum, file) => sum + file.failed, 0) || (code === 0 ? 0 : 1)
  for (const file of files) told.push(...file.failures)
  counts.passed += passed
  counts.failed += failures
  const minutes = ((Date.now() - began) / 60_000).toFixed(1)
  console.log(`Tests ${name}: ${passed} passed, ${failures} failed, ${minutes} minutes`)
}

async function runFiles(name, config, more) {
  const report = path.join(results, `tests-${name.replaceAll(/\W+/g, '-')}.json`)
  const args = ['run', '--config', config, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
  rmSync(report, { force: true })
  const { code, output } = await run(bin('vitest'), [...args, ...more], {
    env: { CHROMIUM_PATH: browser, NO_COLOR: '1' },
    silent: true,
  })
  if (code !== 0) console.log(output)
  return { code, files: readReport(report) }
}

/** What each file's tests did; nothing when the run died before it wrote its report. */
function readReport(report) {
  if (!existsSync(report)) return []
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'))
  return testResults.map(({ name, status, message, assertionResults }) => {
    const file = path.relative(root, name)
    const count = (wanted) => assertionResults.filter((one) => one.status === wanted).length
    const failures = assertionResults
      .filter((one) => one.status === 'failed')
      .map((one) => `${file}: ${one.fullName}\n  ${(one.failureMessages[0] ?? '').slice(0, 400)}`)
    // A file whose tests could not begin has none that failed.
    if (status === 'failed' && failures.length === 0) failures.push(`${file}\n  ${message.slice(0, 400)}`)
    return { file, passed: count('passed'), failed: failures.length, failures }
  })
}
