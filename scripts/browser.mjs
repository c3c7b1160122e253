// Finds a Chromium for the browser tests and the benchmarks, and installs one where the machine has none.
import { existsSync } from 'node:fs'
import { bin, run } from './steps.mjs'

/** Chromium without the browser around its pages (Debian's package): its pages do not wait for windows that nobody sees. */
const shell = '/usr/bin/chromium-headless-shell'

const places = [
  shell,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The path of a Chromium: CHROMIUM_PATH, an installed one, a Debian package where it may be installed, Playwright's own. */
export async function findBrowser() {
  const found = present()
  if (found) return found

  for (const name of ['chromium-headless-shell', 'chromium']) {
    await installPackage(name)
    const installed = present()
    if (installed) return installed
  }

  console.log('Installing Chromium (Playwright) …')
  await run(bin('playwright-core'), ['install', 'chromium'], { silent: true })
  const { chromium } = await import('playwright-core')
  if (existsSync(chromium.executablePath())) return chromium.executablePath()

  console.error(
    'The browser tests need Chromium, and none could be installed. Install it (Debian: sudo apt-get install chromium), or set CHROMIUM_PATH to a Chromium or Chrome, and run npm test again.',
  )
  process.exit(1)
}

/** The headless shell, installed where a Chromium with windows is all there is, for what is measured; or that Chromium. */
export async function findHeadlessShell() {
  if (!process.env.CHROMIUM_PATH && !existsSync(shell)) await installPackage('chromium-headless-shell')
  return findBrowser()
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
