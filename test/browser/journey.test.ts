// The whole way of a developer, in Chromium, on the built portal with the demo world: from sign-up to a call that works,
// to one that is refused. Each page on the way is checked with axe in light and dark, and at 390 px.
import { deflateSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { maskedKey } from '~/domain/apps/credential'
import { readableAccent } from '~/domain/settings/accent'
import type { RunningPortico } from '~scripts/portico.mjs'
import { pngOf } from '~test/support/pictures'
import { expectGoodPage, logIn, openWindow, startBrowser, startPortal } from './browser'

let portal: RunningPortico
let browser: Browser
let visitor: Awaited<ReturnType<typeof openWindow>>
let admin: Awaited<ReturnType<typeof openWindow>>

const nora = { email: 'nora@fabrikam.example', password: 'violet lanterns over water' }
/** Steps hand these on: the test file is one journey. */
const journey = { appUrl: '', key: '', newPassword: 'copper kettles in the rain' }

beforeAll(async () => {
  portal = await startPortal()
  browser = await startBrowser()
  visitor = await openWindow(browser, portal.origin)
  admin = await openWindow(browser, portal.origin)
})

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

function call(path: string, key: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${portal.origin}/gateway${path}`, { ...init, headers: { authorization: `Bearer ${key}` } })
}

async function heading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

test('a visitor finds a product by catalog and tag, reads it, its reference and its guides', async () => {
  const { page } = visitor
  await page.goto('/')
  await heading(page, 'Meridian Developers')
  await expectGoodPage(page, 'home')

  await page.getByRole('link', { name: 'Catalogs' }).first().click()
  await heading(page, 'Catalogs')
  expect(await page.getByRole('article').count()).toBe(3)
  await expectGoodPage(page, 'catalogs signed out')
  await page.getByLabel('Tag', { exact: true }).selectOption('environment')
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.waitForURL(/tag=environment/)
  await expect.poll(() => page.getByRole('article').count()).toBe(1)

  await page.getByRole('link', { name: 'More info about Weather' }).click()
  await heading(page, 'Weather')
  await page.getByText(`${portal.origin}/gateway/weather/weather`).waitFor()
  await expectGoodPage(page, 'product signed out')

  await page.getByRole('link', { name: 'API reference' }).click()
  await page.getByRole('heading', { level: 2, name: 'Operations' }).waitFor()
  await expectGoodPage(page, 'reference')

  await page.getByRole('link', { name: 'Get started' }).click()
  await page.getByRole('heading', { level: 2, name: 'Get a forecast' }).waitFor()
  await expectGoodPage(page, 'guides')
}, 240_000)

test('a form that fails keeps what was typed, marks the fields and has the focus on the first error', async () => {
  const { page } = visitor
  await page.goto('/auth/register')
  await heading(page, 'Create an account')
  await expectGoodPage(page, 'register')
  await page.getByLabel('Email address').fill('nora.fabrikam.example')
  await page.getByLabel('First name').fill('Nora')
  await page.getByLabel('Last name').fill('Field')
  await page.getByLabel('Password', { exact: true }).fill('short')
  await page.getByLabel('Re-enter password', { exact: true }).fill('short')
  await page.getByRole('button', { name: 'Register to developer portal' }).click()
  await page.getByText('This is not an email address').waitFor()
  expect(await page.getByLabel('Email address').inputValue()).toBe('nora.fabrikam.example')
  expect(await page.getByLabel('First name').inputValue()).toBe('Nora')
  expect(await page.getByLabel('Email address').evaluate((field) => field === document.activeElement)).toBe(
    true,
  )
  await expectGoodPage(page, 'register with errors')
})

test('a developer registers, waits for approval, and is told so when logging in', async () => {
  const { page } = visitor
  await page.getByLabel('Email address').fill(nora.email)
  await page.getByLabel('Password', { exact: true }).fill(nora.password)
  await page.getByLabel('Re-enter password', { exact: true }).fill(nora.password)
  await page.getByRole('button', { name: 'Register to developer portal' }).click()
  await page
    .getByText("Your registration request has been sent. You'll receive an email once it's been approved.")
    .waitFor()
  await expectGoodPage(page, 'registered')

  await page.goto('/auth/login')
  await expectGoodPage(page, 'log in')
  await page.getByLabel('Email address').fill(nora.email)
  await page.getByLabel('Password', { exact: true }).fill(nora.password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await page.getByText('An admin still has to approve').waitFor()
})

test('an admin sees what waits, activates the developer, and adds an organization with its default team', async () => {
  const { page } = admin
  await logIn(page, 'admin@demo.example')
  await heading(page, 'Overview')
  await page.getByText('Nora Field').waitFor()
  await expectGoodPage(page, 'admin overview')

  await page.getByRole('link', { name: 'Users' }).first().click()
  await heading(page, 'Users')
  await expectGoodPage(page, 'admin users')
  await page.getByRole('link', { name: 'Nora Field' }).click()
  await heading(page, 'Nora Field')
  await page.getByText('Inactive').first().waitFor()
  await expectGoodPage(page, 'admin user')
  await page.getByRole('button', { name: 'Activate developer' }).click()
  await page
    .getByRole('status')
    .getByText(/Nora Field/)
    .waitFor()

  await page.goto('/admin/organizations')
  await expectGoodPage(page, 'admin organizations')
  await page.getByRole('link', { name: 'Add', exact: true }).click()
  await page.getByLabel('Organization name').fill('Fabrikam')
  await expectGoodPage(page, 'admin new organization')
  await page.getByRole('button', { name: 'Add organization' }).click()
  await heading(page, 'Fabrikam')
  await page.getByText('Fabrikam All users').first().waitFor()
  await expectGoodPage(page, 'admin organization')
})

test('the developer logs in, comes back to the product, and puts two products of two catalogs into the cart', async () => {
  const { page } = visitor
  await page.goto('/products/weather')
  await page.getByRole('link', { name: 'Log in to request access' }).click()
  await page.getByLabel('Email address').fill(nora.email)
  await page.getByLabel('Password', { exact: true }).fill(nora.password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await page.waitForURL('**/products/weather')
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.waitForURL('**/cart')
  await page.goto('/products/product-data')
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.waitForURL('**/cart')
  await page
    .getByText('Your cart holds products from different catalogs: each is requested separately.')
    .waitFor()
  await expectGoodPage(page, 'cart')
})

test('a request under a plan that approves itself gives a key at once', async () => {
  const { page } = visitor
  const section = page.locator('form', { has: page.getByRole('button', { name: 'Request access' }) }).first()
  await section.getByText('Free', { exact: true }).click()
  await section.getByLabel('App name').fill('Greenhouse')
  await section.getByRole('button', { name: 'Request access' }).click()
  await page.getByText('Your request has been sent.').waitFor()
  await expectGoodPage(page, 'cart after a request')
  await page.getByRole('link', { name: 'Go to My apps' }).click()
  await heading(page, 'My apps')
  await expectGoodPage(page, 'my apps')
  await page.getByRole('link', { name: 'Greenhouse' }).click()
  await heading(page, 'Greenhouse')
  journey.appUrl = new URL(page.url()).pathname
  await expectGoodPage(page, 'app')
})

test('the key is hidden until it is revealed; it can be copied and works through the gateway', async () => {
  const { page } = visitor
  expect(await page.content()).not.toMatch(/prt_live_[0-9A-Za-z]{38}/)
  await page.getByRole('button', { name: 'Reveal' }).click()
  await page
    .getByText(/^prt_live_/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Copy API key' }).click()
  journey.key = await page.evaluate(() => navigator.clipboard.readText())
  expect(journey.key).toMatch(/^prt_live_[0-9A-Za-z]{38}$/)
  await expectGoodPage(page, 'app with a revealed key')

  const answer = await call('/weather/weather/locations', journey.key)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('ratelimit')).toBeTruthy()
  expect(answer.headers.get('content-security-policy')).toContain('sandbox')
  expect(await answer.json()).toBeTruthy()
})

test('beyond the plan of 5 calls per 10 seconds the gateway answers 429; an unknown key 401; another product 403', async () => {
  // A window of its own: the call of the step before is over.
  await new Promise((resolve) => setTimeout(resolve, 11_000))
  const statuses = await Promise.all(
    Array.from({ length: 50 }, async () => (await call('/weather/weather/locations', journey.key)).status),
  )
  expect(statuses.filter((status) => status === 200)).toHaveLength(5)
  expect(statuses.filter((status) => status === 429)).toHaveLength(45)
  const other = await call(
    '/weather/weather/locations',
    `${journey.key.slice(0, -1)}${journey.key.endsWith('A') ? 'B' : 'A'}`,
  )
  expect(other.status).toBe(401)
  expect(await other.json()).toMatchObject({ code: 'invalid_credential' })
  expect((await call('/shipping/shipping/shipments', journey.key)).status).toBe(403)
})

test('a request under a manual plan waits; the developer and then an admin see it; the approval gives a key', async () => {
  const { page } = visitor
  await page.goto('/cart')
  await page.getByText('Pro', { exact: true }).click()
  await page.getByText('An existing app').click()
  await page.getByLabel('Existing app', { exact: true }).selectOption({ label: 'Greenhouse' })
  await page.getByLabel('Note to the approver').fill('For the spring catalogue.')
  await page.getByRole('button', { name: 'Request access' }).click()
  await page.getByText('You will get an email when it is decided.').waitFor()
  await page.goto(journey.appUrl)
  await page.getByText('Waiting for approval').first().waitFor()

  await admin.page.goto('/admin/access-requests?state=pending')
  await expectGoodPage(admin.page, 'admin access requests')
  await admin.page.getByRole('link', { name: 'Greenhouse' }).click()
  await heading(admin.page, 'Greenhouse')
  await admin.page.getByText('For the spring catalogue.').waitFor()
  await expectGoodPage(admin.page, 'admin access request')
  await admin.page.getByRole('button', { name: 'Approve', exact: true }).click()
  await admin.page.getByText('Approved', { exact: true }).first().waitFor()

  await page.reload()
  await expect.poll(() => page.getByRole('button', { name: 'Reveal' }).count()).toBe(2)
})

test('a revoked key is refused at once, with the reason', async () => {
  const { page } = visitor
  await page.goto(journey.appUrl)
  // Its own masked key, letter for letter: a plain `hasText` ignores case and finds the four letters in any word.
  const card = page.locator('[id^=crd_]').filter({
    has: page.getByText(maskedKey(journey.key.slice(-4)), { exact: true }),
  })
  await card.getByRole('link', { name: 'Revoke key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await expectGoodPage(page, 'app with the revoke dialog')
  await dialog.getByRole('button', { name: 'Revoke key' }).click()
  await page.getByText('Revoked').first().waitFor()
  const answer = await call('/weather/weather/locations', journey.key)
  expect(answer.status).toBe(403)
  expect(await answer.json()).toMatchObject({ code: 'credential_revoked' })
})

test('a forgotten password is reset by the link of the mail in the outbox, and the link works once', async () => {
  const { page } = visitor
  await page.getByRole('button', { name: /Account/ }).click()
  await page.getByRole('button', { name: 'Log out' }).click()
  await page.waitForURL((url) => url.pathname === '/' || url.pathname.startsWith('/auth/login'))

  await page.goto('/auth/login')
  await page.getByRole('link', { name: 'Forgot password?' }).click()
  await heading(page, 'Reset your password')
  await page.getByLabel('Email address').fill(nora.email)
  await expectGoodPage(page, 'reset')
  await page.getByRole('button', { name: 'Reset' }).click()
  await page.getByText('If this account exists, we have sent instructions to reset its password.').waitFor()

  await mailArrives(page, 'Reset your password')
  await expectGoodPage(page, 'outbox')
  await page.getByRole('link', { name: 'Reset your password' }).first().click()
  await heading(page, 'Reset your password')
  await expectGoodPage(page, 'mail')
  const link = await page
    .getByRole('link', { name: /\/auth\/reset\/code\?token=/ })
    .first()
    .getAttribute('href')
  expect(link).toContain(`${portal.origin}/auth/reset/code?token=`)
  await page.goto(link ?? '')
  await page.getByLabel('New password', { exact: true }).waitFor()
  expect(page.url()).not.toContain('token=')
  await expectGoodPage(page, 'new password')
  await page.getByLabel('New password', { exact: true }).fill(journey.newPassword)
  await page.getByLabel('Re-enter new password', { exact: true }).fill(journey.newPassword)
  await page.getByRole('button', { name: 'Reset' }).click()
  await page.getByText('Your password has been reset.').waitFor()
  await page.goto(link ?? '')
  await page.getByText('This link cannot be used').waitFor()
  await logIn(page, nora.email, journey.newPassword)
})

test('the whole of it works without JavaScript too', async () => {
  const { page } = await openWindow(browser, portal.origin, { javaScriptEnabled: false, phone: true })
  await logIn(page, 'sam@solo.example')
  await page.goto('/products/shipping')
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await heading(page, 'Cart')
  await page.getByText('Free', { exact: true }).click()
  await page.getByText('Create a new app').click()
  await page.getByRole('button', { name: 'Request access' }).click()
  await page
    .getByText('Enter app name.')
    .or(page.getByText(/App name/))
    .first()
    .waitFor()
  await page.getByLabel('App name').fill('Parcel watcher')
  await page.getByRole('button', { name: 'Request access' }).click()
  await page.getByText('Your request has been sent.').waitFor()
  await page.getByRole('link', { name: 'Open the app' }).click()
  await heading(page, 'Parcel watcher')
  await page.getByRole('button', { name: 'Reveal' }).click()
  const key = /prt_live_[0-9A-Za-z]{38}/.exec(await page.content())?.[0] ?? ''
  expect((await call('/shipping/shipping/shipments', key)).status).toBe(200)
})

test('an admin gives the portal a logo, an accent color and a text, and everybody sees them at once', async () => {
  const { page } = admin
  await page.goto('/admin/settings/general')
  await page.getByRole('link', { name: 'Add a logo' }).click()
  await heading(page, 'Logo')
  // A black bar: rows of a filter byte and opaque pixels.
  const row = Uint8Array.from({ length: 1 + 4 * 240 }, (_, at) => (at > 0 && at % 4 === 0 ? 255 : 0))
  const pixels = deflateSync(Buffer.concat(Array.from({ length: 60 }, () => row)))
  const buffer = Buffer.from(pngOf(240, 60, pixels))
  await page.getByLabel('Picture').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer })
  await page.getByRole('button', { name: 'Save logo' }).click()
  await page.getByRole('button', { name: 'Remove logo' }).waitFor()
  await expectGoodPage(page, 'logo')

  await page.goto('/admin/settings/general/accent-color')
  await page.getByLabel('Pick a color').fill('#ffee00')
  expect(await page.getByLabel(/^Color/).inputValue()).toBe('#ffee00')
  const accentOf = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent-seed').trim())
  expect(await accentOf()).toBe('#ffee00')
  await page.getByRole('button', { name: 'Save color' }).click()
  await page.getByText(`Buttons show #ffee00 as ${readableAccent('#ffee00')}`).waitFor()
  // Not by what the field shows while one chooses: the page has the color that is saved.
  await page.getByRole('link', { name: 'Back to general settings' }).click()
  await heading(page, 'General settings')
  expect(await accentOf()).toBe('#ffee00')
  await expectGoodPage(page, 'general settings')

  await page.getByRole('link', { name: 'Edit text' }).click()
  await heading(page, 'Home page text')
  await page.getByLabel('Text', { exact: true }).fill('Lockers and **parcels**, as APIs.')
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.getByLabel('Preview of Text').getByText('parcels').waitFor()
  await page.getByRole('button', { name: 'Save text' }).click()
  await page.getByText('The home page is saved').waitFor()
  await expectGoodPage(page, 'home page text')

  const guest = await openWindow(browser, portal.origin)
  await guest.page.goto('/')
  await guest.page.getByText('Lockers and parcels, as APIs.').waitFor()
  const logo = guest.page.getByRole('banner').getByRole('img', { name: 'Meridian Developers' })
  expect(await logo.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBe(240)
  // What the style sheet makes of the color, and what mails are told of it, is the same to the eye.
  const shown = await guest.page.getByRole('link', { name: 'Browse the catalogs' }).evaluate((button) => {
    const pen = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D
    pen.fillStyle = getComputedStyle(button).backgroundColor
    pen.fillRect(0, 0, 1, 1)
    return [...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)]
  })
  const told = Buffer.from(readableAccent('#ffee00').slice(1), 'hex')
  for (const [at, channel] of shown.entries())
    expect(Math.abs(channel - (told[at] ?? 0))).toBeLessThanOrEqual(2)
  await expectGoodPage(guest.page, 'home with a brand')
  expect(guest.complaints).toEqual([])
})

test('the other pages of admins and developers are good pages too', async () => {
  for (const path of [
    '/admin/audit-log',
    '/admin/audit-log/verify',
    '/admin/deliveries',
    '/admin/gateways',
    '/admin/gateways/new',
    '/admin/usage',
    '/admin/settings/emails',
    '/admin/settings/emails/access_approved',
    '/admin/settings/webhooks',
    '/admin/settings/webhooks/new',
    '/dashboard/notifications',
  ]) {
    await admin.page.goto(path)
    await expectGoodPage(admin.page, path)
  }
  for (const [list, rows] of [
    ['/admin/audit-log', 'a[href^="/admin/audit-log/evt_"]'],
    ['/admin/deliveries', 'a[href^="/admin/deliveries/dlv_"]'],
  ] as const) {
    await admin.page.goto(list)
    await admin.page.goto((await admin.page.locator(rows).first().getAttribute('href')) ?? '')
    await expectGoodPage(admin.page, `one of ${list}`)
  }
  await visitor.page.goto('/dashboard/profile')
  await expectGoodPage(visitor.page, 'profile')
  await visitor.page.goto('/no-such-page')
  await expectGoodPage(visitor.page, 'not found')
}, 120_000)

test('nothing on the way complained: no script error, no broken content policy, no request to another origin', () => {
  expect([...visitor.complaints, ...admin.complaints]).toEqual([])
})

/** The queue sends within seconds. */
async function mailArrives(page: Page, subject: string): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    await page.goto('/dev/outbox')
    if ((await page.getByRole('link', { name: subject }).count()) > 0) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error(`no mail "${subject}" in the outbox`)
}
