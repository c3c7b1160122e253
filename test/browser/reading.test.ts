// A reader in Chromium: finds by search and by the palette, reads an operation, by keyboard alone, and without JavaScript.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningPortico } from '~scripts/portico.mjs'
import { expectGoodPage, openListening, openWindow, startBrowser, startPortal } from './browser'

let portal: RunningPortico
let browser: Browser

beforeAll(async () => {
  portal = await startPortal()
  browser = await startBrowser()
})

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

test('a visitor finds an operation by search and reads it, its answers and a call in another language', async () => {
  const { page, complaints } = await openWindow(browser, portal.origin)
  await page.goto('/catalogs')
  await page.getByLabel('Search products and operations').fill('refund payment')
  await page.keyboard.press('Enter')
  await page.getByRole('list', { name: 'Found in Payments' }).waitFor()
  await expectGoodPage(page, 'search results')
  await page.getByRole('link', { name: 'Refund a payment' }).click()
  await page.getByRole('heading', { level: 1, name: 'Refund a payment' }).waitFor()
  await expectGoodPage(page, 'operation')

  const request = page.getByRole('group', { name: 'Request', exact: true })
  await request.getByText('Python', { exact: true }).click()
  await request.getByText('import requests').waitFor()
  await request.getByRole('button', { name: 'Copy Python' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('requests.request(')

  await page.getByRole('link', { name: /^Next/ }).click()
  await page.waitForURL((url) => !url.pathname.endsWith('refund-payment'))
  // The language is remembered.
  await page.getByText('import requests').waitFor()
  expect(complaints).toEqual([])
}, 240_000)

test('the palette opens by keyboard, finds, goes there, and gives the focus back when it closes', async () => {
  const { page, complaints } = await openWindow(browser, portal.origin)
  await openListening(page, '/')
  await page.getByRole('link', { name: 'Search' }).focus()
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox')
  await field.waitFor()
  await page.getByRole('option', { name: 'Catalogs' }).waitFor()
  await page.keyboard.press('Escape')
  await field.waitFor({ state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Search')

  await page.keyboard.press('Control+k')
  await page.keyboard.type('list refunds')
  const option = page.getByRole('option', { name: /List refunds/ })
  await option.waitFor()
  await expectGoodPage(page, 'palette')
  while ((await option.getAttribute('aria-selected')) !== 'true') await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'List refunds' }).waitFor()
  expect(complaints).toEqual([])
}, 240_000)

test('without JavaScript one searches, reads an operation, opens its schemas and changes the language', async () => {
  const { page } = await openWindow(browser, portal.origin, { javaScriptEnabled: false })
  await page.goto('/')
  await page.getByRole('link', { name: 'Search' }).click()
  await page.getByLabel('Search products and operations').fill('refund payment')
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('link', { name: 'Refund a payment' }).click()
  await page.getByRole('heading', { level: 1, name: 'Refund a payment' }).waitFor()
  expect(await page.getByText('Try it needs JavaScript').isVisible()).toBe(true)
  expect(await page.getByRole('button', { name: 'Try it' }).isVisible()).toBe(false)
  const request = page.getByRole('group', { name: 'Request', exact: true })
  await request.getByText('Go', { exact: true }).click()
  expect(await request.getByText('package main').isVisible()).toBe(true)
  expect(await request.getByText('import requests').isVisible()).toBe(false)
  const response = page.locator('details', { hasText: '401' }).first()
  await response.locator('summary').first().click()
  expect(await response.evaluate((element) => (element as HTMLDetailsElement).open)).toBe(true)
  await page.getByLabel('Search operations').fill('dispute')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Found operations' }).waitFor()
}, 120_000)

test('on a phone the menu of the reference is a sheet, and nothing scrolls sideways', async () => {
  const { page } = await openWindow(browser, portal.origin, { phone: true })
  await page.goto('/products/payments/apis/payments')
  await page.getByRole('button', { name: 'Operations' }).click()
  // A name of some twenty letters is not cut.
  const name = page.getByRole('link', { name: 'Meridian Developers' }).locator('span')
  expect(await name.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0)
  await page.getByRole('link', { name: /Create a payment/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Create a payment' }).waitFor()
  await page.getByRole('link', { name: 'Try it' }).click()
  await page.getByText('You are not logged in').waitFor()
  await expectGoodPage(page, 'try it on a phone, logged out')
  const logIn = page.getByRole('region', { name: 'Try it' }).getByRole('link', { name: 'Log in' })
  expect(await logIn.getAttribute('href')).toContain('create-payment')
}, 240_000)
