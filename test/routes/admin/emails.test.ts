import { env } from 'cloudflare:workers'
import { desc, eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import type { AdminActor } from '~/domain/kernel/actor'
import { mailTexts } from '~/domain/notifications/mail-texts'
import { paths } from '~/platform/paths'
import { outboxMails } from '~db/schema'
import { db } from '~test/support/context'
import { type Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

let admin: AdminActor
let portal: Portal
beforeAll(async () => {
  admin = await world.admin()
  portal = await signedIn(admin)
})

const page = paths.admin.email('user_rejected')

async function newestMail() {
  const [mail] = await db
    .select()
    .from(outboxMails)
    .where(eq(outboxMails.recipient, admin.email))
    .orderBy(desc(outboxMails.createdAt), desc(outboxMails.id))
  return mail
}

test('the list names each mail, when it goes out, to whom, and the way that mails take', async () => {
  const { status, html } = await portal.get(paths.admin.emails)
  expect(status).toBe(200)
  for (const { when } of Object.values(mailTexts)) expect(html).toContain(when.replace(/’/g, '&#x27;'))
  expect(html).toContain('/dev/outbox')
  expect(html).not.toContain('Edited')
})

test('when mails cannot leave the portal, its admins read so on the overview and why beside the mails', async () => {
  const note = 'Mails do not leave the portal as they should'
  expect((await portal.get(paths.admin.home)).html).not.toContain(note)
  const broken = await signedIn(admin, { ...env, MAIL_TRANSPORT: 'pigeon' } as unknown as Env)
  expect((await broken.get(paths.admin.home)).html).toContain(note)
  expect((await broken.get(paths.admin.emails)).html).toContain('names no transport')
})

test('a text is saved, shown as edited, and kept as it was typed when it is refused', async () => {
  const refused = await portal.post(page, { subject: 'Hello {app}', body: 'Typed <b>text</b>', version: '0' })
  expect(refused.status).toBe(422)
  const html = await refused.text()
  expect(html).toContain('{app} is not a placeholder of this mail. It has {portal}, {name}.')
  expect(html).toContain('Typed &lt;b&gt;text&lt;/b&gt;')
  const saved = await portal.post(page, { subject: 'No, {name}', body: 'Not **yet**.', version: '0' })
  expect(saved.status).toBe(303)
  expect(portal.notice()).toBe('The mail is saved')
  expect((await portal.get(paths.admin.emails)).html).toContain('Edited')
  const old = await portal.post(page, { subject: 'Other', body: 'Other', version: '0' })
  expect(old.status).toBe(409)
  expect(await old.text()).toContain('Somebody else has changed this mail meanwhile')
})

test('a preview shows sample data, runs and loads nothing, and says what is wrong with a text', async () => {
  const stored = await portal.request(paths.admin.previewEmail('user_rejected'))
  const policy = stored.headers.get('content-security-policy') ?? ''
  for (const part of ["default-src 'none'", "frame-ancestors 'self'", 'sandbox'])
    expect(policy).toContain(part)
  const html = await stored.text()
  expect(html).toContain('No, Ada Lovelace')
  expect(html).toContain('Not <strong>yet</strong>.')
  const typed = await portal.post(paths.admin.previewEmail('user_rejected'), {
    subject: '</style><script>alert(1)</script>',
    body: '<img src=x>',
  })
  const page = await typed.text()
  expect(page).not.toMatch(/<script|<img/)
  const wrong = await portal.post(paths.admin.previewEmail('user_rejected'), { subject: '', body: '{x}' })
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('Enter subject.')
})

test('a test goes to whoever asks for it, with the words that are typed, and tells the answer', async () => {
  const sent = await portal.post(paths.admin.testEmail('user_invited'), {
    subject: 'Draft of {inviter}',
    body: '- one\n- [two](https://docs.example/)',
  })
  const answer = await sent.text()
  expect(answer).toContain(`Taken for delivery to ${admin.email}`)
  expect(answer).toContain('outbox of the demo')
  const mail = await newestMail()
  expect(mail?.subject).toBe('Draft of Grace Hopper')
  expect(mail?.text).toContain('- one\n- two <https://docs.example/>')
  const wrong = await portal.post(paths.admin.testEmail('user_invited'), { subject: 'x', body: '{nobody}' })
  expect(wrong.status).toBe(422)
  await portal.post(paths.admin.testTransport)
  expect((await newestMail())?.subject).toMatch(/^Test mail of /)
})

test('a reset asks for the version that one saw', async () => {
  await portal.post(paths.admin.resetEmail('user_rejected'), { version: '12' })
  expect(portal.notice()).toContain('Somebody else has changed this mail')
  const version = /name="version" value="(\d+)"/.exec((await portal.get(page)).html)?.[1] ?? ''
  await portal.post(paths.admin.resetEmail('user_rejected'), { version })
  expect(portal.notice()).toBe('The default words are back')
  expect((await portal.request(paths.admin.email('no_such_mail'))).status).toBe(404)
})
