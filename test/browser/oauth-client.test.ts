// The way of an OAuth client, in Chromium, on the built portal with the demo world: asked for in the cart, approved,
// revealed, exchanged for a token, tried from the reference, rotated. New pages are checked with axe and at 390 px.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { RunningPortico } from '~scripts/portico.mjs'
import { expectGoodPage, logIn, openWindow, startBrowser, startPortal } from './browser'

vi.setConfig({ testTimeout: 120_000 })

let portal: RunningPortico
let browser: Browser
let ada: Awaited<ReturnType<typeof openWindow>>

beforeAll(async () => {
  portal = await startPortal()
  browser = await startBrowser()
  ada = await openWindow(browser, portal.origin)
})

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

/** Steps hand these on: the test file is one journey. */
const journey = { clientId: '', secret: '' }

async function askForToken(secret: string): Promise<{ status: number; token: string }> {
  const response = await fetch(`${portal.origin}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${journey.clientId}:${secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  const { access_token: token = '' } = (await response.json()) as { access_token?: string }
  return { status: response.status, token }
}

test('a developer chooses an OAuth client in the cart, and an admin approves it', async () => {
  const { page } = ada
  await logIn(page, 'ada@northwind.example')
  await page.goto('/products/payments')
  await page.getByLabel('Catalog').selectOption({ label: 'Partner catalog' })
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.waitForURL('**/cart')
  await page.getByRole('radio', { name: /OAuth 2\.0 client/ }).check()
  await page.getByRole('radio', { name: /Create a new app/ }).check()
  await page.getByLabel('App name').fill('Ledger')
  await expectGoodPage(page, 'cart-oauth')
  await page.getByRole('button', { name: 'Request access' }).click()
  await page.getByText('Your request has been sent.').waitFor()

  const admin = await openWindow(browser, portal.origin)
  await logIn(admin.page, 'admin@demo.example')
  await admin.page.goto('/admin/access-requests?state=pending')
  await admin.page.getByRole('link', { name: 'Ledger', exact: true }).click()
  await admin.page.getByText('OAuth 2.0 client').first().waitFor()
  await admin.page.getByRole('button', { name: 'Approve', exact: true }).click()
  await admin.page.getByText('Approved', { exact: true }).first().waitFor()
  expect(admin.complaints).toEqual([])
  await admin.context.close()
})

test('the page of the app shows the client, and a program gets a token with it and calls', async () => {
  const { page } = ada
  await page.goto('/dashboard/apps')
  await page.getByRole('link', { name: 'Ledger' }).first().click()
  await page.getByRole('heading', { name: 'Client ID' }).waitFor()
  await expectGoodPage(page, 'app-oauth')
  journey.clientId = /prt_client_[0-9A-Za-z]{38}/.exec(await page.content())?.[0] ?? ''
  expect(await page.content()).not.toMatch(/prt_secret_[0-9A-Za-z]{38}/)
  await page.getByRole('button', { name: 'Reveal' }).click()
  const shown = page.getByText(/^prt_secret_[0-9A-Za-z]{38}$/)
  await shown.waitFor()
  journey.secret = (await shown.textContent()) ?? ''
  const { status, token } = await askForToken(journey.secret)
  expect(status).toBe(200)
  const called = await fetch(`${portal.origin}/gateway/payments/payments/payments`, {
    headers: { authorization: `Bearer ${token}` },
  })
  expect(called.status).toBe(200)
})

test('the reference sends a call as the client, and its secret is not in the page', async () => {
  const { page } = ada
  await page.goto('/products/payments/apis/payments')
  await page.getByRole('link', { name: 'List payments' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'List payments' }).waitFor()
  await page.getByRole('button', { name: 'Try it', exact: true }).click()
  await page.getByLabel('Credential').selectOption({ label: 'Ledger · Partner · OAuth client' })
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('200 OK', { exact: true }).waitFor()
  await expectGoodPage(page, 'try-it-oauth')
  expect(await page.content()).not.toMatch(/prt_secret_[0-9A-Za-z]{38}|eyJ[\w-]+\.[\w-]+\.[\w-]+/)
})

test('a rotated secret works beside the new one for the chosen time, under the same client ID', async () => {
  const { page } = ada
  await page.goto('/dashboard/apps')
  await page.getByRole('link', { name: 'Ledger' }).first().click()
  await page.getByRole('link', { name: 'Rotate secret' }).click()
  await page.getByRole('heading', { level: 1, name: 'Rotate secret' }).waitFor()
  await expectGoodPage(page, 'rotate-secret')
  await page.getByRole('radio', { name: /After 1 hour/ }).check()
  await page.getByRole('button', { name: 'Rotate secret' }).click()
  await page.getByText('Client secret rotated.').waitFor()
  expect(await page.getByText(journey.clientId, { exact: true }).count()).toBe(2)
  expect((await askForToken(journey.secret)).status).toBe(200)
  expect(ada.complaints).toEqual([])
})
