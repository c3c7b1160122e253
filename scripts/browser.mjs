// Finds a Chromium for the browser tests, and installs one where the machine has none.
import { existsSync } from 'node:fs'
import { bin, run } from './steps.mjs'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Debian's Chromium without the browser around its pages. */
const shell = '/usr/bin/chromium-headless-shell'

/** The path of a Chromium that has nothing to show, or of one that has: HEADLESS_SHELL_PATH, Debian's package, any other. */
export async function findHeadlessShell() {
  const given = process.env.HEADLESS_SHELL_PATH
  if (given) return given
  if (!existsSync(shell)) await installPackage('chromium-headless-shell')
  return existsSync(shell) ? shell : findBrowser()
}

/** The path of a Chromium: CHROMIUM_PATH, an installed one, Debian's package where it may be installed, Playwright's own. */
export async function findBrowser() {
  const found = present()
  if (found) return found

  await installPackage('chromium')
  const installed = present()
  if (installed) return installed

  console.log('Installing Chromium (Playwright) …')
  await run(bin('playwright-core'), ['install', 'chromium'], { silent: true })
  const { chromium } = await import('playwright-core')
  if (existsSync(chromium.executablePath())) return chromium.executablePath()

  console.error(
    'The browser tests need Chromium, and none could be installed. Install it (Debian: sudo apt-get install chromium), or set CHROMIUM_PATH to a Chromium or Chrome, and run npm test again.',
  )
  process.exit(1)
}

/** A package of Debian's, where one may install it. */
async function installPackage(name) {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return
  console.log(`Installing ${name} (Debian package) …`)
  await run('apt-get', ['update', '-qq'], { silent: true })
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], {
    silent: true,
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  })
}

function present() {
  return [process.env.CHROMIUM_PATH, ...places].find((place) => place && existsSync(place))
}
