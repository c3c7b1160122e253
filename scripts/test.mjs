// `npm test`: installs what is missing (the browser included) and runs every suite. Its last line counts the tests.
import { readFileSync } from 'node:fs'
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
const failures = []

// Two suites at a time, for two cores, and both as long. What is measured comes afterwards, with the machine to itself.
const elsewhere = ['measured', 'attacks', 'asvs'].flatMap((folder) => ['--exclude', `test/${folder}/**`])
await Promise.all([
  runSuite('in workerd', 'vitest.config.ts', elsewhere),
  runSuite('in Node and Chromium', 'vitest.node.config.ts').then(() =>
    runSuite('of attacks', 'vitest.config.ts', ['test/attacks', 'test/asvs']),
  ),
])
await runSuite('that are measured', 'vitest.config.ts', ['test/measured'])

for (const failure of failures) console.log(`\nFAILED ${failure}`)
console.log(`\n${counts.passed} passed, ${counts.failed} failed`)
process.exit(counts.failed === 0 ? 0 : 1)

/** Adds to `counts`; shows what a suite wrote only when it failed. */
async function runSuite(name, config, more = []) {
  console.log(`Tests ${name} …`)
  const began = Date.now()
  const report = path.join(results, `tests-${name.replaceAll(' ', '-')}.json`)
  const args = ['run', '--config', config, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
  const { code, output } = await run(bin('vitest'), [...args, ...more], {
    env: { CHROMIUM_PATH: browser, NO_COLOR: '1' },
    silent: true,
  })
  const summary = readReport(report)
  failures.push(...summary.failures)
  counts.passed += summary.passed
  counts.failed += summary.failed
  // A run that dies outside any test has failed too.
  if (code !== 0 && summary.failed === 0) counts.failed += 1
  if (code !== 0) console.log(output)
  const minutes = ((Date.now() - began) / 60_000).toFixed(1)
  console.log(`Tests ${name}: ${summary.passed} passed, ${summary.failed} failed, ${minutes} minutes`)
}

function readReport(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    const failures = report.testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'failed')
        .map(
          ({ fullName, failureMessages }) =>
            `${path.relative(root, name)}: ${fullName}\n  ${(failureMessages[0] ?? '').slice(0, 400)}`,
        ),
    )
    return { passed: report.numPassedTests, failed: report.numFailedTests, failures }
  } catch {
    return { passed: 0, failed: 1, failures: [] }
  }
}
