// An admin offers a new product, in Chromium on the built portal: made, described, documented, checked, imported, published,
// found by a visitor, and called by a developer from its page. Each page on the way is checked with axe in light and dark, and at 390 px.
import { connect } from 'node:net'
import { brotliCompressSync, constants } from 'node:zlib'
import type { Browser, Locator, Page, Response } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningPortico } from '~scripts/portico.mjs'
import { startBrokenUpstream } from './broken-upstream'
import { expectGoodPage, logIn, openListening, openWindow, startBrowser, startPortal } from './browser'

let portal: RunningPortico
let browser: Browser
let admin: Awaited<ReturnType<typeof openWindow>>
let visitor: Awaited<ReturnType<typeof openWindow>>

// The gateway is another origin here: what is tried goes through CORS.
beforeAll(async () => {
  portal = await startPortal({ gatewayApart: true })
  browser = await startBrowser()
  admin = await openWindow(browser, portal.origin)
  visitor = await openWindow(browser, portal.origin)
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

async function heading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

const photoParts = {
  type: 'object',
  required: ['photo'],
  properties: { photo: { type: 'string', format: 'binary' }, note: { type: 'string' } },
}

const lockers = (version: string, parameters: object[] = []) =>
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Lockers', version },
    paths: {
      '/lockers': {
        get: {
          operationId: 'listLockers',
          summary: 'List lockers',
          parameters,
          responses: { 200: { description: 'All lockers' } },
        },
      },
      '/lockers/{lockerId}/open': {
        post: {
          operationId: 'openLocker',
          summary: 'Open a locker',
          parameters: [
            { name: 'lockerId', in: 'path', required: true, schema: { type: 'string' } },
            { name: 'door', in: 'query', schema: { type: 'string', enum: ['front', 'back'] } },
          ],
          requestBody: {
            required: true,
            content: { 'application/json': { example: { code: '1234' } } },
          },
          responses: { 200: { description: 'It is open' } },
        },
      },
      '/lockers/{lockerId}/photo': {
        post: {
          operationId: 'addPhoto',
          summary: 'Add a photo',
          parameters: [{ name: 'lockerId', in: 'path', required: true, schema: { type: 'string' } }],
          requestBody: { required: true, content: { 'multipart/form-data': { schema: photoParts } } },
          responses: { 200: { description: 'It is kept' } },
        },
      },
    },
  })

test('an admin makes a plan and a catalog for one organization', async () => {
  const { page } = admin
  await logIn(page, 'admin@demo.example')
  await page.getByRole('link', { name: 'Plans' }).first().click()
  await heading(page, 'Plans')
  await expectGoodPage(page, 'admin plans')
  await page.getByRole('link', { name: 'Create plan' }).click()
  await heading(page, 'Create plan')
  await page.getByLabel('Name', { exact: true }).fill('Lockers trial')
  await page.getByRole('button', { name: 'Create plan' }).click()
  await page.getByText('Enter how many calls').first().waitFor()
  await expectGoodPage(page, 'admin plan with errors')
  await page.getByLabel('Calls', { exact: true }).first().fill('5')
  await page.getByLabel('Calls', { exact: true }).nth(1).fill('1000')
  await page.getByLabel('Public catalog').check()
  await page.getByRole('button', { name: 'Create plan' }).click()
  await heading(page, 'Lockers trial')
  await expectGoodPage(page, 'admin plan')

  await page.goto('/admin/catalogs')
  await heading(page, 'Catalogs')
  await expectGoodPage(page, 'admin catalogs')
  await page.getByRole('link', { name: 'Create catalog' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Contoso catalog')
  await page.getByLabel('Slug').fill('contoso')
  await page.getByRole('radio', { name: /Custom/ }).check()
  await page.getByRole('button', { name: 'Create catalog' }).click()
  await heading(page, 'Contoso catalog')
  await page.getByRole('link', { name: 'Add', exact: true }).click()
  await page.getByLabel('Search organizations and teams').fill('contoso')
  await page.getByRole('button', { name: 'Search' }).click()
  await page.waitForURL(/q=contoso/)
  await expectGoodPage(page, 'admin audience')
  await page.getByRole('button', { name: 'Add Contoso', exact: true }).click()
  await heading(page, 'Contoso catalog')
  await page.getByText('Organization', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Add plan' }).click()
  await page.getByRole('status').waitFor()
  await expectGoodPage(page, 'admin catalog')
}, 240_000)

test('a product is made, its document checked and imported, and a visitor finds it once it is published', async () => {
  const { page } = admin
  await page.goto('/admin/products')
  await heading(page, 'Products')
  await expectGoodPage(page, 'admin products')
  await page.getByRole('link', { name: 'Create product' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Parcel lockers')
  await page.getByLabel('Slug').fill('parcel-lockers')
  await page.getByLabel('Summary').fill('Find a locker and open it')
  await page.getByLabel('Tags').fill('logistics, lockers')
  await page.getByLabel('Public catalog').check()
  await page.getByLabel('Description').fill('Lockers in **every** town.')
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.getByRole('region', { name: 'Preview of Description' }).getByText('every').waitFor()
  await expectGoodPage(page, 'admin new product')
  await page.getByRole('button', { name: 'Create product' }).click()
  await heading(page, 'Parcel lockers')
  await expectGoodPage(page, 'admin product')

  await page.getByRole('link', { name: 'Add API' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Lockers')
  await page.getByLabel('Slug').fill('lockers')
  await page.getByLabel('Upstream URL').fill('http://10.0.0.1/')
  await page.getByRole('button', { name: 'Add API' }).click()
  await page.getByText('Use the name of a server, not a number.').waitFor()
  await page.getByLabel('Upstream URL').fill('https://lockers.example.com/v1')
  await expectGoodPage(page, 'admin new api')
  await page.getByRole('button', { name: 'Add API' }).click()
  await heading(page, 'Import document')
  await page.getByLabel('or paste it here').fill('{"openapi": "3.1.0",\n"info": }')
  await page.getByRole('button', { name: 'Check document' }).click()
  await page.getByText('not valid JSON, line 2').waitFor()
  expect(await page.getByLabel('or paste it here').inputValue()).toContain('"info": }')
  await expectGoodPage(page, 'admin import with errors')
  await page.getByLabel('or paste it here').fill(lockers('1.0.0'))
  await page.getByRole('button', { name: 'Check document' }).click()
  await heading(page, 'Lockers 1.0.0')
  await page.getByText('/gateway/parcel-lockers/lockers').first().waitFor()
  await expectGoodPage(page, 'admin checked document')
  await page.getByRole('button', { name: 'Import' }).click()
  await heading(page, 'Lockers')
  await page.getByText('Current').waitFor()

  await page.getByRole('link', { name: 'Import document' }).click()
  await heading(page, 'Import document')
  const required = [{ name: 'town', in: 'query', required: true, schema: { type: 'string' } }]
  await page.getByLabel('or paste it here').fill(lockers('2.0.0', required))
  await page.getByRole('button', { name: 'Check document' }).click()
  await page.getByText('New required parameter town (query)').waitFor()
  await expectGoodPage(page, 'admin breaking document')
  await page.getByRole('button', { name: 'Import' }).click()
  await heading(page, 'Lockers')
  await page.getByText('1 breaking').waitFor()
  await expectGoodPage(page, 'admin api')

  await page.getByRole('link', { name: 'Parcel lockers' }).click()
  await heading(page, 'Parcel lockers')
  await page.getByRole('link', { name: 'Preview' }).click()
  await heading(page, 'Preview of Parcel lockers')
  await page.getByText('This is a draft').waitFor()
  await expectGoodPage(page, 'admin preview')
  await page.getByRole('link', { name: 'Parcel lockers' }).click()
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByText('Parcel lockers is published').waitFor()

  await visitor.page.goto('/catalogs?q=locker')
  await visitor.page
    .getByRole('link', { name: /Parcel lockers/ })
    .first()
    .click()
  await heading(visitor.page, 'Parcel lockers')
}, 300_000)

test('a developer finds an operation by search, gets a key, and tries it by keyboard alone', async () => {
  await portal.bindings.DB.prepare('update apis set upstream_url = ? where slug = ?')
    .bind(`${portal.upstreamUrl}/echo`, 'lockers')
    .run()
  const gatewayOrigin = portal.origin.replace('localhost', '127.0.0.1')
  const { page, complaints } = await openWindow(browser, portal.origin, { gatewayOrigin })
  await logIn(page, 'sam@solo.example')
  await page.goto('/catalogs')
  await page.getByLabel('Search products and operations').fill('open locker')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Open a locker' }).click()
  await heading(page, 'Open a locker')
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByText('You have no key for Parcel lockers').waitFor()
  await page.getByRole('link', { name: 'Request access' }).click()
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.waitForURL('**/cart')
  await page.getByText('Free', { exact: true }).click()
  await page.getByText('Create a new app').click()
  await page.getByLabel('App name').fill('Courier')
  await page.getByRole('button', { name: 'Request access' }).click()
  await page.getByText('Your request has been sent.').waitFor()

  const scripts = await scriptsOf(page, '/products/parcel-lockers/apis/lockers/open-locker')
  expect(scripts.names.join()).not.toContain('try-it-panel')
  expect(scripts.kilobytes).toBeLessThanOrEqual(110)
  await page.getByRole('button', { name: 'Try it' }).focus()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('region', { name: 'Try it' })
  const key = panel.getByLabel('Key', { exact: true })
  await key.waitFor()
  expect(await focused(page)).toBe('Try it')
  await expectGoodPage(page, 'try it')
  const masked = await key.locator('option').first().textContent()
  expect(masked).toMatch(/^Courier · Free · ••••[0-9A-Za-z]{4}$/)

  // What is wrong is told before anything is sent, and the first of it has the focus.
  const [locker, body] = [panel.getByLabel('lockerId'), panel.getByLabel('Request body')]
  await tabTo(page, body)
  await page.keyboard.press('Control+a')
  await page.keyboard.type('{"code": ')
  await page.keyboard.press('Control+Enter')
  await panel.getByText('Enter lockerId.').waitFor()
  await panel.getByText('This is not JSON, line 1: it ends too early.').waitFor()
  expect(await locker.evaluate((field) => field === document.activeElement)).toBe(true)
  await expectGoodPage(page, 'try it with errors')

  await page.keyboard.type('a/b 7')
  await tabTo(page, body)
  await page.keyboard.press('Control+a')
  await page.keyboard.type('{"code": "99"}')
  const send = panel.getByRole('button', { name: 'Send' })
  await tabTo(page, send)
  await page.keyboard.press('Enter')
  await panel.getByText('200 OK', { exact: true }).waitFor()
  await panel.getByText('"/echo/lockers/a%2Fb%207/open"').waitFor()
  await panel.getByText(/^Answered: 200 OK/).waitFor()
  await panel.getByText(/^Headers\s*\d/).click()
  await panel.getByText('x-request-id', { exact: true }).waitFor()
  await panel.getByText('ratelimit', { exact: true }).waitFor()
  await expectGoodPage(page, 'try it with an answer')
  await panel.getByRole('button', { name: 'Copy the call as it was sent' }).click()
  const curl = await page.evaluate(() => navigator.clipboard.readText())
  expect(curl).toContain(`curl '${gatewayOrigin}/gateway/parcel-lockers/lockers/lockers/a%2Fb%207/open'`)
  expect(curl).toContain(`Bearer prt_live_${masked?.slice(-8)}`)

  // Five in ten seconds pass, whenever the window began.
  const statuses = [200]
  for (let times = 0; times < 12 && !statuses.includes(429); times += 1) {
    const answered = page.waitForResponse((response) => response.url().includes('/gateway/'))
    await send.click()
    statuses.push((await answered).status())
    await panel.getByText(/^Answered/).waitFor()
  }
  await panel.getByText('429 Too Many Requests', { exact: true }).waitFor()
  await panel.getByText('rate_limited', { exact: true }).first().waitFor()
  await panel.getByText(/^You can send again/).waitFor()
  await expectGoodPage(page, 'try it at the limit')

  await page.route('**/gateway/**', () => {})
  await send.click()
  await panel.getByRole('button', { name: 'Cancel' }).click()
  await panel.getByText('The API may have acted on the call').waitFor()
  expect(await send.evaluate((button) => button === document.activeElement)).toBe(true)
  await page.unroute('**/gateway/**')
  expect(await page.content()).not.toMatch(/prt_live_[0-9A-Za-z]{38}/)
  expect(complaints).toEqual([])

  await page.route('**/gateway/**', (route) => route.abort())
  await send.click()
  await panel.getByText('The gateway was not reached').first().waitFor()
  await panel.getByRole('button', { name: 'Close Try it' }).click()
  await expect.poll(() => focused(page)).toBe('Try it')

  // What passed is in the usage of the app, and that its key was fetched, once, in its activity.
  await page.goto('/dashboard/apps')
  await page.getByRole('link', { name: 'Courier' }).click()
  await page.getByText('revealed the key').first().waitFor()
  expect(await page.getByText('revealed the key').count()).toBe(1)
  await expect
    .poll(
      async () => {
        await page.reload()
        return (await page.getByText('Today').locator('..').textContent()) ?? ''
      },
      { timeout: 20_000, interval: 1000 },
    )
    .toContain(`Today${statuses.filter((status) => status === 200).length} of`)

  // A body of several parts, with a file.
  await page.unroute('**/gateway/**')
  await openListening(page, '/products/parcel-lockers/apis/lockers/add-photo')
  await page.getByRole('button', { name: 'Try it' }).click()
  await panel.getByLabel('lockerId').fill('7')
  await send.click()
  await panel.getByText('Choose a file.').waitFor()
  await panel
    .getByLabel('photo')
    .setInputFiles({ name: 'door.png', mimeType: 'image/png', buffer: Buffer.from('a door') })
  await panel.getByLabel('note').fill('front')
  await expectGoodPage(page, 'try it with parts')
  // The limit of before may stand for some seconds.
  await expect
    .poll(
      async () => {
        await send.click()
        await panel.getByText(/^Answered/).waitFor()
        return panel.getByText('200 OK', { exact: true }).count()
      },
      { timeout: 30_000, interval: 2000 },
    )
    .toBe(1)
  await panel.getByText('"multipart/form-data; boundary=', { exact: false }).first().waitFor()
}, 240_000)

test('without JavaScript a guide is written, previewed and published, and the order changes', async () => {
  const window = await openWindow(browser, portal.origin, { javaScriptEnabled: false })
  const { page } = window
  await logIn(page, 'admin@demo.example')
  await page.goto('/admin/products?q=lockers')
  await page.getByRole('link', { name: 'Parcel lockers' }).click()
  for (const [title, slug] of [
    ['First steps', 'first-steps'],
    ['Open a locker', 'open'],
  ] as const) {
    await page.getByRole('link', { name: 'Add guide' }).click()
    await page.getByLabel('Title').fill(title)
    await page.getByLabel('Slug').fill(slug)
    await page.getByLabel('Text').fill('Call **it**.')
    await page.getByRole('button', { name: 'Add guide' }).click()
    await heading(page, title)
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('link', { name: 'Back to the product' }).click()
  }
  await page.getByRole('button', { name: 'Move Open a locker up' }).click()
  await heading(page, 'Parcel lockers')
  await page.goto('/products/parcel-lockers/guides')
  await page.getByRole('heading', { name: 'Open a locker' }).first().waitFor()
  expect([...admin.complaints, ...visitor.complaints, ...window.complaints]).toEqual([])
}, 180_000)

test('a page of an upstream cannot run as the portal, on its origin or another, and one that breaks HTTP is a problem', async () => {
  const upstream = await startBrokenUpstream()
  await portal.bindings.DB.batch([
    portal.bindings.DB.prepare("update apis set upstream_url = ? where slug = 'lockers'").bind(upstream.url),
    portal.bindings.DB.prepare('update access_requests set rate_limit = null, rate_period_seconds = null'),
  ])
  const { page, context } = await openWindow(browser, portal.origin)
  await logIn(page, 'sam@solo.example')
  await page.goto('/dashboard/apps')
  await page.getByRole('link', { name: 'Courier' }).click()
  await page.getByRole('button', { name: 'Reveal' }).click()
  const shown = page.getByText(/^prt_live_[0-9A-Za-z]{38}$/).first()
  await shown.waitFor()
  const headers = { 'x-api-key': (await shown.textContent()) ?? '' }
  const base = '/gateway/parcel-lockers/lockers'
  const call = (path: string) => fetch(`${portal.origin}${base}${path}`, { headers })
  await expect.poll(async () => (await call('/page')).status, { timeout: 12_000, interval: 500 }).toBe(200)

  // The window is logged in to the portal, and opens the page by its address, as a link of somebody else's would.
  await page.setExtraHTTPHeaders(headers)
  for (const origin of [portal.origin, portal.origin.replace('localhost', '127.0.0.1')]) {
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.goto(`${origin}${base}/page`)
    expect(await page.title()).toBe('upstream')
    expect(await page.locator('#said').textContent()).toBe('quiet')
    expect(asked).toEqual([`${base}/page`])
    page.removeAllListeners('request')
  }
  const cookies = await context.cookies()
  expect(cookies.map(({ name }) => name)).not.toContain('planted')
  await context.close()

  for (const path of ['/garbage', '/nonsense', '/reset']) {
    const answer = await call(path)
    expect([path, answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      path,
      502,
      'upstream_unreachable',
    ])
  }
  const cut = await rawly(`GET ${base}/cut HTTP/1.1`, headers, '')
  expect(cut).toMatch(/content-length: 100\r\n[\s\S]*\r\n\r\nx{50}$/i)

  // Two lengths of one body: the upstream is told one of them, and what is left over has nothing of this call's key.
  const smuggled = `GET ${base}/smuggled HTTP/1.1\r\nhost: x\r\n\r\n`
  upstream.asked.length = 0
  for (const [framing, body] of [
    [{ 'content-length': smuggled.length + 5, 'transfer-encoding': 'chunked' }, `0\r\n\r\n${smuggled}`],
    [
      { 'content-length': 4, 'transfer-encoding': 'chunked' },
      `${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`,
    ],
    [{ 'content-length': `0\r\ncontent-length: ${smuggled.length}` }, smuggled],
    [{ 'content-length': 0, 'transfer-encoding': 'xchunked' }, smuggled],
  ] as const) {
    const answered = await rawly(`POST ${base}/page HTTP/1.1`, { ...headers, ...framing }, body)
    expect(answered, JSON.stringify(framing)).toMatch(/^HTTP\/1\.1 /)
  }
  const heads = upstream.asked.map((text) => text.split('\r\n\r\n')[0] ?? '')
  expect(heads.filter((head) => head.startsWith('POST /page '))).not.toEqual([])
  expect(upstream.asked.join('\n')).not.toContain('GET /smuggled')
  for (const head of heads)
    expect(head).not.toMatch(
      /content-length:[\s\S]*transfer-encoding:|transfer-encoding:[\s\S]*content-length:/i,
    )
  const events = (await call('/events')).body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await events?.read())?.value).toBe('data: first\n\n')
  expect((await call('/second')).status).toBe(204)
  expect((await events?.read())?.value).toBe('data: second\n\n')
  await upstream.close()
  expect((await call('/page')).status).toBe(502)
}, 60_000)

/** What the portal writes on a connection on which it was sent this; nothing comes after two quiet seconds. */
function rawly(line: string, headers: Record<string, string | number>, body: string): Promise<string> {
  const { hostname, port } = new URL(portal.origin)
  const lines = Object.entries({ host: hostname, ...headers }).map(([name, value]) => `${name}: ${value}`)
  return new Promise((resolve) => {
    let answered = ''
    const socket = connect({ host: '127.0.0.1', port: Number(port) })
    socket.on('data', (data) => {
      answered += data.toString()
    })
    socket.on('error', () => {}).on('close', () => resolve(answered))
    socket.setTimeout(2000, () => socket.destroy())
    socket.write(`${[line, ...lines].join('\r\n')}\r\n\r\n${body}`)
  })
}

async function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
}

/** By the Tab key, as often as it takes. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let steps = 0; steps < 40; steps += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('the Tab key does not lead there')
}

/** Opens the page: which scripts it loads, and how much they are as a server sends them. */
async function scriptsOf(page: Page, path: string): Promise<{ names: string[]; kilobytes: number }> {
  const scripts: Response[] = []
  const note = (response: Response) => {
    if (response.url().endsWith('.js')) scripts.push(response)
  }
  page.on('response', note)
  await page.goto(path, { waitUntil: 'networkidle' })
  page.off('response', note)
  const bodies = await Promise.all(scripts.map((script) => script.body()))
  const sizes = bodies.map(
    (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }).length,
  )
  return {
    names: scripts.map((script) => script.url()),
    kilobytes: sizes.reduce((sum, size) => sum + size, 0) / 1024,
  }
}
