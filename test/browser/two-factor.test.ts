// Two-factor authentication in Chromium, on the built portal: an authenticator app, recovery codes, and a passkey of the
// browser's virtual authenticator. Each page on the way is checked with axe in light and dark, and at 390 px.
import { decodeBase32IgnorePadding } from '@oslojs/encoding'
import { generateHOTP } from '@oslojs/otp'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { RunningPortico } from '~scripts/portico.mjs'
import { expectGoodPage, logIn, openWindow, password, startBrowser, startPortal } from './browser'

// Each page is checked in two themes and at two widths, which takes its time on a small machine.
vi.setConfig({ testTimeout: 180_000 })

let portal: RunningPortico
let browser: Browser
let ada: Awaited<ReturnType<typeof openWindow>>
let sam: Awaited<ReturnType<typeof openWindow>>

const email = 'ada@northwind.example'
/** Steps hand these on: the test file is one journey. */
const journey = { codes: [] as string[] }

beforeAll(async () => {
  portal = await startPortal()
  browser = await startBrowser()
  ada = await openWindow(browser, portal.origin)
  sam = await openWindow(browser, portal.origin, { javaScriptEnabled: false, phone: true })
  const session = await ada.context.newCDPSession(ada.page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
})

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

async function heading(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
}

async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Account/ }).click()
  await page.getByRole('button', { name: 'Log out' }).click()
  await page.waitForURL((url) => url.pathname === '/' || url.pathname.startsWith('/auth/login'))
}

/** Gives the right password, and waits for the page that asks for the second factor. */
async function givePassword(page: Page): Promise<void> {
  await page.goto('/auth/login?returnTo=/dashboard/apps')
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await heading(page, 'Two-factor authentication')
}

/** Lets the code of this half-minute be used again, so that no step has to wait for the next one. */
async function forgetUsedCode(): Promise<void> {
  await portal.bindings.DB.prepare('update two_factor_secrets set last_used_step = 0').run()
}

async function setUpApp(page: Page): Promise<string> {
  await page.goto('/dashboard/profile/two-factor')
  await page.getByRole('link', { name: 'Set up app' }).click()
  await heading(page, 'Set up app')
  await page.getByLabel('Current password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Continue' }).click()
  await heading(page, 'Scan the QR code')
  return (await page.getByRole('group', { name: 'Setup key' }).textContent()) ?? ''
}

/** The code that an authenticator app shows now for that key. */
function codeOf(key: string): string {
  const secret = decodeBase32IgnorePadding(key.replaceAll(' ', ''))
  return generateHOTP(secret, BigInt(Math.floor(Date.now() / 30_000)), 6)
}

test('an authenticator app is set up on the profile, and its recovery codes are shown', async () => {
  const { page } = ada
  await logIn(page, email)
  await page.goto('/dashboard/profile/two-factor')
  await expectGoodPage(page, 'two-factor off')
  const key = await setUpApp(page)
  await expectGoodPage(page, 'qr code')
  await page.getByLabel('Code', { exact: true }).fill('000000')
  await page.getByRole('button', { name: 'Turn on' }).click()
  await page.getByText('This code is not right.').waitFor()
  await page.getByLabel('Code', { exact: true }).fill(codeOf(key))
  await page.getByRole('button', { name: 'Turn on' }).click()
  await heading(page, 'Two-factor authentication is on')
  await expectGoodPage(page, 'recovery codes')
  const list = await page.getByRole('group', { name: 'Recovery codes' }).textContent()
  journey.codes = (list ?? '').trim().split('\n')
  expect(journey.codes).toHaveLength(10)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download as text' }).click()
  expect((await download).suggestedFilename()).toBe('recovery-codes.txt')
  await page.getByRole('link', { name: 'I have saved them' }).click()
  await heading(page, 'Two-factor authentication')
  await expectGoodPage(page, 'two-factor on')
  await logOut(page)

  await givePassword(page)
  await expectGoodPage(page, 'second factor')
  await page.getByLabel('Code', { exact: true }).fill('123')
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await page.getByText('This code is not right.').waitFor()
  await expectGoodPage(page, 'second factor refused')
  await forgetUsedCode()
  await page.getByLabel('Code', { exact: true }).fill(codeOf(key))
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await heading(page, 'My apps')
  await logOut(page)
})

test('a recovery code lets in, and a passkey is added', async () => {
  const { page } = ada
  await givePassword(page)
  await page.getByRole('link', { name: 'Use a recovery code' }).click()
  await page.getByLabel('Recovery code', { exact: true }).waitFor()
  await expectGoodPage(page, 'recovery code')
  await page.getByLabel('Recovery code', { exact: true }).fill(journey.codes[0] ?? '')
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await heading(page, 'My apps')

  await page.goto('/dashboard/profile/two-factor')
  await page.getByRole('link', { name: 'Add passkey' }).click()
  await heading(page, 'Add passkey')
  await expectGoodPage(page, 'add passkey')
  await page.getByLabel('Name', { exact: true }).fill('Work laptop')
  await page.getByLabel('Current password', { exact: true }).fill('wrong')
  await page.getByRole('button', { name: 'Add passkey' }).click()
  await page.getByText('This is not your current password.').waitFor()
  await page.getByLabel('Current password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Add passkey' }).click()
  await heading(page, 'Two-factor authentication')
  await page.getByRole('link', { name: 'Remove Work laptop' }).waitFor()
  await expectGoodPage(page, 'two-factor with a passkey')
  await logOut(page)
})

test('the passkey logs in after the password, and instead of it', async () => {
  const { page } = ada
  await givePassword(page)
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await heading(page, 'My apps')
  await logOut(page)
  await page.goto('/auth/login?returnTo=/dashboard/apps')
  await expectGoodPage(page, 'log in')
  await page.getByRole('button', { name: 'Log in with a passkey' }).click()
  await heading(page, 'My apps')
})

test('in an old session a key is revealed by the passkey instead of the password', async () => {
  const { page } = ada
  await portal.bindings.DB.prepare(
    'update sessions set authenticated_at = authenticated_at - 3600000, second_factor_at = second_factor_at - 3600000',
  ).run()
  await page.goto('/dashboard/apps')
  await page.getByRole('link', { name: 'Storefront', exact: true }).click()
  await heading(page, 'Storefront')
  await page.getByRole('button', { name: 'Reveal' }).first().click()
  await page.getByLabel('Current password', { exact: true }).waitFor()
  expect(await page.content()).not.toMatch(/prt_live_[0-9A-Za-z]{38}/)
  await expectGoodPage(page, 'reveal asks who is there')
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await page.getByText(/prt_live_[0-9A-Za-z]{38}/).waitFor()
})

test('with the passkey the app is removed, and with it the last factor', async () => {
  const { page } = ada
  await page.goto('/dashboard/profile/two-factor')
  await page.getByRole('link', { name: 'Remove app' }).click()
  await heading(page, 'Remove app')
  await expectGoodPage(page, 'remove app')
  await page.getByLabel('Current password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Use a passkey instead of a code' }).click()
  await page.getByText('The authenticator app is removed').waitFor()
  await page.getByRole('link', { name: 'Remove Work laptop' }).click()
  await heading(page, 'Remove passkey Work laptop')
  await page.getByLabel('Current password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Use a passkey instead of a code' }).click()
  await page.getByText('Two-factor authentication is turned off').waitFor()
  expect(ada.complaints).toEqual([])
})

test('an authenticator app works without JavaScript too', async () => {
  const { page } = sam
  await logIn(page, 'sam@solo.example')
  const key = await setUpApp(page)
  await page.getByLabel('Code', { exact: true }).fill(codeOf(key))
  await page.getByRole('button', { name: 'Turn on' }).click()
  await heading(page, 'Two-factor authentication is on')
  await sam.context.clearCookies()
  await page.goto('/auth/login')
  expect(await page.getByRole('button', { name: 'Log in with a passkey' }).isVisible()).toBe(false)
  await page.getByLabel('Email address').fill('sam@solo.example')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await heading(page, 'Two-factor authentication')
  await forgetUsedCode()
  await page.getByLabel('Code', { exact: true }).fill(codeOf(key))
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await heading(page, 'Catalogs')
})
