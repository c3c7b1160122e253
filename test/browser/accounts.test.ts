// How people get in, in Chromium, on the built portal: by themselves, by a code, by an invitation, with a password that
// they must change; and how admins decide about many of them. Each page is checked with axe, in light and dark.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { RunningPortico } from '~scripts/portico.mjs'
import { expectGoodPage, logIn, openWindow, startBrowser, startPortal } from './browser'

// Each step opens several pages and looks at most of them six times.
vi.setConfig({ testTimeout: 240_000 })

type Window = Awaited<ReturnType<typeof openWindow>>

let portal: RunningPortico
let browser: Browser
let admin: Window
const windows: Window[] = []

const password = 'violet lanterns over water'

beforeAll(async () => {
  portal = await startPortal()
  browser = await startBrowser()
  admin = await newWindow()
  await logIn(admin.page, 'admin@demo.example')
})

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

async function newWindow(options: Parameters<typeof openWindow>[2] = {}): Promise<Window> {
  const opened = await openWindow(browser, portal.origin, options)
  windows.push(opened)
  return opened
}

async function heading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

async function fillPerson(page: Page, email: string, first: string, last: string): Promise<void> {
  await page.getByLabel(/^Email/).fill(email)
  await page.getByLabel('First name').fill(first)
  await page.getByLabel('Last name').fill(last)
}

async function fillPasswords(page: Page, label = 'Password'): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(password)
  await page.getByLabel(`Re-enter ${label.toLowerCase()}`, { exact: true }).fill(password)
}

async function register(page: Page, address: string, email: string, first: string): Promise<void> {
  await page.goto(address)
  await fillPerson(page, email, first, 'Newcomer')
  await fillPasswords(page)
  await page.getByRole('button', { name: 'Register to developer portal' }).click()
}

/** The newest link of this kind in a mail to this address. The queue sends within seconds. */
async function linkFromMail(page: Page, subject: string | RegExp, href: RegExp): Promise<string> {
  for (let tries = 0; tries < 20; tries += 1) {
    await page.goto('/dev/outbox')
    const mail = page.getByRole('link', { name: subject }).first()
    if ((await mail.count()) > 0) {
      await mail.click()
      return (await page.getByRole('link', { name: href }).first().getAttribute('href')) ?? ''
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error(`no mail ${subject} in the outbox`)
}

const waiting = "Your registration request has been sent. You'll receive an email once it's been approved."
const welcome = "You've successfully registered. You can now log in."

test('two people register and wait; an admin ticks both in the list and activates them with one press', async () => {
  const { page } = await newWindow()
  for (const first of ['Ida', 'Jon']) {
    await register(page, '/auth/register', `${first}@newcomers.example`, first)
    await page.getByText(waiting).waitFor()
  }
  await expectGoodPage(page, 'accounts registration sent')
  await admin.page.goto('/admin/users?state=pending&sort=name')
  await heading(admin.page, 'Users')
  await expectGoodPage(admin.page, 'accounts users waiting')
  await admin.page.getByRole('checkbox', { name: 'Select Ida Newcomer' }).check()
  await admin.page.getByRole('checkbox', { name: 'Select Jon Newcomer' }).check()
  await expectGoodPage(admin.page, 'accounts users ticked')
  await admin.page.getByRole('button', { name: 'Activate', exact: true }).click()
  await admin.page.getByText('2 users are activated.').waitFor()
  expect(new URL(admin.page.url()).search).toBe('?state=pending&sort=name')
  await logIn(page, 'ida@newcomers.example', password)
  await heading(page, 'Catalogs')
})

test('with auto-approve on one registers and logs in at once', async () => {
  await admin.page.goto('/admin/settings/general')
  const box = admin.page.getByLabel(/Auto-approve developers registering/)
  await box.check()
  await admin.page.getByRole('button', { name: 'Save' }).first().click()
  await admin.page.getByRole('status').first().waitFor()
  const { page } = await newWindow()
  await register(page, '/auth/register', 'kim@newcomers.example', 'Kim')
  await page.getByText(welcome).waitFor()
  await expectGoodPage(page, 'accounts registered at once')
  await page.getByRole('link', { name: 'Log in', exact: true }).last().click()
  await heading(page, /Log in/)
  await logIn(page, 'kim@newcomers.example', password)
  await box.uncheck()
  await admin.page.getByRole('button', { name: 'Save' }).first().click()
  await admin.page.getByRole('status').first().waitFor()
})

let codeLink = ''

test('an admin makes an invite code and copies its link; who opens it is told where it leads, registers and is in', async () => {
  const { page } = admin
  await page.goto('/admin/invite-codes')
  await heading(page, 'Invite codes')
  await expectGoodPage(page, 'accounts no invite codes')
  await page.getByRole('link', { name: 'Create invite code' }).first().click()
  await heading(page, 'Create invite code')
  await page.getByLabel('Team', { exact: true }).selectOption({ label: 'Northwind · Checkout' })
  await page.getByLabel('Number of uses').fill('0')
  await page.getByRole('button', { name: 'Create invite code' }).click()
  await page.getByText('A code can be used at least once.').waitFor()
  await expectGoodPage(page, 'accounts invite code with an error')
  await page.getByLabel('Number of uses').fill('2')
  await page.getByRole('button', { name: 'Create invite code' }).click()
  await page.getByText(/is ready/).waitFor()
  await expectGoodPage(page, 'accounts invite code')
  await page.getByRole('button', { name: 'Copy link' }).click()
  codeLink = await page.evaluate(() => navigator.clipboard.readText())
  expect(codeLink).toContain(`${portal.origin}/auth/register?code=`)

  const guest = await newWindow()
  await guest.page.goto(codeLink)
  await guest.page.getByText('You join the team Checkout of the organization Northwind.').waitFor()
  expect(await guest.page.getByLabel(/Invite code/).getAttribute('readonly')).not.toBeNull()
  await expectGoodPage(guest.page, 'accounts register with a code')
  await register(guest.page, codeLink, 'lea@northwind.example', 'Lea')
  await guest.page.getByText(welcome).waitFor()
  await logIn(guest.page, 'lea@northwind.example', password)
  await page.goto('/admin/invite-codes')
  await page.getByText('1 of 2').waitFor()
  await expectGoodPage(page, 'accounts invite codes')
  await page.getByRole('button', { name: /^Actions for/ }).click()
  await page.getByRole('link', { name: 'Delete' }).click()
  await page.getByText('Its link stops working at once.').waitFor()
  await expectGoodPage(page, 'accounts delete an invite code')
})

test('an admin adds a user, invites them from their page, and the link of the mail lets them choose a password', async () => {
  const { page } = admin
  await page.goto('/admin/users/new')
  await fillPerson(page, 'mia@newcomers.example', 'Mia', 'Invited')
  await expectGoodPage(page, 'accounts add user')
  await page.getByRole('button', { name: 'Save' }).click()
  await heading(page, 'Mia Invited')
  await page.getByText('Inactive: invited, has not chosen a password yet').waitFor()
  await page.getByRole('button', { name: 'More options' }).click()
  await expectGoodPage(page, 'accounts user with options')
  await page.getByRole('button', { name: 'Send invite' }).click()
  await page.getByText('Invitation sent to mia@newcomers.example').waitFor()

  const guest = await newWindow()
  const link = await linkFromMail(guest.page, /invited you to/, /\/auth\/invite\?token=/)
  await guest.page.goto(link)
  await heading(guest.page, 'Complete your registration')
  expect(guest.page.url()).not.toContain('token=')
  await expectGoodPage(guest.page, 'accounts invitation')
  await fillPasswords(guest.page)
  await guest.page.getByRole('button', { name: 'Complete registration' }).click()
  await guest.page.getByText('Your registration has been completed. You can now log in.').waitFor()
  await logIn(guest.page, 'mia@newcomers.example', password)
  await page.goto(page.url())
  await page.getByRole('button', { name: 'More options' }).click()
  expect(await page.getByRole('button', { name: /invite/ }).count()).toBe(0)
})

test('who was given a password reaches nothing before changing it', async () => {
  const { page } = admin
  await page.goto('/admin/users/new')
  await fillPerson(page, 'ole@newcomers.example', 'Ole', 'Given')
  await page.getByLabel('Set password').check()
  await page.getByLabel('Password', { exact: true }).fill('a first password 77')
  await page.getByLabel('Re-enter password', { exact: true }).fill('a first password 77')
  await page.getByLabel('User must change password at the next login').check()
  await page.getByRole('button', { name: 'Save' }).click()
  await heading(page, 'Ole Given')

  const own = await newWindow()
  await logIn(own.page, 'ole@newcomers.example', 'a first password 77')
  await heading(own.page, 'Change your password')
  await own.page.goto('/dashboard/apps')
  await heading(own.page, 'Change your password')
  await expectGoodPage(own.page, 'accounts forced change')
  await own.page.getByLabel('Current password', { exact: true }).fill('a first password 77')
  await fillPasswords(own.page, 'New password')
  await own.page.getByRole('button', { name: /Change password/ }).click()
  await heading(own.page, 'Catalogs')
})

test('another session is ended from the profile, and its next page is the log-in', async () => {
  const [here, there] = [await newWindow(), await newWindow({ phone: true })]
  await logIn(here.page, 'jon@newcomers.example', password)
  await logIn(there.page, 'jon@newcomers.example', password)
  await here.page.goto('/dashboard/profile')
  await here.page.getByRole('button', { name: 'End session' }).click()
  await here.page.getByRole('status').first().waitFor()
  await there.page.goto('/dashboard/apps')
  await heading(there.page, /Log in/)
  expect(await here.page.getByRole('button', { name: 'End session' }).count()).toBe(0)
})

test('several are rejected, deactivated and deleted only by a page that says what follows; the list is exported', async () => {
  const { page } = admin
  await page.goto('/admin/users?q=%40newcomers.example')
  for (const name of ['Ida Newcomer', 'Mia Invited'])
    await page.getByRole('checkbox', { name: `Select ${name}` }).check()
  await page.getByRole('button', { name: 'Deactivate', exact: true }).click()
  await heading(page, 'Deactivate 2 users')
  await expectGoodPage(page, 'accounts deactivate several')
  await page.getByRole('link', { name: 'Cancel' }).click()
  await heading(page, 'Users')
  await page.getByRole('checkbox', { name: 'Select all rows' }).check()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await heading(page, 'Delete 5 users')
  await expectGoodPage(page, 'accounts delete several')
  await page.getByRole('link', { name: 'Cancel' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^users-.*\.csv$/)
})

test('all of it works without JavaScript: a code, ticked rows, and a page that asks for the reason', async () => {
  const { page } = await newWindow({ javaScriptEnabled: false, phone: true })
  await register(page, codeLink, 'nils@northwind.example', 'Nils')
  await page.getByText(welcome).waitFor()
  await register(page, codeLink, 'late@northwind.example', 'Late')
  await page.getByText('Check it, or leave the field empty.').waitFor()
  await register(page, '/auth/register', 'pia@newcomers.example', 'Pia')
  await page.getByText(waiting).waitFor()
  await logIn(page, 'admin@demo.example')
  await page.goto('/admin/users?state=pending')
  await page.getByRole('checkbox', { name: 'Select Pia Newcomer' }).check()
  await page.getByRole('button', { name: 'Reject', exact: true }).click()
  await heading(page, 'Reject 1 registration')
  await page.getByLabel(/Reason/).fill('Not a company address')
  await page.getByRole('button', { name: 'Reject 1 registration' }).click()
  await page.getByText('Pia Newcomer is rejected.').waitFor()
  await page.goto('/admin/invite-codes')
  await page.getByText('2 of 2').waitFor()
})

test('mails, webhooks, deliveries and the choice of mails work without JavaScript', async () => {
  const { page } = await newWindow({ javaScriptEnabled: false })
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const told = (notice: string | RegExp) => page.getByText(notice).first().waitFor()
  await logIn(page, 'admin@demo.example')

  await page.goto('/admin/settings/emails/access_approved')
  await page.getByLabel('Text').fill('Come in, {nobody}')
  await press('Save')
  await told(/\{nobody\}.*|nobody/)
  expect(await page.getByLabel('Text').inputValue()).toBe('Come in, {nobody}')
  await page.getByLabel('Text').fill('Come in.')
  await page.getByLabel('Subject').fill('Come in without scripts')
  await press('Preview')
  await page
    .frameLocator('iframe[title="Preview of the mail"]')
    .getByRole('heading', { name: 'Come in without scripts' })
    .waitFor()
  const [answer] = await Promise.all([page.context().waitForEvent('page'), press('Send a test to me')])
  await answer.getByText('Taken for delivery to admin@demo.example').waitFor()
  await answer.close()
  await press('Save')
  await told('The mail is saved')
  await press('Reset to default')
  await told('The default words are back')
  await page.goto('/admin/settings/emails/test')
  await press('Send a test mail')
  await told('Taken for delivery to admin@demo.example')

  await webhookByForms(page, '/admin/settings/webhooks')
  await page.goto('/admin/deliveries')
  await page.getByLabel('Status', { exact: true }).selectOption('failed')
  await press('Filter')
  await page.getByRole('link', { name: 'Remove filter Failed' }).waitFor()
  await page
    .getByRole('button', { name: /^Send “.*” to .* again$/ })
    .first()
    .click()
  await told('It is being sent again')
  await page.goto('/admin/audit-log')
  await page.getByLabel('What happened').selectOption('webhook.tested')
  await press('Filter')
  await page.getByRole('link', { name: 'Remove filter Webhook tested' }).waitFor()

  const owner = await newWindow({ javaScriptEnabled: false, phone: true })
  await logIn(owner.page, 'ada@northwind.example')
  await webhookByForms(owner.page, '/dashboard/organization/webhooks')
  await owner.page.goto('/dashboard/profile')
  await owner.page.getByRole('button', { name: 'Save choices' }).click()
  await owner.page.getByText('Choices saved').waitFor()
})

/** Each form of an endpoint, at a receiver that is not there. */
async function webhookByForms(page: Page, list: string): Promise<void> {
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const told = (notice: string | RegExp) => page.getByText(notice).first().waitFor()
  await page.goto(`${list}/new`)
  await page.getByLabel('Address').fill('http://receiver.example.com/in')
  await press('Add webhook')
  await told(/Use https/)
  await page.getByLabel('Address').fill('http://127.0.0.1:9/in')
  await page.getByLabel(/^Description/).fill('Without scripts')
  await press('Add webhook')
  await heading(page, 'Your new webhook')
  await page.getByText(/whsec_/).waitFor()
  await page.getByRole('link', { name: 'I have saved it' }).click()
  await heading(page, 'Without scripts')
  const one = page.url()
  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  await page.getByLabel(/^Description/).fill('Still without')
  await press('Save')
  await told('Still without is saved')
  await press('Pause')
  await told('Still without is paused')
  await press('Resume')
  await told('Still without goes on')
  await press('Send all failed again')
  // What happened while it was paused has failed.
  await told(/being sent again|No delivery of that time has failed/)
  await press('Send test event')
  await told('The test event did not arrive')
  await press('Send again')
  await told('It is being sent again')
  await page.goto(`${one}/rotate`)
  await press('Rotate secret')
  await heading(page, 'The new secret')
  await page.goto(one)
  await press('Send test event')
  await told('The test event did not arrive')
  await page.goto(`${one}/delete`)
  await press('Delete webhook')
  await told('The webhook Still without is deleted')
}

test('nothing on the way complained', () => {
  expect(windows.flatMap(({ complaints }) => complaints)).toEqual([])
})
