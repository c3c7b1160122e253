// An admin offers a new product, in Chromium on the built portal: made, described, documented, checked, imported, published,
// found by a visitor. Each page on the way is checked with axe in light and dark, and at 390 px.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningPortico } from '~scripts/portico.mjs'
import { expectGoodPage, logIn, openWindow, startBrowser, startPortal } from './browser'

let portal: RunningPortico
let browser: Browser
let admin: Awaited<ReturnType<typeof openWindow>>
let visitor: Awaited<ReturnType<typeof openWindow>>

beforeAll(async () => {
  portal = await startPortal()
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

const document = (version: string, parameters: object[] = []) =>
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
  await page.getByLabel('or paste it here').fill(document('1.0.0'))
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
  await page.getByLabel('or paste it here').fill(document('2.0.0', required))
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
