// Access requests and plans, in Chromium, on the built portal with the demo world: a plan is changed, requests are decided one
// by one and several at once, and a key is used for more. Each page is checked with axe in light and dark, and at 390 px.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { RunningPortico } from '~scripts/portico.mjs'
import { expectGoodPage, logIn, openWindow, startBrowser, startPortal } from './browser'

vi.setConfig({ testTimeout: 180_000 })

let portal: RunningPortico
let browser: Browser
let admin: Awaited<ReturnType<typeof openWindow>>
let sam: Awaited<ReturnType<typeof openWindow>>
let kai: Awaited<ReturnType<typeof openWindow>>

beforeAll(async () => {
  portal = await startPortal()
  browser = await startBrowser()
  admin = await openWindow(browser, portal.origin)
  sam = await openWindow(browser, portal.origin)
  kai = await openWindow(browser, portal.origin)
})

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

async function heading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

async function openApp(page: Page, name: string): Promise<void> {
  await page.goto('/dashboard/apps')
  await page.getByRole('link', { name }).click()
  await heading(page, name)
}

test('a developer asks for another plan; the one in force stays until it is approved', async () => {
  const { page } = sam
  await logIn(page, 'sam@solo.example')
  await openApp(page, 'Garden planner')
  await page.getByRole('link', { name: 'Change plan Free' }).click()
  await heading(page, 'Change plan')
  await expectGoodPage(page, 'change-plan')
  await page.getByText('Pro', { exact: true }).click()
  await page.getByLabel('Note to the approver').fill('The garden has grown.')
  await page.getByRole('button', { name: 'Change plan' }).click()
  await page.getByText('Change of plan waiting for approval').waitFor()
  await page.getByText('This one stays in force until it is approved.').waitFor()
  await expectGoodPage(page, 'app-with-waiting-change')
})

test('an admin sorts and filters what waits, and approves two at once', async () => {
  const { page } = admin
  await logIn(page, 'admin@demo.example')
  await page
    .getByRole('link', { name: /^Access requests/ })
    .first()
    .click()
  await heading(page, 'Access requests')
  await page.getByLabel('Status', { exact: true }).selectOption({ label: 'Pending' })
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.waitForURL(/state=pending/)
  // The link that keeps the filter: for a moment the address is the new one and the page still the old one.
  await page
    .getByRole('link', { name: 'App', exact: true })
    .and(page.locator('[href*="state=pending"]'))
    .click()
  await page.waitForURL(/sort=app/)
  await page.getByText('instead of Free').waitFor()
  await page.getByLabel(/^Select Garden planner/).check()
  await page.getByLabel(/^Select Storefront/).check()
  await expectGoodPage(page, 'admin-access-requests')
  await page.getByRole('button', { name: 'Approve', exact: true }).click()
  await page.getByText('2 requests are approved.').waitFor()
  expect(page.url()).toContain('state=pending&sort=app')
})

test('the developer has the new plan under the same key, and goes back to the old one at once', async () => {
  const { page } = sam
  await openApp(page, 'Garden planner')
  await page.getByText('changed the plan of Weather from Free to Pro').waitFor()
  await page.getByRole('link', { name: 'Change plan Pro' }).click()
  await page.getByText('Free', { exact: true }).click()
  await page.getByRole('button', { name: 'Change plan' }).click()
  await page.getByText('Plan changed. The same key goes on under it.').waitFor()
  expect(await page.getByRole('button', { name: 'Reveal' }).count()).toBe(1)
})

test('several requests are rejected with a reason, which their developer reads', async () => {
  const { page } = admin
  await page.getByLabel(/^Select Onboarding trial/).check()
  await page.getByRole('button', { name: 'Reject', exact: true }).click()
  await heading(page, 'Reject 1 request')
  await page.getByLabel('Reason').fill('Please add a privacy page first.')
  await expectGoodPage(page, 'admin-reject-requests')
  await page.getByRole('button', { name: 'Reject 1 request' }).click()
  await page.getByText('The request of Onboarding trial is rejected.').waitFor()
  await logIn(kai.page, 'kai@contoso.example')
  await openApp(kai.page, 'Onboarding trial')
  await kai.page.getByText('Please add a privacy page first.').first().waitFor()
})

test('a key that does not fit more products is told at its field, and nothing that was chosen is lost', async () => {
  const { page } = sam
  await page.goto('/products/shipping')
  await page.getByRole('button', { name: 'Add to cart' }).first().click()
  await heading(page, 'Cart')
  await page.getByText('Pro', { exact: true }).click()
  await page.getByLabel('Credential', { exact: true }).selectOption({ index: 1 })
  await expectGoodPage(page, 'cart-with-keys')
  await page.getByRole('button', { name: 'Request access' }).click()
  await page.getByText('This credential cannot serve these products').waitFor()
  await expectGoodPage(page, 'cart-with-error')
  expect(await page.getByRole('radio', { name: /^Pro/ }).isChecked()).toBe(true)
  await page.getByLabel('Credential', { exact: true }).selectOption({ index: 0 })
  await page.getByRole('button', { name: 'Request access' }).click()
  await page.getByText('Your request has been sent.').waitFor()
})

test('the approver gives another plan than was asked for', async () => {
  const { page } = sam
  await admin.page.goto('/admin/access-requests?state=pending')
  await admin.page.getByRole('link', { name: 'Garden planner' }).click()
  await heading(admin.page, 'Garden planner')
  await expectGoodPage(admin.page, 'admin-access-request')
  await admin.page.getByRole('link', { name: 'Pick another plan' }).click()
  await heading(admin.page, 'Approve under another plan')
  await admin.page.getByText('Free', { exact: true }).click()
  await expectGoodPage(admin.page, 'admin-approve-under-plan')
  await admin.page.getByRole('button', { name: 'Approve' }).click()
  await admin.page.getByText('Request approved').waitFor()
  await openApp(page, 'Garden planner')
  expect(await page.getByRole('button', { name: 'Reveal' }).count()).toBe(2)
})

test('nothing complained on the way', () => {
  for (const window of [admin, sam, kai]) expect(window.complaints).toEqual([])
})
