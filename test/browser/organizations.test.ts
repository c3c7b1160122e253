// The way of an organization, in Chromium, on the built portal with the demo world: asked for and approved, filled with
// people, an app shared, a member removed and the keys rotated. Each page is checked with axe in light and dark, and at 390 px.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { overlapLabels } from '~/domain/apps/rotation'
import type { RunningPortico } from '~scripts/portico.mjs'
import { expectGoodPage, logIn, openWindow, startBrowser, startPortal } from './browser'

let portal: RunningPortico
let browser: Browser
let sam: Awaited<ReturnType<typeof openWindow>>
let guest: Awaited<ReturnType<typeof openWindow>>
let admin: Awaited<ReturnType<typeof openWindow>>

const guestEmail = 'gail@umbrella.example'
const guestPassword = 'violet lanterns over water'
const pendingText =
  "Your organization request is pending. You'll be able to invite users once it is accepted."
/** Steps hand these on: the test file is one journey. */
const journey = { key: '', appUrl: '' }

beforeAll(async () => {
  portal = await startPortal()
  browser = await startBrowser()
  sam = await openWindow(browser, portal.origin)
  guest = await openWindow(browser, portal.origin)
  admin = await openWindow(browser, portal.origin)
})

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

async function heading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

function call(key: string): Promise<Response> {
  return fetch(`${portal.origin}/gateway/weather/weather/locations`, {
    headers: { authorization: `Bearer ${key}` },
  })
}

test('a developer gets a key for a personal app, then asks for an organization and is told to wait', async () => {
  const { page } = sam
  await logIn(page, 'sam@solo.example')
  await page.goto('/products/weather')
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await heading(page, 'Cart')
  await page.getByText('Free', { exact: true }).click()
  const another = page.getByText('Create a new app')
  if ((await another.count()) > 0) await another.first().click()
  await page.getByLabel('App name').fill('Rain radar')
  await page.getByRole('button', { name: 'Request access' }).click()
  await page.getByRole('link', { name: 'Open the app' }).click()
  await heading(page, 'Rain radar')
  journey.appUrl = new URL(page.url()).pathname

  await page.getByRole('link', { name: 'Users' }).click()
  await heading(page, 'Users')
  await page.getByText('You work on your own').waitFor()
  await expectGoodPage(page, 'users of nobody')
  await page.getByRole('link', { name: 'Create an organization' }).first().click()
  await heading(page, 'Create an organization')
  await expectGoodPage(page, 'create an organization')
  await page.getByLabel('Organization name').fill('contoso')
  await page.getByRole('button', { name: 'Request organization' }).click()
  await page.getByText('There is an organization named “contoso” already.').waitFor()
  await expectGoodPage(page, 'create an organization with an error')
  await page.getByLabel('Organization name').fill('Umbrela')
  await page.getByRole('button', { name: 'Request organization' }).click()
  await page.getByText(pendingText).first().waitFor()
  await expectGoodPage(page, 'organization pending')
  expect(await page.getByRole('link', { name: 'Create an organization' }).count()).toBe(0)
  await page.goto('/dashboard/organization')
  await page.getByText('You asked for “Umbrela”.').waitFor()
  await expectGoodPage(page, 'own organization pending')
}, 240_000)

test('an admin approves it under a corrected name, and a mail says so', async () => {
  const { page } = admin
  await logIn(page, 'admin@demo.example')
  await page.goto('/admin/organizations')
  await page.getByRole('link', { name: 'Umbrela' }).first().click()
  await approve(page)
  await mailArrives(page, 'Your organization Umbrella is approved')
}, 120_000)

test('the requester is its Super admin, sees the app come along, and shares it', async () => {
  const { page } = sam
  await page.goto('/dashboard/organization')
  await heading(page, 'Umbrella')
  await page.getByText('Super admin', { exact: true }).waitFor()
  await expectGoodPage(page, 'own organization')
  await page.goto(journey.appUrl)
  await page.getByRole('link', { name: 'Settings' }).click()
  await heading(page, 'App settings')
  await expectGoodPage(page, 'app settings')
  await page.getByText('Everyone in your organization sees the app').click()
  await page.getByRole('button', { name: 'Save' }).click()
  await heading(page, 'Rain radar')
  await page.getByText('Organization', { exact: true }).last().waitFor()
}, 120_000)

test('a team is made, a person invited into it, and the invitation accepted by its mail', async () => {
  const { page } = sam
  await page.goto('/dashboard/organization')
  await page.getByRole('link', { name: 'Create team' }).click()
  await heading(page, 'Create team')
  await page.getByLabel('Team name').fill('Forecasters')
  await page.getByRole('button', { name: 'Create team' }).click()
  await heading(page, 'Forecasters')
  await expectGoodPage(page, 'team')

  await page.getByRole('link', { name: 'Users' }).click()
  await heading(page, 'Users')
  await page.getByRole('link', { name: 'Invite user' }).click()
  await heading(page, 'Invite user')
  expect(await page.getByLabel('Umbrella All users').isChecked()).toBe(true)
  await page.getByLabel('Email', { exact: true }).fill(guestEmail)
  await page.getByLabel('First name').fill('Gail')
  await page.getByLabel('Last name').fill('Guest')
  await page.getByLabel('Forecasters').check()
  await expectGoodPage(page, 'invite user')
  await page.getByRole('button', { name: 'Send invitation' }).click()
  await page.getByText('Invitation sent').waitFor()
  await page.getByText('Invited', { exact: true }).waitFor()
  await expectGoodPage(page, 'users with an invitation')

  await mailArrives(page, 'Sam Whitfield invited you to Umbrella')
  await page
    .getByRole('link', { name: /invited you to Umbrella/ })
    .first()
    .click()
  const link = await page
    .getByRole('link', { name: /\/auth\/invite\?token=/ })
    .first()
    .getAttribute('href')
  await guest.page.goto(link ?? '')
  await heading(guest.page, 'Complete your registration')
  await guest.page.getByLabel('Password', { exact: true }).fill(guestPassword)
  await guest.page.getByLabel('Re-enter password', { exact: true }).fill(guestPassword)
  await guest.page.getByRole('button', { name: 'Complete registration' }).click()
  await guest.page.getByText('Your registration has been completed. You can now log in.').waitFor()
  await logIn(guest.page, guestEmail, guestPassword)
}, 240_000)

test('the new member works with the shared app and its key, and reads the list of users without changing it', async () => {
  const { page } = guest
  await page.goto('/dashboard/apps')
  await page.getByRole('link', { name: 'Rain radar' }).click()
  await page.getByRole('button', { name: 'Reveal' }).click()
  // The masked key begins alike.
  await page
    .getByText(/^prt_live_[0-9A-Za-z]{38}$/)
    .first()
    .waitFor()
  journey.key = /prt_live_[0-9A-Za-z]{38}/.exec(await page.content())?.[0] ?? ''
  expect((await call(journey.key)).status).toBe(200)
  await page.goto('/dashboard/users')
  await page.getByText('sam@solo.example').waitFor()
  expect(await page.getByRole('link', { name: 'Invite user' }).count()).toBe(0)
  expect((await page.goto('/dashboard/activity'))?.status()).toBe(404)
}, 120_000)

test('an edit of role and teams is saved, and the page says what each role may do', async () => {
  const { page } = sam
  await page.goto('/dashboard/users')
  await page.getByRole('button', { name: 'Actions for Gail Guest' }).click()
  await page.getByRole('link', { name: 'Edit' }).click()
  await heading(page, 'Edit Gail Guest')
  await page.getByRole('region', { name: 'What each role may do' }).waitFor()
  await expectGoodPage(page, 'edit user')
  await page.getByLabel('Forecasters').uncheck()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Gail Guest is saved').waitFor()
}, 120_000)

test('the member is removed, what they could see is rotated, and the old key is refused at once', async () => {
  const { page } = sam
  await page.goto('/dashboard/users')
  await page.getByRole('button', { name: 'Actions for Gail Guest' }).click()
  await page.getByRole('link', { name: 'Remove from the organization' }).click()
  await heading(page, 'Remove Gail Guest')
  await page.getByText('Gail Guest could see this key').waitFor()
  await page.getByText('Revealed by them').waitFor()
  await page.getByText(overlapLabels.week).waitFor()
  await expectGoodPage(page, 'remove user')
  await page.getByRole('button', { name: 'Remove user' }).click()
  await page.getByText('Gail Guest is removed, and one key is rotated').waitFor()
  const refused = await call(journey.key)
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
    403,
    'credential_revoked',
  ])
  await guest.page.goto('/dashboard/apps')
  await guest.page.waitForURL(/auth\/login/)
  await logIn(guest.page, guestEmail, guestPassword)
  await guest.page.goto(journey.appUrl)
  await heading(guest.page, 'Page not found')
  await mailArrives(page, 'You were removed from Umbrella')
}, 120_000)

test('the key of an app is rotated with an overlap, and the activity tells all of it', async () => {
  const { page } = sam
  await page.goto(journey.appUrl)
  await page.getByRole('link', { name: 'Rotate key' }).click()
  await heading(page, 'Rotate key')
  await expectGoodPage(page, 'rotate key')
  await page.getByText(overlapLabels.day).click()
  await page.getByRole('button', { name: 'Rotate key' }).click()
  await heading(page, 'Rain radar')
  await page.getByText('Retiring').first().waitFor()
  await expectGoodPage(page, 'app with a retiring key')

  await page.getByRole('link', { name: 'Activity' }).click()
  await heading(page, 'Activity')
  await page.getByText('removed Gail Guest').waitFor()
  await page
    .getByText(/rotated credential/)
    .first()
    .waitFor()
  await expectGoodPage(page, 'activity')
  const download = await page.request.get('/dashboard/activity/export')
  expect(await download.text()).toContain('invited Gail Guest')
  await page.goto('/dashboard/organization/leave')
  await expectGoodPage(page, 'leave')
}, 240_000)

test('nothing on the way complained: no script error, no broken content policy, no request to another origin', () => {
  expect([...sam.complaints, ...guest.complaints, ...admin.complaints]).toEqual([])
})

/** Corrects the name on the way. */
async function approve(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Approve' }).first().click()
  await page.getByLabel('Organization name').fill('Umbrella')
  await page.getByRole('button', { name: /^Approve/ }).click()
  await heading(page, 'Umbrella')
}

/** The queue sends within seconds. */
async function mailArrives(page: Page, subject: string): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    await page.goto('/dev/outbox')
    if ((await page.getByRole('link', { name: subject }).count()) > 0) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error(`no mail "${subject}" in the outbox`)
}
