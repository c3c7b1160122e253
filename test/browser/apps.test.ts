// The way of an app, in Chromium, on the built portal with the demo world: made by an admin for a developer, given a
// credential, frozen and unfrozen, its key limited, rotated and ended, given away and deleted. Each page is checked with axe in light and dark, and at 390 px.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { RunningPortico } from '~scripts/portico.mjs'
import { expectGoodPage, logIn, openWindow, startBrowser, startPortal } from './browser'

vi.setConfig({ testTimeout: 180_000 })

let portal: RunningPortico
let browser: Browser
let admin: Awaited<ReturnType<typeof openWindow>>
let ada: Awaited<ReturnType<typeof openWindow>>
/** Steps hand these on: the test file is one journey. */
const journey = { appUrl: '', key: '' }

beforeAll(async () => {
  portal = await startPortal()
  browser = await startBrowser()
  admin = await openWindow(browser, portal.origin)
  ada = await openWindow(browser, portal.origin)
})

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

async function heading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

/** The card of the app's key; of two, the newer one's. */
function keyCard(page: Page) {
  return page.locator('[id^=crd_]').first()
}

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'More options' }).click()
  await page.getByRole('link', { name: item, exact: true }).click()
}

async function answer(path = 'locations'): Promise<string> {
  const response = await fetch(`${portal.origin}/gateway/weather/weather/${path}`, {
    headers: { authorization: `Bearer ${journey.key}` },
  })
  const text = await response.text()
  return response.ok ? 'passes' : (JSON.parse(text) as { code: string }).code
}

test('an admin finds a developer, makes an app for her and adds a credential that the admin never sees', async () => {
  const { page } = admin
  await logIn(page, 'admin@demo.example')
  await page.getByRole('link', { name: 'Apps', exact: true }).click()
  await heading(page, 'Apps')
  await expectGoodPage(page, 'admin-apps')
  await page.getByRole('link', { name: 'New app' }).click()
  await page.getByLabel('Find developer').fill('tom')
  await page.getByRole('button', { name: 'Find' }).click()
  await page.waitForURL(/search=tom/)
  // By its whole name: for a moment the address is the new one and the page is still the old one, with everybody on it.
  await page.getByRole('link', { name: 'Choose Tom Okafor' }).click()
  await page.getByLabel('App name').fill('Harbour display')
  await expectGoodPage(page, 'admin-new-app')
  await page.getByRole('button', { name: 'Create app' }).click()
  await heading(page, 'Harbour display')
  journey.appUrl = new URL(page.url()).pathname
  await page.getByRole('link', { name: 'Add credential' }).first().click()
  await heading(page, 'Add credential')
  await page.getByLabel('Catalog').selectOption({ label: 'Public catalog' })
  await page.waitForURL(/catalog=/)
  await page.getByLabel('Weather', { exact: true }).check()
  await page.getByText('Free', { exact: true }).click()
  await expectGoodPage(page, 'admin-add-credential')
  await page.getByRole('button', { name: 'Add credential' }).click()
  await heading(page, 'Harbour display')
  await page.getByText('Free key').waitFor()
  await expectGoodPage(page, 'admin-app')
  expect(await page.content()).not.toMatch(/prt_live_[0-9A-Za-z]{38}/)
})

test('a super admin reveals the key, and it works; an admin freezes the app, and it does not', async () => {
  const { page } = ada
  await logIn(page, 'ada@northwind.example')
  await page.goto(journey.appUrl.replace('/admin/', '/dashboard/'))
  await page.getByRole('button', { name: 'Reveal' }).click()
  const shown = page.getByText(/prt_live_[0-9A-Za-z]{38}/)
  await shown.waitFor()
  journey.key = /prt_live_[0-9A-Za-z]{38}/.exec(await page.content())?.[0] ?? ''
  expect(await answer()).toBe('passes')
  await choose(admin.page, 'Freeze')
  await heading(admin.page, 'Freeze Harbour display')
  await admin.page.getByLabel('Reason').fill('It calls a hundred times a second')
  await admin.page.getByRole('button', { name: 'Freeze app' }).click()
  await admin.page.getByText('This app is frozen').waitFor()
  await expectGoodPage(admin.page, 'admin-app-frozen')
  expect(await answer()).toBe('app_frozen')
  await page.reload()
  await page.getByText('An administrator of the portal froze it').waitFor()
  expect(await keyCard(page).getByText('Frozen', { exact: true }).count()).toBe(1)
  await expectGoodPage(page, 'app-frozen')
  await admin.page.getByRole('button', { name: 'Unfreeze' }).first().click()
  await admin.page.getByText('is unfrozen').waitFor()
  expect(await answer()).toBe('passes')
})

test('the key is limited by a form that marks the bad line, and the gateway follows', async () => {
  const { page } = ada
  await page.goto(journey.appUrl.replace('/admin/', '/dashboard/'))
  await keyCard(page).getByRole('link', { name: 'Limits' }).click()
  await heading(page, 'Limits of a key')
  await page.getByLabel('Name').fill('Harbour display, quay 3')
  await page.getByLabel('Allowed IP addresses').fill('127.0.0.1\n::1\n10.0.0.5/8')
  await page.getByLabel('GET', { exact: true }).check()
  await page.getByLabel('Allowed paths').fill('/locations/*')
  await page.getByRole('button', { name: 'Save limits' }).click()
  await page.getByText('Line 3: “10.0.0.5/8” is an address inside a range.').waitFor()
  expect(await page.getByLabel('GET', { exact: true }).isChecked()).toBe(true)
  await expectGoodPage(page, 'key-limits-refused')
  await page.getByLabel('Allowed IP addresses').fill('')
  await page.getByRole('button', { name: 'Save limits' }).click()
  await page.getByText('Limits saved').waitFor()
  await keyCard(page).getByText('/locations/*').waitFor()
  expect(await answer('locations')).toBe('path_not_allowed_by_key')
  await keyCard(page).getByRole('link', { name: 'Limits' }).click()
  await page.getByLabel('Allowed paths').fill('/locations\n/locations/*')
  await expectGoodPage(page, 'key-limits')
  await page.getByRole('button', { name: 'Save limits' }).click()
  await page.getByText('Limits saved').waitFor()
  expect(await answer('locations')).toBe('passes')
})

test('why a call was refused is on the app’s page by its request id; usage says what passed, to admins of all apps', async () => {
  const { page } = ada
  const app = journey.appUrl.replace('/admin/', '/dashboard/')
  const refused = await fetch(`${portal.origin}/gateway/weather/nothing/here?secret=1`, {
    headers: { authorization: `Bearer ${journey.key}` },
  })
  const { requestId } = (await refused.json()) as { requestId: string }
  await expect
    .poll(
      async () => {
        await page.goto(`${app}/refused`)
        return page.getByText(requestId).count()
      },
      { timeout: 20_000, interval: 1000 },
    )
    .toBe(1)
  const reason = (text: string) => page.locator('td').getByText(text, { exact: true })
  await reason('Path not allowed by the key').first().waitFor()
  expect(await page.content()).not.toContain('secret=1')
  await expectGoodPage(page, 'app-refused')
  await page.getByLabel('Find a request id').fill(requestId)
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('link', { name: `Remove filter Request ${requestId}` }).waitFor()
  expect(await reason('Unknown API').count()).toBe(1)
  expect(await reason('Path not allowed by the key').count()).toBe(0)
  await page.goto(`${app}/usage`)
  await page.getByText('Which plan fits?').waitFor()
  await expectGoodPage(page, 'app-usage')
  await page.getByRole('link', { name: '30 days' }).click()
  await page.getByText('Calls, last 30 days', { exact: true }).first().waitFor()
  await admin.page.goto('/admin/usage')
  await heading(admin.page, 'Usage')
  await expectGoodPage(admin.page, 'admin-usage')
  await admin.page.goto(journey.appUrl)
  await page.goto(app)
})

test('the key is rotated with an overlap; the page says who uses the old one, ends it, and keeps the receipt', async () => {
  const { page } = ada
  await page.getByRole('link', { name: 'Rotate key' }).click()
  await heading(page, 'Rotate key')
  await page.getByText('After 7 days').click()
  await page.getByRole('button', { name: 'Rotate key' }).click()
  await heading(page, 'Harbour display')
  const unused = page.getByText('The old key has not been used since the rotation')
  await unused.waitFor()
  expect(await answer()).toBe('passes')
  await expect
    .poll(
      async () => {
        await page.reload()
        return page.getByText('The old key is still used').count()
      },
      { timeout: 20_000, interval: 1000 },
    )
    .toBe(1)
  await expectGoodPage(page, 'app-overlap')
  await page.getByRole('link', { name: 'End the old key now' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await dialog.getByRole('button', { name: 'End the old key' }).click()
  await page.getByText(/Refused here from \d\d:\d\d:\d\d UTC, and everywhere by/).waitFor()
  await page.getByText(/Revoked by Ada Larsen on .* at the latest/).waitFor()
  await expectGoodPage(page, 'app-ended-key')
  expect(await answer()).toBe('credential_revoked')
  const oldKey = journey.key
  await keyCard(page).getByRole('button', { name: 'Reveal' }).click()
  await page.getByText(/prt_live_[0-9A-Za-z]{38}/).waitFor()
  journey.key = /prt_live_[0-9A-Za-z]{38}/.exec(await page.content())?.[0] ?? ''
  expect(journey.key).not.toBe(oldKey)
  expect(await answer()).toBe('passes')
})

test('a super admin freezes all apps in one switch and lets them go on', async () => {
  const { page } = ada
  await page.goto('/dashboard/organization')
  await page.getByRole('link', { name: 'Freeze all apps' }).click()
  await heading(page, /^Freeze all apps of/)
  await page.getByRole('button', { name: 'Freeze all apps' }).click()
  await heading(page, 'Northwind')
  await expectGoodPage(page, 'organization-frozen')
  expect(await answer()).toBe('app_frozen')
  await page.goto('/dashboard/apps')
  await page.getByText('All apps of Northwind are frozen').waitFor()
  await page.goto('/dashboard/organization')
  await page.getByRole('button', { name: 'Unfreeze all apps' }).click()
  await page.getByText('their keys work again').waitFor()
  expect(await answer()).toBe('passes')
})

test('the app is given to somebody else, and deleted by typing its name', async () => {
  const { page } = ada
  await page.goto(journey.appUrl.replace('/admin/', '/dashboard/'))
  await choose(page, 'Transfer ownership')
  await page.getByLabel('New owner').selectOption({ label: 'Ada Larsen (ada@northwind.example)' })
  await expectGoodPage(page, 'app-transfer')
  await page.getByRole('button', { name: 'Transfer ownership' }).click()
  await heading(page, 'My apps')
  await page.goto(journey.appUrl.replace('/admin/', '/dashboard/'))
  await choose(page, 'Delete')
  await page.getByText('1 key stops').waitFor()
  await expectGoodPage(page, 'app-delete')
  await page.getByLabel(/to confirm/).fill('Harbour display')
  await page.getByRole('button', { name: 'Delete app' }).click()
  await page.getByText('Harbour display is deleted').waitFor()
  await expect.poll(answer, { timeout: 8000 }).toBe('invalid_credential')
  for (const window of [admin, ada]) expect(window.complaints).toEqual([])
})
