// The built portal with the demo world, and Chromium in front of it. What is wrong with a page fails the test that saw it.
import path from 'node:path'
import axe, { type RunOptions } from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { findBrowser } from '~scripts/browser.mjs'
import { type RunningPortico, servePortico } from '~scripts/portico.mjs'
import { freePort } from '~scripts/ports.mjs'
import { demoState } from './demo-world'

export const password = 'demo-portico-2026'

const quietStart = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** With `gatewayApart` the gateway is another origin: the same server by its number. */
export async function startPortal(options: PortalOptions = {}): Promise<RunningPortico> {
  try {
    return await startOnce(options)
  } catch (error) {
    // Somebody was faster at the port: it starts anew, at another one.
    if (!['ERR_ADDRESS_IN_USE', 'EADDRINUSE'].includes((error as { code?: string }).code ?? '')) throw error
    return startOnce(options)
  }
}

type PortalOptions = { gatewayApart?: boolean }

async function startOnce(options: PortalOptions): Promise<RunningPortico> {
  const port = await freePort()
  return servePortico({
    port,
    stateFolder: await demoState(port),
    isMigrated: true,
    ...(options.gatewayApart ? { gatewayOrigin: `http://127.0.0.1:${port}` } : {}),
  })
}

export async function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findBrowser(), args: quietStart })
}

/** A person's own window: what the console, the network or the content policy complains about is collected in `complaints`. */
export async function openWindow(
  browser: Browser,
  origin: string,
  options: {
    colorScheme?: 'light' | 'dark'
    javaScriptEnabled?: boolean
    phone?: boolean
    gatewayOrigin?: string
  } = {},
) {
  const context: BrowserContext = await browser.newContext({
    baseURL: origin,
    colorScheme: options.colorScheme ?? 'light',
    javaScriptEnabled: options.javaScriptEnabled ?? true,
    viewport: options.phone ? { width: 390, height: 844 } : { width: 1280, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    // A refused form or a missing page is an answer, which Chromium also writes to its console.
    if (message.type() === 'error' && !/the server responded with a status of 4\d\d/.test(message.text()))
      complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.origin === options.gatewayOrigin && url.pathname.startsWith('/gateway/')) return
    if (url.origin !== origin && !['data:', 'blob:', 'about:'].includes(url.protocol))
      complaints.push(`a request left the portal: ${url.href}`)
  })
  return { page, context, complaints }
}

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** The rules that look at colors. All others judge the document, which is the same in light and in dark. */
const colorRules = ['color-contrast', 'link-in-text-block']

/** axe with the rules of WCAG 2.2 A and AA, in light and in dark; and no sideways scrolling at 390 px. */
export async function expectGoodPage(page: Page, name: string): Promise<void> {
  // The frame of a mail runs no script, axe's neither: axe would wait for its answer forever.
  await page.locator('iframe[sandbox]').evaluateAll((frames) => {
    for (const frame of frames) frame.remove()
  })
  await page.evaluate(axe.source)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const violations = await page.evaluate(
      async (runOnly) => {
        // What passes is not worked out in full; nothing is fetched a second time.
        const options: RunOptions = { runOnly, resultTypes: ['violations'], preload: false }
        return (await (window as unknown as { axe: typeof axe }).axe.run(document, options)).violations
      },
      colorScheme === 'light'
        ? { type: 'tag' as const, values: wcag }
        : { type: 'rule' as const, values: colorRules },
    )
    const found = violations.flatMap((violation) =>
      violation.nodes
        .slice(0, 3)
        .map(
          (node) =>
            `${violation.id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n').at(1)?.trim()}`,
        ),
    )
    expect(found, `${name} in ${colorScheme}`).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
  const wide = page.viewportSize()
  await page.setViewportSize({ width: 390, height: 844 })
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow, `${name} scrolls sideways at 390 px`).toBeLessThanOrEqual(0)
  if (wide) await page.setViewportSize(wide)
  if (process.env.SCREENSHOTS) await takeScreenshots(page, name, process.env.SCREENSHOTS)
}

async function takeScreenshots(page: Page, name: string, folder: string): Promise<void> {
  const wide = page.viewportSize()
  for (const [size, viewport] of [
    ['1280', { width: 1280, height: 900 }],
    ['390', { width: 390, height: 844 }],
  ] as const) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.screenshot({
        path: path.join(folder, `${name.replaceAll(/\W+/g, '-')}-${size}-${colorScheme}.png`),
        fullPage: true,
      })
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
  if (wide) await page.setViewportSize(wide)
}

/** Goes to a page and waits until its scripts listen: the router asks for more routes once everything is mounted. */
export async function openListening(page: Page, address: string): Promise<void> {
  const mounted = page.waitForRequest(/\/__manifest\?/)
  await page.goto(address)
  await mounted
}

export async function logIn(page: Page, email: string, secret = password): Promise<void> {
  await page.goto('/auth/login')
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(secret)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/auth/login'))
}
