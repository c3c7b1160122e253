// An admin makes a token for a program, in Chromium on the built portal; the program uses it; the admin revokes it, and adds
// a webhook. The pages of its own kind are checked with axe in light and dark, and at 390 px.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningPortico } from '~scripts/portico.mjs'
import { expectGoodPage, logIn, openWindow, startBrowser, startPortal } from './browser'

let portal: RunningPortico
let browser: Browser
let admin: Awaited<ReturnType<typeof openWindow>>

beforeAll(async () => {
  portal = await startPortal()
  browser = await startBrowser()
  admin = await openWindow(browser, portal.origin)
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

const call = (token: string, init: RequestInit = {}) =>
  fetch(`${portal.origin}/api/v1/organizations`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  })

test('a token is made, copied, used by a program, and revoked', async () => {
  const { page, complaints } = admin
  await logIn(page, 'admin@demo.example')
  await page.getByRole('link', { name: 'API tokens' }).first().click()
  await page.getByText('No API tokens yet').waitFor()
  await page.getByRole('link', { name: 'Create API token' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Create API token' }).waitFor()
  await page.getByLabel('Create and change organizations').check()
  await page.getByRole('button', { name: 'Create API token' }).click()
  await page.getByText('Name is missing').waitFor()
  expect(await page.getByLabel('Create and change organizations').isChecked()).toBe(true)
  await expectGoodPage(page, 'API token with errors')
  await page.getByLabel('Name').fill('Directory sync')
  await page.getByRole('button', { name: 'Create API token' }).click()
  await page.getByText('shown this one time only').waitFor()
  await expectGoodPage(page, 'new API token')
  await page.getByRole('button', { name: 'Copy API token' }).click()
  const token = await page.evaluate(() => navigator.clipboard.readText())
  expect(token).toMatch(/^prt_admin_\w{38}$/)

  expect((await call(token)).status).toBe(200)
  const made = await call(token, { method: 'POST', body: JSON.stringify({ name: 'Made by a program' }) })
  expect(made.status).toBe(201)

  await page.getByRole('link', { name: 'I have saved it' }).click()
  await page.getByRole('button', { name: 'Actions for Directory sync' }).click()
  await page.getByRole('link', { name: 'What it did' }).click()
  await page.getByText('Made by a program').first().waitFor()
  await page.goBack()
  await expectGoodPage(page, 'API tokens')
  await page.getByRole('button', { name: 'Actions for Directory sync' }).click()
  await page.getByRole('link', { name: 'Revoke' }).click()
  await page.getByRole('heading', { level: 1, name: 'Revoke' }).waitFor()
  await page.getByRole('button', { name: 'Revoke API token' }).click()
  await page.getByText('is revoked').first().waitFor()
  expect((await call(token)).status).toBe(401)

  await page.goto('/admin/settings/webhooks/new')
  await page.getByLabel('Chosen events').check()
  await page.getByText('Access request', { exact: true }).click()
  await page.getByLabel('Access request approved').check()
  await expectGoodPage(page, 'a new webhook')
  // Nobody listens there.
  await page.getByLabel('Address').fill('http://127.0.0.1:9/in')
  await page.getByRole('button', { name: 'Add webhook' }).click()
  await page.getByText('shown this one time only').waitFor()
  await expectGoodPage(page, 'the secret of a webhook')
  await page.getByRole('link', { name: 'I have saved it' }).click()
  await page.getByRole('button', { name: 'Send test event' }).click()
  await page.getByText('The receiver could not be reached').first().waitFor()
  await expectGoodPage(page, 'a delivery of a webhook')
  await page.getByRole('link', { name: '127.0.0.1:9' }).click()
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByText('This webhook is paused').waitFor()
  await expectGoodPage(page, 'a webhook')
  expect(complaints).toEqual([])
}, 120_000)
