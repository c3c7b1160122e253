// Lighthouse's phone on six pages of the demo, over the transport that visitors get at the edge.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { findHeadlessShell } from '../scripts/browser.mjs'
import { servePortico } from '../scripts/portico.mjs'
import { freePort } from '../scripts/ports.mjs'
import { buildPortal, buildSeed, must } from '../scripts/steps.mjs'
import { logIn, median } from './client.mjs'
import { startEdge } from './edge.mjs'

export const title = 'Phone'
export const about =
  'Lighthouse 12.8.2, mobile preset, a headless shell of Chromium that runs already, on the same machine; medians of five runs of each page, by turns, with the lowest and the highest. Pages come over HTTP/2 and in Brotli, as from the edge.'

/** Not a dependency: it is fetched when it is wanted. The last version that runs on Node 20. */
const lighthouse = 'lighthouse@12.8.2'
const rounds = 5
const goals = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 }
const pages = {
  home: '/',
  catalogs: '/catalogs',
  product: '/products/weather',
  reference: '/products/payments/apis/payments',
  'log in': '/auth/login',
  dashboard: '/dashboard/apps',
}

export async function measure() {
  const folder = mkdtempSync(path.join(tmpdir(), 'portico-phone-'))
  const [port, originPort, debugPort] = [await freePort(), await freePort(), await freePort()]
  const origin = `https://localhost:${port}`
  await buildPortal()
  await buildSeed()
  const portal = await servePortico({ port: originPort, stateFolder: path.join(folder, 'state'), origin })
  const edge = await startEdge({ port, originPort, folder })
  // A phone's browser runs already; one that is just starting, or draws windows that nobody sees, keeps two processors busy
  // while the page loads.
  const browser = await chromium.launch({
    executablePath: await findHeadlessShell(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--ignore-certificate-errors',
      `--remote-debugging-port=${debugPort}`,
    ],
  })
  try {
    const headers = path.join(folder, 'headers.json')
    const cookie = await logIn(
      origin,
      'ada@northwind.example',
      'demo-portico-2026',
      `http://localhost:${originPort}`,
    )
    writeFileSync(headers, JSON.stringify({ Cookie: cookie }))
    const scores = new Map()
    for (let round = 0; round < rounds; round += 1)
      for (const [name, address] of Object.entries(pages)) {
        const report = await visit(
          debugPort,
          `${origin}${address}`,
          folder,
          name === 'dashboard' ? headers : null,
        )
        for (const category of Object.keys(goals)) {
          const what = `${name}: ${category}`
          const score = Math.round(report.categories[category].score * 100)
          scores.set(what, [...(scores.get(what) ?? []), score])
        }
      }
    return [...scores].map(([what, values]) => {
      const goal = goals[what.split(': ')[1]]
      const value = median(values)
      return {
        what,
        value: `${value} (${Math.min(...values)} to ${Math.max(...values)})`,
        goal: `≥ ${goal}`,
        met: value >= goal,
      }
    })
  } finally {
    await browser.close()
    await edge.stop()
    await portal.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function visit(debugPort, address, folder, headers) {
  const file = path.join(folder, 'report.json')
  const args = [
    '--yes',
    lighthouse,
    address,
    '--quiet',
    '--output=json',
    `--output-path=${file}`,
    `--port=${debugPort}`,
    `--only-categories=${Object.keys(goals).join(',')}`,
    ...(headers ? [`--extra-headers=${headers}`] : []),
  ]
  await must(`Lighthouse on ${address}`, 'npx', args, { silent: true })
  return JSON.parse(readFileSync(file, 'utf8'))
}
