// The pages: server time against an empty page of the same build, growth of lists with their data, bytes and scripts.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { servePortico } from '../scripts/portico.mjs'
import { freePort } from '../scripts/ports.mjs'
import { bin, buildSeed, must, root } from '../scripts/steps.mjs'
import { logIn, medians, read, scriptsOf } from './client.mjs'

export const title = 'Pages'
export const about =
  'Server time is the time to the last byte over the loopback address, medians of pages read by turns, less that of an answer without a page (`/live`). It shows processor cost, not the latency of the world.'

const password = 'demo-portico-2026'
const large = 100_000
const small = large / 100

export async function measure() {
  console.log('Building the portal with its empty page, and the world …')
  await must('The build', bin('remix'), ['vite:build', '--mode', 'bench', '--logLevel', 'warn'], {
    silent: true,
  })
  await buildSeed()
  await must(
    'The build of the world',
    bin('vite'),
    ['build', '--config', 'vite.seed.config.ts', '--mode', 'bench', '--logLevel', 'error'],
    { silent: true },
  )
  const { growWorld } = await import(path.join(root, '.cache/bench/bench.mjs'))

  console.log(
    `Making a world of ${large.toLocaleString('en')} developers and one of ${small.toLocaleString('en')} …`,
  )
  const worlds = []
  try {
    for (const people of [large, small]) {
      const stateFolder = mkdtempSync(path.join(tmpdir(), 'portico-bench-'))
      const portal = await servePortico({ port: await freePort(), stateFolder })
      worlds.push({ portal, stateFolder })
      await growWorld({
        database: portal.bindings.DB,
        tokens: portal.bindings.TOKENS,
        vaultKeys: `1:${randomBytes(32).toString('base64')}`,
        origin: portal.origin,
        people,
      })
    }
    console.log('Measuring …')
    return await figuresOf(worlds[0].portal.origin, worlds[1].portal.origin)
  } finally {
    for (const { portal, stateFolder } of worlds) {
      await portal.stop()
      rmSync(stateFolder, { recursive: true, force: true })
    }
  }
}

const visitorPages = {
  home: '/',
  catalogs: '/catalogs',
  product: '/products/bench-001',
  'log in': '/auth/login',
}
const developerPages = {
  catalogs: '/catalogs',
  'My apps': '/dashboard/apps',
  'Dashboard › Users': '/dashboard/users',
  'Dashboard › Activity': '/dashboard/activity',
}
const references = {
  'reference, 10 operations': '/products/ten-operations/apis/main',
  'reference, 1,000 operations': '/products/thousand-operations/apis/main',
  'operation of 10': '/products/ten-operations/apis/main/operation5',
  'operation of 1,000': '/products/thousand-operations/apis/main/operation500',
}

/** Older than every row of a list with the newest first: the page before it is the last one. */
const beyond = Buffer.from(JSON.stringify([0, ''])).toString('base64url')

const adminLists = {
  users: { url: '/admin/users', search: '?q=p77%40scale', sort: '?sort=name' },
  organizations: { url: '/admin/organizations', search: '?q=Scale+00042', sort: '?sort=name' },
  teams: { url: '/admin/teams', search: '?q=Team+00042', sort: '?sort=name' },
  'access requests': { url: '/admin/access-requests', search: '?q=App+7', sort: '?state=pending' },
}
const adminViews = {
  'first page': () => '',
  'deep page': () => `?before=${beyond}`,
  search: ({ search }) => search,
  sort: ({ sort }) => sort,
}

async function figuresOf(largeOrigin, smallOrigin) {
  const admin = {
    [largeOrigin]: await logIn(largeOrigin, 'admin@demo.example', password),
    [smallOrigin]: await logIn(smallOrigin, 'admin@demo.example', password),
  }
  const ada = await logIn(largeOrigin, 'ada@northwind.example', password)
  const at = (url, cookie) => ({ url: `${largeOrigin}${url}`, cookie })

  const pages = {
    live: at('/live'),
    'empty, visitor': at('/bench/empty'),
    'empty, developer': at('/bench/empty', ada),
    'empty, admin': at('/bench/empty', admin[largeOrigin]),
  }
  for (const [name, url] of Object.entries(visitorPages)) pages[`visitor: ${name}`] = at(url)
  for (const [name, url] of Object.entries(references)) pages[name] = at(url)
  for (const [name, url] of Object.entries(developerPages)) pages[`developer: ${name}`] = at(url, ada)
  for (const [list, addresses] of Object.entries(adminLists))
    for (const [view, query] of Object.entries(adminViews))
      for (const [size, origin] of [
        ['large', largeOrigin],
        ['small', smallOrigin],
      ])
        pages[`${list}, ${view}, ${size}`] = {
          url: `${origin}${addresses.url}${query(addresses)}`,
          cookie: admin[origin],
        }

  const taken = await medians(pages)
  const time = (name) => Math.max(taken[name] - taken.live, 0.01)
  const html = {}
  for (const [name, { url, cookie }] of Object.entries(pages)) html[name] = await read(url, cookie)

  const figures = [{ what: 'an empty page of a visitor', value: ms(time('empty, visitor')) }]
  const against = (name, empty, goal) =>
    figures.push(ratio(name, time(name), time(empty), goal, `of the empty page`))
  for (const name of Object.keys(visitorPages)) against(`visitor: ${name}`, 'empty, visitor', 1.5)
  for (const name of Object.keys(developerPages)) against(`developer: ${name}`, 'empty, developer', 2)
  for (const list of Object.keys(adminLists))
    for (const view of Object.keys(adminViews)) {
      const name = `${list}, ${view}`
      figures.push(
        ratio(`admin: ${name}`, time(`${name}, large`), time('empty, admin'), 3, 'of the empty page'),
      )
      figures.push(
        ratio(
          `admin: ${name}, against a hundredth`,
          time(`${name}, large`),
          time(`${name}, small`),
          1.3,
          'of the small one',
        ),
      )
    }
  for (const [big, little] of [
    ['reference, 1,000 operations', 'reference, 10 operations'],
    ['operation of 1,000', 'operation of 10'],
  ]) {
    figures.push(ratio(`${big}, time`, time(big), time(little), 1.5, 'of the small one'))
    const bytes = (name) => gzipSync(html[name].text).byteLength / 1000
    figures.push({
      ...ratio(`${big}, bytes`, bytes(big), bytes(little), 1.5, 'of the small one'),
      value: `${kilobytes(bytes(big))} against ${kilobytes(bytes(little))}`,
    })
  }
  for (const [name, budget] of [
    ...Object.keys(visitorPages).map((name) => [`visitor: ${name}`, 100]),
    ['operation of 1,000', 110],
    ...Object.keys(developerPages).map((name) => [`developer: ${name}`, 130]),
    ...Object.keys(adminLists).map((list) => [`${list}, first page, large`, 130]),
  ])
    figures.push(atMost(`scripts of ${name}`, scriptsOf(html[name].text), budget, kilobytes))
  figures.push(
    atMost(
      'trips to D1, most of all pages',
      Math.max(...Object.values(html).map(({ trips }) => trips)),
      2,
      String,
    ),
  )
  figures.push(await workerSize())
  return figures
}

/** What `wrangler deploy` would upload. */
async function workerSize() {
  const { output } = await must('wrangler deploy --dry-run', bin('wrangler'), ['deploy', '--dry-run'], {
    silent: true,
  })
  const [, size, unit] = /gzip: ([\d.]+) (KiB|MiB)/.exec(output) ?? []
  return atMost(
    'worker, compressed',
    Number(size) / (unit === 'KiB' ? 1024 : 1),
    2,
    (value) => `${value.toFixed(2)} MiB`,
  )
}

const ms = (value) => `${value.toFixed(2)} ms`
const kilobytes = (value) => `${value.toFixed(1)} KB`

function ratio(what, value, base, goal, of) {
  return {
    what,
    value: `${(value / base).toFixed(2)} × (${ms(value)})`,
    goal: `≤ ${goal} × ${of}`,
    met: value / base <= goal,
  }
}

function atMost(what, value, goal, show) {
  return { what, value: show(value), goal: `≤ ${show(goal)}`, met: value <= goal }
}
